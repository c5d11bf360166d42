#include "gui-client/link/originals/namedlines.h"

#include <QRegularExpression>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

QString before(const QString &line, QLatin1StringView end)
{
    return line.size() > end.size() && line.endsWith(end) ? line.chopped(end.size()) : QString();
}

} // namespace

std::optional<Heard> namedLine(const QString &line)
{
    if (line.startsWith("Unknown command"_L1))
        return heard::Remark{line};
    static const QRegularExpression action(u"\\A\\* (\\S+) (.*)\\z"_s);
    if (const auto match = action.match(line); match.hasMatch())
        return heard::Spoken{match.captured(1), match.captured(2), true};
    // Before comings and goings, so that nobody can say them.
    if (const qsizetype colon = line.indexOf(": "_L1); colon > 0)
        return heard::Spoken{line.left(colon), line.mid(colon + 2)};
    if (const QString who = before(line, " has entered the room."_L1); !who.isEmpty())
        return heard::Came{who};
    if (const QString who = before(line, " has left the room."_L1); !who.isEmpty())
        return heard::Went{who};
    return std::nullopt;
}

} // namespace teahouse::client
