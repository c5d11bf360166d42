#include "gui-client/models/mention.h"

#include "shared/mentions.h"
#include "shared/names.h"

#include <algorithm>

namespace teahouse::client {

bool isMentioned(QStringView text, QStringView name, const QStringList &names)
{
    enum Who : quint64 { Nobody, Self, Other };
    const QString wanted = foldedName(name);
    if (wanted.isEmpty())
        return false;
    const auto named = [&](QStringView folded) -> quint64 {
        if (folded == wanted)
            return Self;
        // Others matter only where they take the place of this name.
        const bool isOther = folded.contains(wanted)
                && std::any_of(names.cbegin(), names.cend(),
                               [&](const QString &other) { return foldedName(other) == folded; });
        return isOther ? Other : Nobody;
    };
    return mentionedIn(text, named).contains(Self);
}

} // namespace teahouse::client
