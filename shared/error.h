#pragma once

#include <QByteArrayView>
#include <QLatin1StringView>
#include <QString>

#include <optional>

namespace teahouse {

/// Why something was refused: the closed list of docs/protocol.md.
enum class ErrorCode {
    NameEmpty,
    NameTaken,
    NameInvalid,
    WrongPassword,
    PasswordRequired,
    TlsRequired,
    InviteRequired,
    LoginRequired,
    AlreadyLoggedIn,
    NoSuchRoom,
    NoSuchUser,
    NoSuchMessage,
    NotMember,
    NotAllowed,
    Banned,
    Muted,
    RoomFull,
    RoomKey,
    AlreadyExists,
    Conflict,
    TooLong,
    TooMany,
    SlowDown,
    BadRequest,
    UnknownVerb,
    StoreFull,
    StoreUnavailable,
    Unconfirmed,
    ServerFull,
    ProtocolMismatch,
    Closing,
    Internal,
};

/// One refusal. The words are made at the edge, by sentence() or by the client's translations,
/// from the code and the particulars; which particulars a code uses stands in error.cpp.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString subject = {}; ///< what it is about: a name, a field, a verb
    QString other = {};   ///< the second particular: the name it looks like, the reason
    qint64 number = 0;    ///< a limit, where the sentence names one; of a ban or a mute its end
    int retryMs = -1;     ///< milliseconds after which a retry makes sense; -1: not known

    bool operator==(const Error &) const = default;
};

/// The code as it stands on the wire, `name-taken` for instance.
QLatin1StringView errorName(ErrorCode code);

/// The code of a name on the wire; nothing for a name that is not in the list.
std::optional<ErrorCode> errorCode(QStringView name);

/// Whether the same request may succeed when sent again unchanged.
bool isPassing(ErrorCode code);

/// What stands behind a ban or a mute in a sentence: ` until 2026-01-31 10:00 UTC: spam`. Either
/// particular may be missing; without a reason it ends with a full stop.
QString termsText(qint64 until, const QString &reason);

/// The refusal in one English sentence that names the cause and, where there is one, the remedy.
QString sentence(const Error &error);

} // namespace teahouse
