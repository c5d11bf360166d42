#include "shared/error.h"

#include <QDateTime>

#include <array>

namespace teahouse {

using namespace Qt::StringLiterals;

namespace {

/// One row a code. In a sentence %1 is the subject, %2 the other particular, %3 the number;
/// `bare` serves where the subject is not known.
struct Row
{
    ErrorCode code;
    const char *name;
    bool passing;
    const char *sentence;
    const char *bare;
};

constexpr std::array rows = {
        Row{ErrorCode::NameEmpty, "name-empty", false, "Please enter a name", nullptr},
        Row{ErrorCode::NameTaken, "name-taken", false, "The name \"%1\" is taken.",
            "That name is taken."},
        Row{ErrorCode::NameInvalid, "name-invalid", false, "The name \"%1\" is not allowed: %2.",
            "That name is not allowed."},
        Row{ErrorCode::WrongPassword, "wrong-password", false,
            "The name and the password do not belong together.", nullptr},
        Row{ErrorCode::PasswordRequired, "password-required", false,
            "The name \"%1\" is registered: log in with its password, or choose another name.",
            "Guests need an invite code here. Give one, or log in with a registered name and its "
            "password."},
        Row{ErrorCode::TlsRequired, "tls-required", false,
            "Passwords are accepted over encrypted connections only: use the Teahouse client, or "
            "connect to %1 with TLS.",
            "Passwords are accepted over encrypted connections only: use the Teahouse client, or "
            "connect to a port of this server that has TLS."},
        Row{ErrorCode::InviteRequired, "invite-required", false,
            "The room \"%1\" is entered by invitation only.",
            "This needs a valid invite code. Ask an administrator for one."},
        Row{ErrorCode::LoginRequired, "login-required", false, "Please log in first.", nullptr},
        Row{ErrorCode::AlreadyLoggedIn, "already-logged-in", false, "You are logged in already.",
            nullptr},
        Row{ErrorCode::NoSuchRoom, "no-such-room", false, "There is no room called \"%1\".",
            "There is no such room."},
        Row{ErrorCode::NoSuchUser, "no-such-user", false, "Nobody called \"%1\" is here.",
            "Nobody of that name is here."},
        Row{ErrorCode::NoSuchMessage, "no-such-message", false, "There is no such message.",
            nullptr},
        Row{ErrorCode::NotMember, "not-member", false,
            "You are not in the room \"%1\": join it first.",
            "You are not in that room: join it first."},
        Row{ErrorCode::NotAllowed, "not-allowed", false, "You are not allowed to do that.",
            nullptr},
        Row{ErrorCode::Banned, "banned", false, "You are banned here", nullptr},
        Row{ErrorCode::Muted, "muted", false, "You are muted here", nullptr},
        Row{ErrorCode::RoomFull, "room-full", true,
            "The room \"%1\" is full: %3 members are the most it takes.", "That room is full."},
        Row{ErrorCode::RoomKey, "room-key", false, "The room \"%1\" needs its password.",
            "That room needs its password."},
        Row{ErrorCode::AlreadyExists, "already-exists", false, "\"%1\" exists already.",
            "It exists already."},
        Row{ErrorCode::Conflict, "conflict", false,
            "Another message was sent under the same cid before.", nullptr},
        Row{ErrorCode::TooLong, "too-long", false, "Too long: at most %3 characters for %1.",
            "Too long."},
        Row{ErrorCode::TooMany, "too-many", false, "Too many: at most %3 %1.", "Too many."},
        Row{ErrorCode::SlowDown, "slow-down", true, "Too fast: please wait a moment.", nullptr},
        Row{ErrorCode::BadRequest, "bad-request", false, "Not understood: %1.", "Not understood."},
        Row{ErrorCode::UnknownVerb, "unknown-verb", false, "Unknown command: %1",
            "Unknown command."},
        Row{ErrorCode::StoreFull, "store-full", true,
            "The server's disk is full or too slow: nothing was said, please try again.", nullptr},
        Row{ErrorCode::StoreUnavailable, "store-unavailable", true,
            "The server cannot store messages at the moment: nothing was said, please try again.",
            nullptr},
        Row{ErrorCode::Unconfirmed, "unconfirmed", true,
            "The server could not yet confirm that this was stored; it appears once it is.",
            nullptr},
        Row{ErrorCode::ServerFull, "server-full", true,
            "The server is full: please try again later.", nullptr},
        Row{ErrorCode::ProtocolMismatch, "protocol-mismatch", false,
            "Client and server share no protocol version: update the older of the two.", nullptr},
        Row{ErrorCode::Closing, "closing", true, "The connection is being closed.", nullptr},
        Row{ErrorCode::Internal, "internal", true, "The server made a mistake; its log says more.",
            nullptr},
};

const Row &row(ErrorCode code)
{
    const auto &found = rows.at(static_cast<size_t>(code));
    Q_ASSERT(found.code == code);
    return found;
}

} // namespace

QLatin1StringView errorName(ErrorCode code)
{
    return QLatin1StringView(row(code).name);
}

std::optional<ErrorCode> errorCode(QStringView name)
{
    for (const Row &row : rows) {
        if (name == QLatin1StringView(row.name))
            return row.code;
    }
    return std::nullopt;
}

bool isPassing(ErrorCode code)
{
    return row(code).passing;
}

QString termsText(qint64 until, const QString &reason)
{
    QString text;
    if (until != 0)
        text = u" until %1 UTC"_s.arg(
                QDateTime::fromMSecsSinceEpoch(until, Qt::UTC).toString(u"yyyy-MM-dd HH:mm"));
    return text + (reason.isEmpty() ? u"."_s : u": "_s + reason);
}

QString sentence(const Error &error)
{
    const Row &found = row(error.code);
    if (error.code == ErrorCode::NameTaken && !error.other.isEmpty())
        return u"The name \"%1\" looks like \"%2\", which is taken."_s.arg(error.subject,
                                                                           error.other);
    if (error.code == ErrorCode::NameEmpty && !error.other.isEmpty())
        return u"Please enter a name: %1."_s.arg(error.other);
    if (error.code == ErrorCode::NotAllowed && !error.other.isEmpty())
        return u"You are not allowed to do that: %1."_s.arg(error.other);
    if (error.code == ErrorCode::Banned || error.code == ErrorCode::Muted)
        return QString::fromLatin1(found.sentence) + termsText(error.number, error.other);
    if (error.subject.isEmpty() && found.bare)
        return QString::fromLatin1(found.bare);
    QString text = QString::fromLatin1(found.sentence);
    text.replace("%3"_L1, QString::number(error.number));
    // One arg() call for both, so that a "%2" inside a name stays what it is.
    if (text.contains("%2"_L1))
        return text.arg(error.subject, error.other);
    return text.contains("%1"_L1) ? text.arg(error.subject) : text;
}

} // namespace teahouse
