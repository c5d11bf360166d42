#pragma once

#include <QString>

namespace teahouse::client {

/// What stands behind the name in `/ban` and `/mute`.
struct SanctionWords
{
    bool isForServer = false;
    qint64 length = 0; ///< milliseconds; 0: for ever
    QString reason = {};

    bool operator==(const SanctionWords &) const = default;
};

/// Understands
///
///     WORDS    = ["server"] [DURATION] [REASON]
///     DURATION = NUMBER ("s" | "m" | "h" | "d" | "w") | "forever"
///
/// What is no duration is the reason.
SanctionWords parseSanction(const QString &text);

} // namespace teahouse::client
