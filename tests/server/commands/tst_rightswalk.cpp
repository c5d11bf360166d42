#include "tests/server/commands/roomrig.h"

#include "shared/rights.h"

#include <map>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

/// Somebody of every rank that there is in the place, which is called `room`.
struct Cast
{
    RoomRig rig;
    QString room;
    std::map<Rank, RoomRig::Somebody> people;
};

void fillRoom(Cast &cast, const Place &place)
{
    RoomRig &rig = cast.rig;
    const bool isMain = place.kind == PlaceKind::Main;
    cast.room = isMain ? u"main"_s : u"garden"_s;
    const QJsonObject room{{u"room"_s, cast.room}};
    cast.people[Rank::Admin] = rig.admin(u"root"_s);
    RoomRig::Somebody head = cast.people[Rank::Admin];
    if (!isMain) {
        head = cast.people[Rank::Owner] = rig.account(u"owner"_s);
        QCOMPARE(rig.ask(head, u"create"_s, room), u"ok"_s);
    }
    cast.people[Rank::Moderator] = rig.account(u"moderator"_s);
    cast.people[Rank::Member] = rig.account(u"member"_s);
    cast.people[Rank::Account] = rig.account(u"account"_s);
    cast.people[Rank::Guest] = rig.guest(u"visitor"_s);
    cast.people[Rank::Outsider] = rig.guest(u"outsider"_s);
    for (const auto &[rank, who] : cast.people) {
        if (rank != Rank::Outsider)
            QCOMPARE(rig.ask(who, u"join"_s, room), u"ok"_s);
    }
    if (isMain)
        QCOMPARE(rig.ask(cast.people[Rank::Outsider], u"leave"_s, room), u"ok"_s);
    for (const char *name : {"moderator", "member"}) {
        QJsonObject role = room;
        role[u"name"_s] = QString::fromLatin1(name);
        role[u"role"_s] = QString::fromLatin1(name);
        QCOMPARE(rig.ask(head, u"role"_s, role), u"ok"_s);
    }
    QJsonObject rules = room;
    if (place.kind == PlaceKind::Closed)
        rules[u"private"_s] = true;
    rules[u"read_only"_s] = place.isReadOnly;
    // Something that one may want to delete, of a message's own kind.
    QJsonObject words = room;
    words[u"text"_s] = u"hi"_s;
    words[u"cid"_s] = u"c"_s;
    QCOMPARE(rig.ask(head, u"say"_s, words), u"ok"_s);
    QCOMPARE(rig.ask(head, u"room-set"_s, rules), u"ok"_s);
}

void fillConversation(Cast &cast)
{
    RoomRig &rig = cast.rig;
    cast.people[Rank::Admin] = rig.admin(u"root"_s);
    cast.people[Rank::Account] = rig.account(u"account"_s);
    cast.people[Rank::Guest] = rig.guest(u"visitor"_s);
    cast.room = u"@other"_s;
    rig.guest(u"other"_s);
    for (const auto &[rank, who] : cast.people)
        QCOMPARE(rig.ask(who, u"msg"_s,
                         {{u"to"_s, u"other"_s}, {u"text"_s, u"hi"_s}, {u"cid"_s, u"c"_s}}),
                 u"ok"_s);
}

void fillServer(Cast &cast)
{
    cast.people[Rank::Admin] = cast.rig.admin(u"root"_s);
    cast.people[Rank::Account] = cast.rig.account(u"account"_s);
    cast.people[Rank::Guest] = cast.rig.guest(u"visitor"_s);
}

/// Arguments with which the verb changes little, once it may be tried at all.
QJsonObject argumentsOf(const QString &verb)
{
    static const std::map<QString, QJsonObject> all = {
            {u"say"_s, {{u"text"_s, u"x"_s}, {u"cid"_s, u"d"_s}}},
            {u"edit"_s, {{u"seq"_s, 99999}, {u"text"_s, u"x"_s}}},
            {u"delete"_s, {{u"seq"_s, 99999}}},
            {u"search"_s, {{u"text"_s, u"x"_s}}},
            {u"read"_s, {{u"seq"_s, 1}}},
            {u"level"_s, {{u"level"_s, u"all"_s}}},
            {u"invite"_s, {{u"name"_s, u"nobody"_s}}},
            {u"kick"_s, {{u"name"_s, u"nobody"_s}}},
            {u"ban"_s, {{u"name"_s, u"*"_s}}},
            {u"mute"_s, {{u"name"_s, u"*"_s}}},
            {u"unban"_s, {{u"name"_s, u"nobody"_s}}},
            {u"unmute"_s, {{u"name"_s, u"nobody"_s}}},
            {u"role"_s, {{u"name"_s, u"nobody"_s}, {u"role"_s, u"member"_s}}},
            {u"passwd"_s, {{u"old"_s, u"not this one"_s}, {u"password"_s, u"new and long"_s}}},
            {u"claim"_s, {{u"code"_s, u"x"_s}}},
            {u"user-role"_s, {{u"name"_s, u"nobody"_s}, {u"role"_s, u"admin"_s}}},
            {u"user-remove"_s, {{u"name"_s, u"nobody"_s}}},
    };
    const auto found = all.find(verb);
    return found == all.end() ? QJsonObject() : found->second;
}

/// Whether the table of rights has refused it, and not what it would have done.
bool isRefused(const Reply &reply)
{
    if (reply)
        return false;
    const Error &error = reply.error();
    return (error.code == ErrorCode::NotAllowed && error.other.isEmpty())
            || error.code == ErrorCode::NotMember
            || (error.code == ErrorCode::BadRequest && error.subject.contains("not possible"_L1));
}

} // namespace

/// Walks through the whole table of rights: every verb, in every kind of place, by somebody of
/// every rank that there is.
class TestRightsWalk : public QObject
{
    Q_OBJECT

private slots:
    void everyRight_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("isReadOnly");
        QTest::newRow("server") << int(PlaceKind::Server) << false;
        QTest::newRow("main") << int(PlaceKind::Main) << false;
        QTest::newRow("main, read-only") << int(PlaceKind::Main) << true;
        QTest::newRow("open") << int(PlaceKind::Open) << false;
        QTest::newRow("open, read-only") << int(PlaceKind::Open) << true;
        QTest::newRow("closed") << int(PlaceKind::Closed) << false;
        QTest::newRow("closed, read-only") << int(PlaceKind::Closed) << true;
        QTest::newRow("conversation") << int(PlaceKind::Conversation) << false;
    }

    void everyRight()
    {
        QFETCH(const int, kind);
        QFETCH(const bool, isReadOnly);
        const Place place{static_cast<PlaceKind>(kind), isReadOnly};
        Cast cast;
        if (place.kind == PlaceKind::Server)
            fillServer(cast);
        else if (place.kind == PlaceKind::Conversation)
            fillConversation(cast);
        else
            fillRoom(cast, place);
        if (QTest::currentTestFailed())
            return;
        for (const Right &right : allRights()) {
            for (const auto &[rank, who] : cast.people)
                tryIt(cast, right, place, rank, who);
        }
    }

private:
    static void tryIt(Cast &cast, const Right &right, const Place &place, Rank rank,
                      const RoomRig::Somebody &who)
    {
        QString verb = QString::fromLatin1(right.verb);
        QJsonObject fields = argumentsOf(verb);
        if (verb == deleteOthers) {
            // The message is of the room's head, who may delete it as his own; it comes behind the
            // two roles. In private nobody has said anything else.
            if (rank >= Rank::Owner || place.kind == PlaceKind::Conversation)
                return;
            verb = u"delete"_s;
            fields[u"seq"_s] = 3;
        } else if (verb == teahouse::setTopic) {
            verb = u"topic"_s;
            fields[u"text"_s] = u"tea"_s;
        }
        const QStringList linesOnly{u"me"_s, u"last"_s}; // as say and history
        const QStringList roomless{u"passwd"_s,   u"claim"_s,     u"invite-code"_s,
                                   u"accounts"_s, u"user-role"_s, u"user-remove"_s};
        const bool isAllowed = teahouse::isAllowed(QLatin1StringView(right.verb), place, rank);
        // Whoever may leave is gone; without a room most verbs miss their argument.
        if (linesOnly.contains(verb) || (verb == "leave"_L1 && isAllowed))
            return;
        if (place.kind == PlaceKind::Server && right.needed(place) == Rank::Nobody)
            return;
        if (!roomless.contains(verb) && !cast.room.isEmpty())
            fields[u"room"_s] = cast.room;
        else if (roomless.contains(verb) && place.kind != PlaceKind::Server)
            return;
        const Reply reply = cast.rig.reply(who, verb, fields);
        const QByteArray what = QByteArray(right.verb) + " by " + rankName(rank).latin1() + ": "
                + (reply ? QByteArray("ok") : sentence(reply.error()).toUtf8());
        QVERIFY2(isRefused(reply) == !isAllowed, what.constData());
        if (verb == "join"_L1 && rank == Rank::Outsider && reply)
            QCOMPARE(cast.rig.ask(who, u"leave"_s, fields), u"ok"_s);
    }
};

QTEST_GUILESS_MAIN(TestRightsWalk)
#include "tst_rightswalk.moc"
