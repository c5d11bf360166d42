#pragma once

#include <QString>

namespace teahouse {

/// Where somebody without a name speaks from, as far as others may see it. Never stored.
struct Origin
{
    QString host = {}; ///< empty: a named speaker, or one whose address is not shown
    quint16 port = 0;

    bool isShown() const { return !host.isEmpty(); }
    bool operator==(const Origin &) const = default;
};

/// How a line ended that is passed on as it came.
enum class LineEnd {
    Customary, ///< as is the custom at the hearer's door
    Lf,
    CrLf,
};

/// How somebody comes in who gives no name.
struct AnonymousEntry
{
    QString room;
    Origin origin = {};    ///< as far as others may see it
    bool announced = true; ///< others are told of the coming and the going
};

} // namespace teahouse
