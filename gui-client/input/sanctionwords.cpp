#include "gui-client/input/sanctionwords.h"

#include <QRegularExpression>

#include <optional>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestCount = 100'000; ///< beyond, it is a number of something else

std::optional<qint64> duration(const QString &word)
{
    if (word.compare("forever"_L1, Qt::CaseInsensitive) == 0)
        return 0;
    static const QRegularExpression form(u"^([0-9]{1,6})([smhdw])$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(word);
    if (!match.hasMatch())
        return std::nullopt;
    const qint64 count = match.captured(1).toLongLong();
    if (count == 0 || count > longestCount)
        return std::nullopt;
    switch (match.captured(2).at(0).toLower().unicode()) {
    case u's':
        return count * 1000;
    case u'm':
        return count * 60'000;
    case u'h':
        return count * 3'600'000;
    case u'd':
        return count * 86'400'000;
    default:
        return count * 604'800'000;
    }
}

} // namespace

SanctionWords parseSanction(const QString &text)
{
    SanctionWords words;
    QString rest = text.trimmed();
    const auto first = [&rest] { return rest.section(u' ', 0, 0); };
    const auto drop = [&rest] { rest = rest.section(u' ', 1).trimmed(); };
    if (first().compare("server"_L1, Qt::CaseInsensitive) == 0) {
        words.isForServer = true;
        drop();
    }
    if (const auto length = duration(first())) {
        words.length = *length;
        drop();
    }
    words.reason = rest;
    return words;
}

} // namespace teahouse::client
