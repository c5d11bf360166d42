#include "gui-client/link/originals/guestcodec.h"

#include "gui-client/link/originals/codectext.h"

#include <QRegularExpression>

#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

std::optional<QString> behind(const QString &line, QLatin1StringView start)
{
    return line.startsWith(start) ? speakerOfPair(line.mid(start.size())) : std::nullopt;
}

Heard meaningOf(const QString &line)
{
    static const QRegularExpression speech(u"\\A\\[(\\S+:\\d{1,5})\\] ?(.*)\\z"_s);
    if (const auto match = speech.match(line); match.hasMatch()) {
        if (const auto speaker = speakerOfPair(match.captured(1)))
            return heard::Spoken{*speaker, match.captured(2)};
    }
    if (const auto who = behind(line, "Client joined "_L1))
        return heard::Came{*who};
    if (const auto who = behind(line, "Client left "_L1))
        return heard::Went{*who};
    return heard::Remark{line};
}

} // namespace

QByteArray GuestCodec::say(const QString &frame) const
{
    return frame.toUtf8() + "\r\n";
}

HeardList GuestCodec::quiet()
{
    return std::exchange(m_greeted, true) ? HeardList() : HeardList{heard::Ready{}};
}

void GuestCodec::takeFrame(const QString &line, HeardList &heard)
{
    heard.append(quiet());
    if (!line.isEmpty())
        heard.append(meaningOf(line));
}

} // namespace teahouse::client
