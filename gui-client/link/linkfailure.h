#pragma once

#include "gui-client/link/trust.h"
#include "shared/error.h"
#include "shared/event.h"

#include <QString>

#include <optional>

namespace teahouse::client {

/// Why there is no connection, or none any more. Codes only: the words are made by the widgets.
struct LinkFailure
{
    enum class Kind {
        HostNotFound,
        Refused,          ///< nobody listens on that port
        Unreachable,      ///< no way to the host
        TimedOut,         ///< no connection or no answer in time
        Closed,           ///< the connection ended without a reason given
        NotTeahouse,      ///< something else listens there
        Silent,           ///< connected, and no greeting by which to know what is spoken
        ProtocolMismatch, ///< no version in common, or what came made no sense
        TooLong,          ///< the server sent a line without an end
        ServerError,      ///< the login was refused: `error` and `text`
        PlainText,        ///< a password would have gone where others may listen: nothing was sent
        NoAccounts,       ///< what is spoken there knows no passwords: none was sent
        Closing,          ///< the server ended the session: `closing`
        UntrustedKey,     ///< the key is to be asked about, or refused: `judgement`
        WouldBePlain,     ///< there is no encryption, and the person has not agreed to that
        NoHandshake,      ///< no encrypted connection came about
        NotEncrypted,     ///< the server is known to encrypt, and does not answer encrypted
        Stripped,         ///< the server says that it encrypts, and does not answer encrypted
    };

    Kind kind = Kind::Closed;
    Error error = {};
    teahouse::Closing closing = {};
    QString text = {}; ///< the server's own sentence, or the system's
    std::optional<Judgement> judgement = {};
    bool mayRetry = true; ///< whether the same attempt may succeed later

    bool operator==(const LinkFailure &) const = default;
};

} // namespace teahouse::client
