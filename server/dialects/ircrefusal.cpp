#include "server/dialects/ircrefusal.h"

#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

QByteArray errorLine(const QString &text)
{
    return "ERROR :Closing link: " + cleanLine(text).toUtf8() + "\r\n";
}

} // namespace

Decoded IrcRefusal::next()
{
    return Refused{errorLine(u"This server does not speak IRC yet. Use the Teahouse client, or "
                             "telnet."_s),
                   u"IRC"_s};
}

QByteArray IrcRefusal::farewell(const Closing &closing) const
{
    return errorLine(closing.text.isEmpty() ? closingSentence(closing.code) : closing.text);
}

QString IrcRefusal::name() const
{
    return u"irc"_s;
}

} // namespace teahouse::server
