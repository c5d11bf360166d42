#include "gui-client/widgets/failuretext.h"

#include "shared/names.h"
#include "shared/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

/// A translation context for functions that belong to no class.
class FailureText
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::FailureText)

public:
    static QString nameFault(NameFault fault);
    static QString nameTaken(const Error &error, const QString &serverText);
    static QString nameInvalid(const Error &error, const QString &serverText);
    static QString sanction(const Error &error);
    static QString slowDown(const Error &error);
    static QString ofRefusedLogin(const LoginFailure &failure);
    static QString ofRefusedRegistration(const LoginFailure &failure);
    static QString ofLogin(const Error &error);
    static QString ofRoom(const Error &error);
    static QString ofMessage(const Error &error);
    static QString ofServer(const Error &error);
    static QString ofClosing(const Closing &closing);
    static QString ofBan(const Closing &closing);
    static QString ofEncryption(const LoginFailure &failure);
    static QString ofFailure(const LoginFailure &failure);
};

QString FailureText::nameFault(NameFault fault)
{
    switch (fault) {
    case NameFault::Empty:
        return tr("it is empty");
    case NameFault::TooLong:
        return tr("it has more than 32 characters");
    case NameFault::BadStart:
        return tr("it must begin with a letter or a digit");
    case NameFault::BadCharacter:
        return tr("only letters, digits and - _ . may be in it");
    case NameFault::Invisible:
        return tr("it contains an invisible character");
    case NameFault::TooManyMarks:
        return tr("it has too many marks on one letter");
    case NameFault::Reserved:
        return tr("it is reserved");
    case NameFault::None:
        break;
    }
    return {};
}

/// The name that looks alike, which the protocol tells in the sentence only.
QString alike(const Error &error, const QString &serverText)
{
    if (!error.other.isEmpty())
        return error.other;
    const QString mark(QChar(1));
    Error pattern = error;
    pattern.other = mark;
    const QStringList parts = sentence(pattern).split(mark);
    if (parts.size() != 2 || !serverText.startsWith(parts.first())
        || !serverText.endsWith(parts.last()))
        return {};
    return serverText.mid(parts.first().size(),
                          serverText.size() - parts.first().size() - parts.last().size());
}

QString FailureText::nameTaken(const Error &error, const QString &serverText)
{
    const QString other = alike(error, serverText);
    if (!other.isEmpty())
        return tr("The name \u201c%1\u201d looks too much like \u201c%2\u201d, which is taken. "
                  "Please choose another one.")
                .arg(error.subject, other);
    if (error.subject.isEmpty())
        return tr("That name is taken. Please choose another one.");
    return tr("The name \u201c%1\u201d is taken. Please choose another one.").arg(error.subject);
}

QString FailureText::nameInvalid(const Error &error, const QString &serverText)
{
    const NameFault fault = error.subject.isEmpty() ? NameFault::None
                                                    : checkName(normalizedName(error.subject));
    const QString why = nameFault(fault);
    if (!why.isEmpty())
        return tr("The name \u201c%1\u201d is not allowed: %2.").arg(error.subject, why);
    return serverText.isEmpty() ? tr("That name is not allowed.") : serverText;
}

/// A moment as people here read it.
QString localTime(qint64 ms)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

/// What keeps somebody out of a room or of the server, or silent there: until when, and why.
QString FailureText::sanction(const Error &error)
{
    const bool banned = error.code == ErrorCode::Banned;
    const QString &room = error.subject;
    QString text;
    if (error.number == 0 && room.isEmpty())
        text = banned ? tr("You are banned here.") : tr("You are muted here.");
    else if (error.number == 0)
        text = (banned ? tr("You are banned from \u201c%1\u201d.")
                       : tr("You are muted in \u201c%1\u201d."))
                       .arg(room);
    else if (room.isEmpty())
        text = (banned ? tr("You are banned here until %1.") : tr("You are muted here until %1."))
                       .arg(localTime(error.number));
    else
        text = (banned ? tr("You are banned from \u201c%1\u201d until %2.")
                       : tr("You are muted in \u201c%1\u201d until %2."))
                       .arg(room, localTime(error.number));
    const QString reason = cleanLine(error.other);
    //: a sentence, and why it is so
    return reason.isEmpty() ? text : tr("%1 Reason: %2").arg(text, reason);
}

QString FailureText::slowDown(const Error &error)
{
    if (error.retryMs <= 0)
        return tr("That was too fast. Please wait a moment.");
    return tr("That was too fast. Please wait %n second(s).", nullptr,
              (error.retryMs + 999) / 1000);
}

/// What a refusal means for who wanted to log in; empty where it means nothing special.
QString FailureText::ofRefusedLogin(const LoginFailure &failure)
{
    const QString &name = failure.error.subject;
    switch (failure.error.code) {
    case ErrorCode::WrongPassword:
        return tr("The name and the password do not belong together. Please check both.");
    case ErrorCode::PasswordRequired:
        if (!failure.guests)
            return tr("This server takes no guests. Please enter your password, or create an "
                      "account.");
        return tr("The name \u201c%1\u201d is registered. Please enter its password, or choose "
                  "another name.")
                .arg(name);
    case ErrorCode::NotAllowed:
    case ErrorCode::InviteRequired:
        return failure.guests ? QString()
                              : tr("This server takes no guests. Please enter your password, or "
                                   "create an account.");
    case ErrorCode::SlowDown:
        if (failure.error.retryMs <= 0)
            return tr("There were too many attempts. Please try again later.");
        return tr("There were too many attempts. Please try again in %n second(s).", nullptr,
                  (failure.error.retryMs + 999) / 1000);
    default:
        return {};
    }
}

/// The same for who wanted to create an account.
QString FailureText::ofRefusedRegistration(const LoginFailure &failure)
{
    const QString &name = failure.error.subject;
    switch (failure.error.code) {
    case ErrorCode::NameTaken:
        if (!alike(failure.error, failure.text).isEmpty())
            return {};
        return tr("The name \u201c%1\u201d is taken. If it is yours, log in with its password; "
                  "otherwise please choose another one.")
                .arg(name);
    case ErrorCode::InviteRequired:
        return failure.withInvite
                ? tr("That invite code is not valid, or somebody has used it. Please check it, or "
                     "ask an administrator for another one.")
                : tr("This server creates accounts for those who have an invite code. Ask an "
                     "administrator for one and enter it here.");
    case ErrorCode::NotAllowed:
        return tr("This server lets nobody create an account. Ask an administrator for one.");
    case ErrorCode::UnknownVerb:
    case ErrorCode::LoginRequired:
        return tr("This server has no accounts. Please log in without a password.");
    default:
        return {};
    }
}

QString FailureText::ofLogin(const Error &error)
{
    switch (error.code) {
    case ErrorCode::NameEmpty:
        return tr("Please enter a user name.");
    case ErrorCode::WrongPassword:
        return tr("The name and the password do not belong together.");
    case ErrorCode::PasswordRequired:
        return tr("That name is registered and needs its password. Please choose another one.");
    case ErrorCode::TlsRequired:
        return tr("The server takes no passwords over connections that are not encrypted. Log in "
                  "without one, or ask its administrator to allow it (accounts.plain_passwords).");
    case ErrorCode::InviteRequired:
        if (!error.subject.isEmpty())
            return {}; // into a room
        return tr("Registering needs an invite code. Ask an administrator for one.");
    case ErrorCode::LoginRequired:
        return tr("Please log in first.");
    case ErrorCode::AlreadyLoggedIn:
        return tr("You are logged in already.");
    case ErrorCode::Banned:
    case ErrorCode::Muted:
        return sanction(error);
    default:
        return {};
    }
}

QString FailureText::ofRoom(const Error &error)
{
    const QString &name = error.subject;
    switch (error.code) {
    case ErrorCode::NoSuchRoom:
        return name.isEmpty() ? tr("There is no such room.")
                              : tr("There is no room called \u201c%1\u201d.").arg(name);
    case ErrorCode::NoSuchUser:
        return name.isEmpty() ? tr("Nobody of that name is here.")
                              : tr("Nobody called \u201c%1\u201d is here.").arg(name);
    case ErrorCode::NotMember:
        return tr("You are not in that room. Join it first.");
    case ErrorCode::NotAllowed:
        return tr("You are not allowed to do that.");
    case ErrorCode::RoomFull:
        return name.isEmpty() ? tr("That room is full.")
                              : tr("The room \u201c%1\u201d is full.").arg(name);
    case ErrorCode::InviteRequired:
        return tr("One enters the room \u201c%1\u201d by invitation only. Ask somebody in it to "
                  "invite you.")
                .arg(name);
    case ErrorCode::RoomKey:
        return name.isEmpty() ? tr("That room needs its password.")
                              : tr("The room \u201c%1\u201d needs its password.").arg(name);
    case ErrorCode::AlreadyExists:
        return name.isEmpty() ? tr("It exists already.")
                              : tr("\u201c%1\u201d exists already.").arg(name);
    default:
        return {};
    }
}

QString FailureText::ofMessage(const Error &error)
{
    switch (error.code) {
    case ErrorCode::NoSuchMessage:
        return tr("There is no such message.");
    case ErrorCode::Conflict:
        return tr("Another message was sent under the same number before.");
    case ErrorCode::TooLong:
        return tr("That is too long.");
    case ErrorCode::TooMany:
        return tr("That is too many.");
    case ErrorCode::SlowDown:
        return slowDown(error);
    case ErrorCode::StoreFull:
        return tr("The server's disk is full or too slow. Nothing was said; please try again.");
    case ErrorCode::StoreUnavailable:
        return tr("The server cannot store messages at the moment. Nothing was said; please try "
                  "again.");
    case ErrorCode::Unconfirmed:
        return tr("The server could not confirm yet that this was stored. It may still appear; "
                  "trying again does not say it twice.");
    default:
        return {};
    }
}

QString FailureText::ofServer(const Error &error)
{
    switch (error.code) {
    case ErrorCode::BadRequest:
        return tr("The server did not understand the request.");
    case ErrorCode::UnknownVerb:
        return tr("The server does not know that command.");
    case ErrorCode::ServerFull:
        return tr("The server is full. Please try again later.");
    case ErrorCode::ProtocolMismatch:
        return tr("This program and the server speak different versions of the protocol. Update "
                  "the older of the two.");
    case ErrorCode::Closing:
        return tr("The connection is being closed.");
    case ErrorCode::Internal:
        return tr("The server made a mistake. Its log says more.");
    default:
        return {};
    }
}

QString FailureText::ofBan(const Closing &closing)
{
    const QString by = cleanLine(closing.by);
    if (by.isEmpty())
        return closing.until > 0
                ? tr("You are banned from this server until %1.").arg(localTime(closing.until))
                : tr("You are banned from this server.");
    return closing.until > 0 ? tr("\u201c%1\u201d has banned you from this server until %2.")
                                       .arg(by, localTime(closing.until))
                             : tr("\u201c%1\u201d has banned you from this server.").arg(by);
}

QString FailureText::ofClosing(const Closing &closing)
{
    switch (closing.code) {
    case ClosingCode::Kicked:
        return closing.by.isEmpty()
                ? tr("You were removed by a moderator.")
                : tr("\u201c%1\u201d has removed you.").arg(cleanLine(closing.by));
    case ClosingCode::Banned:
        return ofBan(closing);
    case ClosingCode::Replaced:
        return tr("You have logged in from somewhere else. Log in to come back here.");
    case ClosingCode::Timeout:
        return tr("The server has heard nothing from you for too long.");
    case ClosingCode::SlowReader:
        return tr("The connection was too slow for what was said.");
    case ClosingCode::TooLong:
        return tr("The server was sent a line that is too long.");
    case ClosingCode::Shutdown:
        return tr("The server is stopping. Please try again later.");
    case ClosingCode::PasswordChanged:
        return tr("Your password was changed. Please log in again.");
    case ClosingCode::ServerFull:
        return tr("The server is full. Please try again later.");
    case ClosingCode::ProtocolMismatch:
        return FailureText::ofServer({ErrorCode::ProtocolMismatch});
    }
    return {};
}

/// Why an encrypted connection was not made, or one without encryption not used.
QString FailureText::ofEncryption(const LoginFailure &failure)
{
    const QString &host = failure.host;
    switch (failure.cause) {
    case LoginFailure::Cause::ChangedKey:
        return tr("The key of \u201c%1\u201d has changed: the server was set up again, or someone "
                  "pretends to be it. The connection was ended. Log in to compare the keys.")
                .arg(host);
    case LoginFailure::Cause::LinkDiffers:
        return tr("\u201c%1\u201d has another key than the link names: the link is old, or someone "
                  "pretends to be the server. Nothing was sent. Ask for a new link.")
                .arg(host);
    case LoginFailure::Cause::AnnouncedDiffers:
        return tr("\u201c%1\u201d has another key than was announced nearby: the announcement is "
                  "old, or someone pretends to be the server. Nothing was sent. Choose it again, or "
                  "enter its address.")
                .arg(host);
    case LoginFailure::Cause::WouldBePlain:
        return tr("\u201c%1\u201d does not encrypt, and others could read along. The connection "
                  "was ended. Log in to be asked about it.")
                .arg(host);
    case LoginFailure::Cause::NoHandshake:
        return tr("No encrypted connection to \u201c%1\u201d came about (%2). Check the port, or "
                  "choose the protocol.")
                .arg(host, failure.text);
    case LoginFailure::Cause::NotEncrypted:
        return tr("\u201c%1\u201d has always encrypted, and does not now: its port is used by "
                  "another program, or someone between you removes the encryption. Nothing was "
                  "sent. Ask the server\u2019s owner.")
                .arg(host);
    case LoginFailure::Cause::Stripped:
        return tr("\u201c%1\u201d says that it encrypts, but no encrypted connection came about: "
                  "someone between you may prevent it. Nothing was sent. Try again from another "
                  "network.")
                .arg(host);
    default:
        return {};
    }
}

QString FailureText::ofFailure(const LoginFailure &failure)
{
    const QString &host = failure.host;
    switch (failure.cause) {
    case LoginFailure::Cause::BadAddress:
        return host.isEmpty() ? tr("Please enter the address of a server.")
                              : tr("\u201c%1\u201d is not a server address. It should look like "
                                   "host or host:port.")
                                        .arg(host);
    case LoginFailure::Cause::HostNotFound:
        return tr("There is no host called \u201c%1\u201d. Please check the address.").arg(host);
    case LoginFailure::Cause::Refused:
        return tr("\u201c%1\u201d refused the connection. Is the server running on port %2?")
                .arg(host, QString::number(failure.port));
    case LoginFailure::Cause::TimedOut:
        return tr("\u201c%1\u201d did not answer in time. Please check the address, or try again "
                  "later.")
                .arg(host);
    case LoginFailure::Cause::Unreachable:
        return tr("\u201c%1\u201d cannot be reached. Please check your network connection.")
                .arg(host);
    case LoginFailure::Cause::NotTeahouse:
        return tr("What answers at \u201c%1\u201d, port %2, does not speak that protocol. Please "
                  "check the port, or choose another protocol by hand.")
                .arg(host, QString::number(failure.port));
    case LoginFailure::Cause::Silent:
        return tr("\u201c%1\u201d says nothing by itself on port %2. Try it encrypted, or choose its "
                  "protocol yourself.")
                .arg(host, QString::number(failure.port));
    case LoginFailure::Cause::Disconnected:
        return tr("\u201c%1\u201d closed the connection without giving a reason. Please try "
                  "again.")
                .arg(host);
    case LoginFailure::Cause::ProtocolMismatch:
        return ofServer({ErrorCode::ProtocolMismatch});
    case LoginFailure::Cause::TooLong:
        return tr("\u201c%1\u201d sent more than a Teahouse server may.").arg(host);
    case LoginFailure::Cause::PlainText:
        return tr("The connection to \u201c%1\u201d is not encrypted: others on the network could "
                  "read your password, so that it was not sent. You may log in without one, or "
                  "allow it here.")
                .arg(host);
    case LoginFailure::Cause::NoAccounts:
        return tr("What \u201c%1\u201d speaks knows no passwords, so that yours was not sent. "
                  "Please log in without one.")
                .arg(host);
    case LoginFailure::Cause::Other:
        return failure.text.isEmpty() ? tr("The connection failed. Please try again.")
                                      : tr("The connection failed: %1").arg(failure.text);
    case LoginFailure::Cause::ChangedKey:
    case LoginFailure::Cause::LinkDiffers:
    case LoginFailure::Cause::AnnouncedDiffers:
    case LoginFailure::Cause::WouldBePlain:
    case LoginFailure::Cause::NoHandshake:
    case LoginFailure::Cause::NotEncrypted:
    case LoginFailure::Cause::Stripped:
        return ofEncryption(failure);
    case LoginFailure::Cause::Server:
    case LoginFailure::Cause::Closing:
        break;
    }
    return {};
}

} // namespace

QString failureText(const LoginFailure &failure)
{
    if (failure.cause == LoginFailure::Cause::Closing)
        return closingText(failure.closing);
    if (failure.cause != LoginFailure::Cause::Server)
        return cleanLine(FailureText::ofFailure(failure));
    LoginFailure named = failure;
    if (named.error.subject.isEmpty())
        named.error.subject = failure.name;
    const QString text = failure.registering ? FailureText::ofRefusedRegistration(named)
                                             : FailureText::ofRefusedLogin(named);
    if (!text.isEmpty())
        return cleanLine(text);
    if (named.error.code == ErrorCode::Banned || named.error.code == ErrorCode::InviteRequired)
        named.error.subject.clear(); // by the server, and not by a room
    return errorText(named.error, failure.text);
}

QString errorText(const Error &error, const QString &serverText)
{
    QString text;
    if (error.code == ErrorCode::NameTaken)
        text = FailureText::nameTaken(error, serverText);
    else if (error.code == ErrorCode::NameInvalid)
        text = FailureText::nameInvalid(error, serverText);
    else if (error.code == ErrorCode::NotAllowed && !serverText.isEmpty()
             && serverText != sentence(error))
        text = FailureText::tr("You are not allowed to do that. (%1)", "the server's own words")
                       .arg(serverText);
    // Internal also stands for codes that this program is too old to know.
    else if (error.code == ErrorCode::Internal && !serverText.isEmpty())
        text = serverText;
    for (const auto words : {&FailureText::ofLogin, &FailureText::ofRoom, &FailureText::ofMessage,
                             &FailureText::ofServer}) {
        if (text.isEmpty())
            text = words(error);
    }
    return cleanLine(text.isEmpty() ? serverText : text);
}

QString changeErrorText(const Error &error, const QString &serverText)
{
    switch (error.code) {
    case ErrorCode::StoreFull:
        return FailureText::tr("The server's disk is full or too slow. The message stays as it "
                               "was; please try again.");
    case ErrorCode::StoreUnavailable:
        return FailureText::tr("The server cannot store changes at the moment. The message stays "
                               "as it was; please try again.");
    case ErrorCode::Unconfirmed:
        return FailureText::tr("The server could not confirm yet that the message was changed.");
    case ErrorCode::NoSuchMessage:
        return FailureText::tr("That message is not there any more.");
    case ErrorCode::NotAllowed:
        return FailureText::tr("Only your own messages can be changed.");
    case ErrorCode::Closing:
        return FailureText::tr("There is no connection to the server. The message stays as it "
                               "was.");
    default:
        return errorText(error, serverText);
    }
}

QString closingText(const Closing &closing)
{
    const QString text = FailureText::ofClosing(closing);
    const QString reason = cleanLine(closing.reason);
    if (!reason.isEmpty())
        return FailureText::tr("%1 Reason: %2").arg(text, reason);
    const QString given = cleanLine(closing.text);
    const bool isKnown = closing.until > 0 || !closing.by.isEmpty();
    if (isKnown || given.isEmpty() || given == closingSentence(closing.code))
        return text;
    return FailureText::tr("%1 (%2)", "a sentence, and the server's own words").arg(text, given);
}

} // namespace teahouse::client
