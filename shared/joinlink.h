#pragma once

#include "shared/fingerprint.h"

#include <QString>

#include <optional>
#include <variant>

namespace teahouse {

/// An invitation to a server that can be sent to somebody:
///
///     teahouse://HOST[:PORT][/ROOM][?fp=BASE32&code=INVITE]
///
/// What it says is the word of whoever made it, and is shown as plain text.
struct JoinLink
{
    static constexpr quint16 defaultPort = 5005;
    static constexpr qsizetype longest = 1024; ///< characters of a link

    QString host =
            {}; ///< a name in ASCII (RFC 3492 where it is none) or an address, without brackets
    quint16 port = defaultPort;
    QString room = {};                           ///< a public room's; empty: none
    std::optional<Fingerprint> fingerprint = {}; ///< of the server's key
    QString code = {};                           ///< an invite code; empty: none

    bool operator==(const JoinLink &) const = default;
};

/// What is wrong with the text of a link.
enum class LinkFault {
    NoLink,         ///< does not begin with `teahouse:`
    BadForm,        ///< too long, no host, or parts that a link does not have
    BadRoom,        ///< not the name of a room
    BadFingerprint, ///< not of a key, or twice
    BadCode,        ///< not an invite code, or twice
};

/// Whether the text means to be a link, right or wrong. Blanks around it do not count.
bool isJoinLink(QStringView text);

/// Reads a link. Keys of the query that are not known are passed over.
std::variant<JoinLink, LinkFault> parseJoinLink(QStringView text);

/// The link, in ASCII.
QString linkText(const JoinLink &link);

/// Whether the text can be an invite code: 1 to 64 letters, digits and hyphens of ASCII.
bool isInviteCode(QStringView text);

} // namespace teahouse
