#include "gui-client/models/mention.h"

#include "shared/names.h"

#include <algorithm>

namespace teahouse::client {

namespace {

/// Letters, digits and marks belong to a word; so may the half of a character outside the BMP.
bool isWordPart(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate();
}

bool standsAlone(const QString &text, qsizetype from, qsizetype to)
{
    const bool before = from > 0 && isWordPart(text.at(from - 1));
    const bool after = to < text.size() && isWordPart(text.at(to));
    return !before && !after;
}

} // namespace

bool isMentioned(QStringView text, QStringView name, const QStringList &names)
{
    const QString wanted = foldedName(name);
    if (wanted.isEmpty())
        return false;
    const QString folded = foldedName(text);
    QStringList longer;
    const auto longerAt = [&](qsizetype at) {
        return std::any_of(longer.cbegin(), longer.cend(), [&](const QString &other) {
            return QStringView(folded).mid(at).startsWith(other);
        });
    };
    bool collected = false;
    for (qsizetype at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
        if (!collected) {
            collected = true;
            for (const QString &other : names) {
                const QString key = foldedName(other);
                if (key.size() > wanted.size() && key.startsWith(wanted))
                    longer.append(key);
            }
        }
        if (longerAt(at))
            continue;
        if (at > 0 && folded.at(at - 1) == u'@')
            return true;
        if (standsAlone(folded, at, at + wanted.size()))
            return true;
    }
    return false;
}

} // namespace teahouse::client
