#pragma once

#include "shared/error.h"
#include "shared/event.h"

#include <QString>

namespace teahouse::client {

/// Why a login did not come about, in terms that a person can act on.
struct LoginFailure
{
    enum class Cause {
        BadAddress, ///< `host` is what was typed
        HostNotFound,
        Refused, ///< nothing listens on `port`
        TimedOut,
        Unreachable,      ///< no way to the network or the host
        NotTeahouse,      ///< something else answers there
        Silent,           ///< the server says nothing by which to know its protocol
        Disconnected,     ///< the connection ended without a reason
        ProtocolMismatch, ///< no version in common
        TooLong,          ///< the server sent more than it may
        PlainText,        ///< a password would have gone where others may listen
        NoAccounts,       ///< what is spoken there knows no passwords
        ChangedKey,       ///< the server's key is not the one that is trusted
        LinkDiffers,      ///< nor the one that the link names
        AnnouncedDiffers, ///< nor the one that was announced nearby
        WouldBePlain,     ///< there is no encryption, and the person has not agreed to that
        NoHandshake,      ///< no encrypted connection came about: `text`
        NotEncrypted,     ///< the server has encrypted before, and does not now
        Stripped,         ///< the server says that it encrypts, and it does not come about
        Server,           ///< the server said no: `error`, `text`
        Closing,          ///< the server ended the session: `closing`
        Other,            ///< `text` says what
    };

    Cause cause = Cause::Other;
    QString host = {};
    quint16 port = 0;
    QString name = {}; ///< the user name that was asked for
    Error error = {};
    Closing closing = {};
    QString text = {};        ///< the server's own sentence, or the system's
    bool registering = false; ///< a new account was asked for
    bool withInvite = false;  ///< by an invite code
    bool guests = true;       ///< as far as is known, the server takes guests
};

/// The failure in one translated sentence that names the cause and the next step.
QString failureText(const LoginFailure &failure);

/// A refusal in a translated sentence. Particulars that do not travel (the name that looks alike,
/// what is wrong with a name) are found in `serverText` or worked out again; the server's own text
/// stands in where nothing better is known. Plain text.
QString errorText(const Error &error, const QString &serverText = {});

/// The same for an edit or a deletion that was refused.
QString changeErrorText(const Error &error, const QString &serverText = {});

/// Why the server ended the session, in a translated sentence; with the reason it gave.
QString closingText(const Closing &closing);

} // namespace teahouse::client
