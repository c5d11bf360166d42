#include "gui-client/widgets/roomwords.h"

#include "gui-client/models/roomdirectorymodel.h"
#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/rowtext.h"
#include "shared/text.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

namespace teahouse::client::roomwords {

using namespace Qt::StringLiterals;

namespace {

class RoomWords
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::RoomWords)

public:
    static QString refusal(const QString &verb, const Error &error);
};

QString RoomWords::refusal(const QString &verb, const Error &error)
{
    switch (error.code) {
    case ErrorCode::Closing:
        return tr("There is no connection to the server at the moment. Please try again.");
    case ErrorCode::InviteRequired:
        return verb == "join"_L1 ? tr("One enters this room by invitation only. Ask somebody in it "
                                      "to invite you.")
                                 : QString();
    case ErrorCode::RoomKey:
        return tr("That is not the room's password.");
    case ErrorCode::StoreFull:
    case ErrorCode::StoreUnavailable:
        return tr("The server cannot store changes at the moment. Nothing was changed; please try "
                  "again.");
    case ErrorCode::UnknownVerb:
        return tr("This server cannot do that.");
    default:
        return {};
    }
}

/// A sentence, with why it is so where that is known.
QString withReason(const QString &text, const QString &reason)
{
    if (reason.isEmpty())
        //: a whole sentence
        return RoomWords::tr("%1.").arg(text);
    //: what is so, and why
    return RoomWords::tr("%1: %2").arg(text, rowtext::isolated(reason));
}

} // namespace

QString role(RoomRole role)
{
    switch (role) {
    case RoomRole::Owner:
        return RoomWords::tr("owner");
    case RoomRole::Moderator:
        return RoomWords::tr("moderator");
    case RoomRole::Member:
        return RoomWords::tr("member");
    case RoomRole::None:
        break;
    }
    return {};
}

QString role(const Person &person)
{
    return person.admin && person.role != RoomRole::Owner ? RoomWords::tr("administrator")
                                                          : role(person.role);
}

QString marks(int marks)
{
    QStringList words;
    if (marks & RoomDirectoryModel::Closed)
        words.append(RoomWords::tr("invitation only"));
    if (marks & RoomDirectoryModel::Locked)
        words.append(RoomWords::tr("password"));
    if (marks & RoomDirectoryModel::ReadOnly)
        words.append(RoomWords::tr("read-only"));
    return words.join(RoomWords::tr(", ", "between the marks of a room"));
}

QString barrier(Barrier barrier)
{
    switch (barrier) {
    case Barrier::None:
        break;
    case Barrier::PrivateRoom:
        return RoomWords::tr("Not in a private conversation.");
    case Barrier::ReadOnly:
        return RoomWords::tr("Only moderators speak here.");
    case Barrier::NeedsModerator:
        return RoomWords::tr("Only moderators of the room may do that.");
    case Barrier::NeedsOwner:
        return RoomWords::tr("Only the room's owner may do that.");
    case Barrier::NeedsAdmin:
        return RoomWords::tr("Only administrators may do that.");
    case Barrier::Oneself:
        return RoomWords::tr("You cannot do that to yourself.");
    case Barrier::RankTooHigh:
        return RoomWords::tr("Their role is not below yours.");
    case Barrier::NeedsAccount:
        return RoomWords::tr("Only people with an account can have a role.");
    case Barrier::MainHasNoOwner:
        return RoomWords::tr("The main room belongs to nobody.");
    case Barrier::EverybodyIsHere:
        return RoomWords::tr("Everybody is in the main room anyway.");
    }
    return {};
}

QString moment(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const QString clock = rowtext::time(time.time());
    if (time.date() == QDate::currentDate())
        return clock;
    //: a date and a time
    return RoomWords::tr("%1, %2").arg(QLocale().toString(time.date(), QLocale::ShortFormat),
                                       clock);
}

QString silence(const Silence &silence)
{
    const QString by = rowtext::isolated(silence.by);
    const QString until = moment(QDateTime::fromMSecsSinceEpoch(silence.until));
    QString text;
    if (silence.by.isEmpty())
        text = silence.until > 0 ? RoomWords::tr("You are muted until %1").arg(until)
                                 : RoomWords::tr("You are muted here");
    else
        text = silence.until > 0 ? RoomWords::tr("%1 has muted you until %2").arg(by, until)
                                 : RoomWords::tr("%1 has muted you").arg(by);
    return withReason(text, silence.reason);
}

QString closure(const Closure &closure, const QString &room)
{
    const QString by = rowtext::isolated(closure.by);
    const QString until = moment(QDateTime::fromMSecsSinceEpoch(closure.until));
    const bool isPrivate = isPrivateRoom(room);
    switch (closure.why) {
    case Closure::Why::Kicked:
        return withReason(closure.by.isEmpty()
                                  ? RoomWords::tr("You were removed from this room")
                                  : RoomWords::tr("%1 removed you from this room").arg(by),
                          closure.reason);
    case Closure::Why::Banned:
        if (closure.until > 0)
            return withReason(
                    closure.by.isEmpty()
                            ? RoomWords::tr("You are banned from this room until %1").arg(until)
                            : RoomWords::tr("%1 banned you from this room until %2").arg(by, until),
                    closure.reason);
        return withReason(closure.by.isEmpty()
                                  ? RoomWords::tr("You are banned from this room")
                                  : RoomWords::tr("%1 banned you from this room").arg(by),
                          closure.reason);
    case Closure::Why::Left:
        return isPrivate ? RoomWords::tr("You left this conversation.")
                         : RoomWords::tr("You left this room.");
    case Closure::Why::Refused:
        return RoomWords::tr("You are no longer in this room, and could not join it again.");
    case Closure::Why::Reset:
        return RoomWords::tr("The server was reset. This conversation has ended.");
    case Closure::Why::Another:
        return RoomWords::tr("The person you were writing to is gone, and someone else is using "
                             "that name now. This conversation has ended.");
    case Closure::Why::Gone:
        break;
    }
    return isPrivate
            ? RoomWords::tr("This conversation has ended.")
            : RoomWords::tr("You are no longer in this room. It was deleted, or you left it "
                            "on another device.");
}

QString notice(const Notice &notice, RoomRole role)
{
    const QString by = rowtext::isolated(notice.by);
    const QString room = rowtext::isolated(notice.room);
    const QString until = moment(QDateTime::fromMSecsSinceEpoch(notice.until));
    const bool ends = notice.until > 0;
    if (notice.by.isEmpty() && notice.kind != "unmuted"_L1)
        return notice.text; // all the others say by whom
    if (notice.kind == "invited"_L1)
        return RoomWords::tr("%1 invites you to %2.").arg(by, room);
    if (notice.kind == "kicked"_L1)
        return withReason(RoomWords::tr("%1 has removed you from %2").arg(by, room), notice.reason);
    if (notice.kind == "banned"_L1)
        return withReason(
                ends ? RoomWords::tr("%1 has banned you from %2 until %3").arg(by, room, until)
                     : RoomWords::tr("%1 has banned you from %2").arg(by, room),
                notice.reason);
    if (notice.kind == "muted"_L1 && notice.room.isEmpty())
        return withReason(
                ends ? RoomWords::tr("%1 has muted you on the whole server until %2").arg(by, until)
                     : RoomWords::tr("%1 has muted you on the whole server").arg(by),
                notice.reason);
    if (notice.kind == "muted"_L1)
        return withReason(
                ends ? RoomWords::tr("%1 has muted you in %2 until %3").arg(by, room, until)
                     : RoomWords::tr("%1 has muted you in %2").arg(by, room),
                notice.reason);
    if (notice.kind == "unmuted"_L1)
        return notice.room.isEmpty() ? RoomWords::tr("You may speak again.")
                                     : RoomWords::tr("You may speak in %1 again.").arg(room);
    if (notice.kind == "role"_L1)
        return role == RoomRole::None
                ? RoomWords::tr("%1 has taken your role in %2 away.").arg(by, room)
                : RoomWords::tr("%1 has given you a role in %2: %3.")
                          .arg(by, room, roomwords::role(role));
    return notice.text;
}

QString refusal(const QString &verb, const Error &error, const QString &serverText)
{
    if (const QString known = RoomWords::refusal(verb, error); !known.isEmpty())
        return known;
    const QString text = errorText(error, serverText);
    const QString given = cleanLine(serverText);
    if (error.code != ErrorCode::NotAllowed || given.isEmpty() || given == sentence(error))
        return text;
    //: a sentence, and the server's own words
    return RoomWords::tr("%1 (%2)").arg(text, given);
}

QString withAddress(const QString &done, const Answer &answer)
{
    const auto *imposed = std::get_if<Imposed>(&answer);
    const QString address = imposed ? cleanLine(imposed->address) : QString();
    if (!address.isEmpty()) //: a sentence, and an address
        return RoomWords::tr("%1 So is the address %2.").arg(done, address);
    if (imposed && imposed->isNameOnly) //: a sentence
        return RoomWords::tr("%1 This applies to the name only: others may share the address.")
                .arg(done);
    return done;
}

QString deed(const QString &verb)
{
    static const QHash<QString, const char *> words = {
            {u"kick"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "kicked")},
            {u"ban"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "banned")},
            {u"unban"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "lifted the ban of")},
            {u"mute"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "muted")},
            {u"unmute"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "lifted the mute of")},
            {u"role"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "changed the role of")},
            {u"room-set"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "changed the room")},
            {u"invite"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "invited")},
            {u"invite-code"_s,
             QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "made an invite code")},
            {u"invite-code-end"_s,
             QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "took back an invite code")},
            {u"user-role"_s,
             QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "changed the standing of")},
            {u"user-remove"_s,
             QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "removed the account of")},
            {u"claim"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "became administrator")},
            {u"passwd"_s,
             QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "changed the password of")},
            {u"delete"_s, QT_TRANSLATE_NOOP("teahouse::client::RoomWords", "deleted a message of")},
    };
    const char *word = words.value(verb, nullptr);
    return word ? RoomWords::tr(word) : verb;
}

QString unmarked(QString text)
{
    return text.replace(u'&', u"&&"_s);
}

} // namespace teahouse::client::roomwords
