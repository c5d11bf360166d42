#pragma once

#include "server/core/eventsink.h"

#include "shared/event.h"

#include <QStringList>

namespace teahouse::server {

/// Writes each event in a few words, so that a test can name what it expects: `ann enters main`.
class WordEncoder : public EventEncoder
{
public:
    QByteArray encode(const Event &event, Side side) const override
    {
        ++m_encoded;
        return words(event).toUtf8() + (side == Side::Own ? " (own)\n" : "\n");
    }

    /// How many events were encoded so far.
    int encoded() const { return m_encoded; }

private:
    static QString words(const Event &event)
    {
        if (const auto *e = std::get_if<ItemAdded>(&event))
            return QStringLiteral("%1 %2 %3: %4")
                    .arg(e->item.room, QString::number(e->item.seq), e->item.from, e->item.text);
        if (const auto *e = std::get_if<Entered>(&event))
            return QStringLiteral("%1 enters %2 via %3").arg(e->name, e->room, e->via);
        if (const auto *e = std::get_if<Left>(&event))
            return QStringLiteral("%1 leaves %2").arg(e->name, e->room)
                    + (e->reason.isEmpty() ? QString() : QStringLiteral(": ") + e->reason);
        if (const auto *e = std::get_if<CountChanged>(&event))
            return QStringLiteral("%1 has %2").arg(e->room).arg(e->members);
        if (const auto *e = std::get_if<UserChanged>(&event))
            return QStringLiteral("%1 is away: %2").arg(e->name, e->away);
        if (const auto *e = std::get_if<RoomChanged>(&event))
            return QStringLiteral("room %1").arg(e->room.room)
                    + (e->gone ? QStringLiteral(" is gone") : QString())
                    + (e->room.isMuted ? QStringLiteral(" (muted)") : QString());
        if (const auto *e = std::get_if<Notice>(&event))
            return QStringLiteral("%1: %2").arg(e->kind, e->text);
        return QStringLiteral("other");
    }

    mutable int m_encoded = 0;
};

/// Keeps what it is sent. take() clears, so that an event too many makes the next one fail.
class RecordingSink : public EventSink
{
public:
    void write(const QByteArray &bytes) override { m_written += bytes; }
    void close(const Closing &why) override
    {
        m_written += closingName(why.code).latin1() + QByteArray("!\n");
    }

    QStringList take()
    {
        QStringList lines = QString::fromUtf8(m_written).split(u'\n', Qt::SkipEmptyParts);
        m_written.clear();
        return lines;
    }

private:
    QByteArray m_written;
};

} // namespace teahouse::server
