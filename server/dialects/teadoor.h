#pragma once

#include "server/dialects/dialect.h"
#include "server/dialects/telnetfilter.h"

#include <functional>
#include <memory>

namespace teahouse::server {

/// The tea port, where people and programs come in: greets, then lets the first byte that is
/// neither telnet's own nor blank decide, once, whether the session speaks native (`{`) or tea. At
/// the front door the first word may be one that IRC begins with, too.
class TeaDoor : public Dialect
{
public:
    using Make = std::function<std::unique_ptr<Dialect>()>;

    /// `tea` is what speaks until something else is known. Without `irc` nobody is taken for IRC.
    TeaDoor(std::unique_ptr<Dialect> tea, Make native, Make irc = {});

    Output greeting() const override { return m_inner->greeting(); }
    void feed(QByteArrayView bytes) override;
    Decoded next() override;
    Output reply(const Request &request, const Reply &reply) override;
    QByteArray farewell(const Closing &closing) const override;
    const EventEncoder &encoder() const override { return m_inner->encoder(); }
    QString name() const override { return m_inner->name(); }
    Form form() const override { return m_inner->form(); }

private:
    bool decide(QByteArrayView opening);

    std::unique_ptr<Dialect> m_inner;
    Make m_native;
    Make m_irc;
    TelnetFilter m_filter;
    QByteArray m_opening; ///< what came before it was decided
    bool m_decided = false;
};

} // namespace teahouse::server
