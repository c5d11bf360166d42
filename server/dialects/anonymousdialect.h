#pragma once

#include "server/dialects/dialect.h"
#include "server/dialects/lineends.h"
#include "server/dialects/telnetfilter.h"

#include "shared/framereader.h"

namespace teahouse::server {

/// A door without names: whatever arrives is said. One class serves line, nul, relay and guest,
/// which differ in their frames and in how events are encoded. People type at those for lines: what
/// they take back is not said.
class AnonymousDialect : public Dialect
{
public:
    /// What makes one such door another than the next.
    struct Door
    {
        QString name;
        char delimiter;      ///< ends a frame
        QByteArray frameEnd; ///< ends what the server says on its own account
        QByteArray greeting;
        const EventEncoder &encoder;
    };

    AnonymousDialect(const Door &door, const AnonymousEntry &entry);

    std::optional<AnonymousEntry> entry() const override { return m_entry; }
    Output greeting() const override { return {.bytes = m_door.greeting}; }
    void feed(QByteArrayView bytes) override;
    Decoded next() override;
    Output reply(const Request &request, const Reply &reply) override;
    QByteArray farewell(const Closing &closing) const override;
    const EventEncoder &encoder() const override { return m_door.encoder; }
    QString name() const override { return m_door.name; }
    Form form() const override { return Form::Line; }

private:
    bool hasLines() const { return m_door.delimiter == '\n'; }
    std::optional<QString> textOf(const QByteArray &frame) const;
    Request say(const QByteArray &frame) const;

    const Door &m_door;
    AnonymousEntry m_entry;
    TelnetFilter m_filter;
    LineEnds m_lineEnds;
    FrameReader m_reader;
    QByteArray m_opening; ///< the first bytes, until the first frame is known
    bool m_opened = false;
};

} // namespace teahouse::server
