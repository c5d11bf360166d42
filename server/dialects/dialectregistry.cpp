#include "server/dialects/dialectregistry.h"

#include "server/dialects/echodialect.h"
#include "server/dialects/httpdialect.h"
#include "server/dialects/ircrefusal.h"
#include "server/dialects/teadoor.h"
#include "server/dialects/wxdialect.h"

#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

QByteArray lineEnd()
{
    return "\r\n";
}

} // namespace

DialectRegistry::DialectRegistry(DoorsContext context)
    : m_context(std::move(context)),
      m_anonymous{
              {u"line"_s, '\n', lineEnd(),
               "Welcome to " + cleanLine(m_context.server.serverName).toUtf8() + lineEnd(), m_line},
              {u"nul"_s, '\0', QByteArray(1, '\0'), {}, m_nul},
              {u"relay"_s, '\n', "\n", {}, m_relay},
              {u"guest"_s, '\n', lineEnd(), cleanLine(m_context.guestGreeting).toUtf8() + lineEnd(),
               m_guest},
      }
{
}

QStringList DialectRegistry::names()
{
    return QStringList{u"front"_s, u"tea"_s, u"wx"_s, u"echo"_s, u"echo-addr"_s} + anonymousNames();
}

QStringList DialectRegistry::anonymousNames()
{
    return {u"line"_s, u"nul"_s, u"relay"_s, u"guest"_s};
}

bool DialectRegistry::knows(const QString &name)
{
    return names().contains(name);
}

std::optional<QString> DialectRegistry::roomOf(const QString &name) const
{
    if (!anonymousNames().contains(name))
        return std::nullopt;
    return m_context.doors.value(name).room;
}

std::unique_ptr<Dialect> DialectRegistry::make(const QString &name, const PeerAddress &peer) const
{
    const auto native = [this] { return std::make_unique<NativeDialect>(m_native); };
    const auto irc = [this] { return std::make_unique<IrcRefusal>(m_tea.utf8); };
    if (name == "front"_L1)
        return std::make_unique<TeaDoor>(std::make_unique<TeaDialect>(m_context.server, m_tea),
                                         native, irc);
    if (name == "tea"_L1)
        return std::make_unique<TeaDoor>(std::make_unique<TeaDialect>(m_context.server, m_tea),
                                         native);
    if (name == "native"_L1) // with telnet's bytes taken out, as at the tea door
        return std::make_unique<TeaDoor>(native(), native);
    if (name == "irc"_L1)
        return irc();
    if (name == "http"_L1)
        return std::make_unique<HttpDialect>(m_site, m_context.server.now, m_line);
    if (name == "wx"_L1)
        return std::make_unique<WxDialect>(m_wx);
    if (name == "echo"_L1)
        return std::make_unique<EchoDialect>(name, QString(), m_nul);
    if (name == "echo-addr"_L1)
        return std::make_unique<EchoDialect>(name, addressTuple({}, peer.origin) + u": "_s, m_nul);
    return makeAnonymous(name, peer);
}

std::unique_ptr<Dialect> DialectRegistry::makeAnonymous(const QString &name,
                                                        const PeerAddress &peer) const
{
    for (const AnonymousDialect::Door &door : m_anonymous) {
        if (door.name != name)
            continue;
        const DoorSettings settings = m_context.doors.value(name);
        const bool shown = settings.addresses == ShowAddresses::All
                || (settings.addresses == ShowAddresses::Local && peer.isLocal);
        // Silence is the custom at the doors where nobody hears who comes and goes.
        const bool announced = name == "relay"_L1 || name == "guest"_L1;
        return std::make_unique<AnonymousDialect>(
                door, AnonymousEntry{settings.room, shown ? peer.origin : Origin(), announced});
    }
    return nullptr;
}

} // namespace teahouse::server
