#include "tests/server/commands/roomrig.h"

#include "shared/rights.h"

#include <map>
#include <optional>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

/// Somebody of every rank that there is in the place, which is called `room`.
struct Cast
{
    RoomRig rig;
    QString room;
    std::map<Rank, RoomRig::Somebody> people;    ///< who ask by objects
    std::map<Rank, RoomRig::Somebody> terminals; ///< the same ranks by lines; they sit in the room
    Rank head = Rank::Admin;                     ///< the highest who is really in the room
    int words = 0;
};

QString nameOf(Rank rank)
{
    switch (rank) {
    case Rank::Outsider:
        return u"outsider"_s;
    case Rank::Guest:
        return u"visitor"_s;
    case Rank::Admin:
        return u"root"_s;
    default:
        return rankName(rank);
    }
}

RoomRig::Somebody anonymousIn(RoomRig &rig, const QString &room)
{
    const RoomRig::Somebody stranger = rig.open(Form::Line);
    if (!rig.server.house.enterAnonymously(stranger.session, {.room = room}))
        qFatal("nobody enters %s without a name", qPrintable(room));
    return stranger;
}

void fillRoom(Cast &cast, const Place &place)
{
    RoomRig &rig = cast.rig;
    const bool isMain = place.kind == PlaceKind::Main;
    cast.room = isMain ? u"main"_s : u"garden"_s;
    const QJsonObject room{{u"room"_s, cast.room}};
    cast.people[Rank::Admin] = rig.admin(nameOf(Rank::Admin));
    if (!isMain) {
        cast.head = Rank::Owner;
        cast.people[Rank::Owner] = rig.account(nameOf(Rank::Owner));
        QCOMPARE(rig.ask(cast.people[Rank::Owner], u"create"_s, room), u"ok"_s);
    }
    for (const Rank rank : {Rank::Moderator, Rank::Member, Rank::Account})
        cast.people[rank] = rig.account(nameOf(rank));
    cast.people[Rank::Guest] = rig.guest(nameOf(Rank::Guest));
    cast.people[Rank::Outsider] = rig.guest(nameOf(Rank::Outsider));
    for (const auto &[rank, who] : cast.people) {
        if (rank == Rank::Outsider)
            continue;
        QCOMPARE(rig.ask(who, u"join"_s, room), u"ok"_s);
        // The same by lines; a guest has one session, so that it is another guest.
        RoomRig::Somebody terminal = rig.open(Form::Line);
        if (rank == Rank::Guest)
            terminal = rig.guest(u"tourist"_s, Form::Line);
        else
            QVERIFY(rig.logIn(terminal, nameOf(rank)).ok());
        QCOMPARE(rig.type(terminal, u"join "_s + cast.room), u"ok"_s);
        cast.terminals[rank] = terminal;
    }
    if (isMain)
        QCOMPARE(rig.ask(cast.people[Rank::Outsider], u"leave"_s, room), u"ok"_s);
    // Where one enters by invitation or with a password, nobody is without a name.
    if (place.kind != PlaceKind::Closed && !place.hasKey)
        cast.people[Rank::Anonymous] = cast.terminals[Rank::Anonymous] = anonymousIn(rig,
                                                                                     cast.room);
    for (const Rank rank : {Rank::Moderator, Rank::Member}) {
        QJsonObject role = room;
        role[u"name"_s] = nameOf(rank);
        role[u"role"_s] = QString(rankName(rank));
        QCOMPARE(rig.ask(cast.people[cast.head], u"role"_s, role), u"ok"_s);
    }
    QJsonObject rules = room;
    if (place.kind == PlaceKind::Closed)
        rules[u"private"_s] = true;
    if (place.hasKey)
        rules[u"key"_s] = u"sesame"_s;
    rules[u"read_only"_s] = place.isReadOnly;
    QCOMPARE(rig.ask(cast.people[cast.head], u"room-set"_s, rules), u"ok"_s);
}

/// Everybody has a conversation of his own with somebody else.
void fillConversation(Cast &cast)
{
    RoomRig &rig = cast.rig;
    cast.people[Rank::Admin] = rig.admin(nameOf(Rank::Admin));
    cast.people[Rank::Account] = rig.account(nameOf(Rank::Account));
    cast.people[Rank::Guest] = rig.guest(nameOf(Rank::Guest));
    cast.room = u"@other"_s;
    cast.terminals[Rank::Guest] = rig.guest(u"other"_s);
    for (const auto &[rank, who] : cast.people)
        QCOMPARE(rig.ask(who, u"msg"_s,
                         {{u"to"_s, u"other"_s}, {u"text"_s, u"hi"_s}, {u"cid"_s, u"c"_s}}),
                 u"ok"_s);
}

void fillServer(Cast &cast)
{
    cast.people[Rank::Admin] = cast.rig.admin(nameOf(Rank::Admin));
    cast.people[Rank::Account] = cast.rig.account(nameOf(Rank::Account));
    cast.people[Rank::Guest] = cast.rig.guest(nameOf(Rank::Guest));
    cast.people[Rank::Anonymous] = anonymousIn(cast.rig, u"main"_s);
}

/// Arguments with which the verb changes little, once it may be tried at all.
struct Sample
{
    QJsonObject fields = {};
    QString line = {};
};

Sample sampleOf(QAnyStringView right)
{
    static const std::map<QString, Sample> all = {
            {u"say"_s, {{{u"text"_s, u"x"_s}, {u"cid"_s, u"d"_s}}, u"x"_s}},
            {u"me"_s, {{}, u"waves"_s}},
            {u"edit"_s, {{{u"seq"_s, 99999}, {u"text"_s, u"x"_s}}}},
            {u"delete"_s, {{{u"seq"_s, 99999}}}},
            {u"set topic"_s, {{{u"text"_s, u"tea"_s}}, u"tea"_s}},
            {u"search"_s, {{{u"text"_s, u"x"_s}}, u"x"_s}},
            {u"read"_s, {{{u"seq"_s, 1}}}},
            {u"level"_s, {{{u"level"_s, u"all"_s}}, u"all"_s}},
            {u"invite"_s, {{{u"name"_s, u"nobody"_s}}, u"nobody"_s}},
            {u"kick"_s, {{{u"name"_s, u"nobody"_s}}, u"nobody"_s}},
            {u"ban"_s, {{{u"name"_s, u"*"_s}}, u"*"_s}},
            {u"mute"_s, {{{u"name"_s, u"*"_s}}, u"*"_s}},
            {u"unban"_s, {{{u"name"_s, u"nobody"_s}}, u"nobody"_s}},
            {u"unmute"_s, {{{u"name"_s, u"nobody"_s}}, u"nobody"_s}},
            {u"role"_s, {{{u"name"_s, u"nobody"_s}, {u"role"_s, u"member"_s}}, u"nobody member"_s}},
            {u"room-set"_s, {{}, u"private perhaps"_s}},
            {u"passwd"_s,
             {{{u"old"_s, u"not this one"_s}, {u"password"_s, u"new and long"_s}},
              u"not-this-one new-and-long"_s}},
            {u"claim"_s, {{{u"code"_s, u"x"_s}}, u"x"_s}},
            {u"user-role"_s,
             {{{u"name"_s, u"nobody"_s}, {u"role"_s, u"admin"_s}}, u"nobody admin"_s}},
            {u"user-remove"_s, {{{u"name"_s, u"nobody"_s}}, u"nobody"_s}},
    };
    const auto found = all.find(right.toString());
    return found == all.end() ? Sample() : found->second;
}

/// The verb that a row of the table is about.
QString verbOf(const Right &right)
{
    const QString name = QString::fromLatin1(right.verb);
    if (name == deleteOthers)
        return u"delete"_s;
    return name == teahouse::setTopic ? u"topic"_s : name;
}

const Command *commandOf(const QString &verb)
{
    static const std::vector<Command> commands = allCommands();
    for (const Command &command : commands) {
        if (verb == QLatin1StringView(command.verb))
            return &command;
    }
    return nullptr;
}

bool takesRoom(const Command &command)
{
    return std::any_of(command.parameters.begin(), command.parameters.end(),
                       [](const Parameter &parameter) {
                           return QLatin1StringView(parameter.name) == "room"_L1;
                       });
}

/// Whether the table of rights has refused it, and not what it would have done.
bool isRefused(const Reply &reply)
{
    if (reply)
        return false;
    const Error &error = reply.error();
    return (error.code == ErrorCode::NotAllowed
            && (error.other.isEmpty() || error.other.startsWith("it takes"_L1)))
            || error.code == ErrorCode::NotMember
            || (error.code == ErrorCode::BadRequest && error.subject.contains("not possible"_L1));
}

} // namespace

/// Walks through the whole table of rights: every verb, in every kind of place, by somebody of
/// every rank that there is, by objects and by lines.
class TestRightsWalk : public QObject
{
    Q_OBJECT

private slots:
    void everyRight_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("isReadOnly");
        QTest::addColumn<bool>("hasKey");
        QTest::newRow("server") << int(PlaceKind::Server) << false << false;
        QTest::newRow("main") << int(PlaceKind::Main) << false << false;
        QTest::newRow("main, read-only") << int(PlaceKind::Main) << true << false;
        QTest::newRow("open") << int(PlaceKind::Open) << false << false;
        QTest::newRow("open, read-only") << int(PlaceKind::Open) << true << false;
        QTest::newRow("open, with a password") << int(PlaceKind::Open) << false << true;
        QTest::newRow("open, both") << int(PlaceKind::Open) << true << true;
        QTest::newRow("closed") << int(PlaceKind::Closed) << false << false;
        QTest::newRow("closed, read-only") << int(PlaceKind::Closed) << true << false;
        QTest::newRow("closed, with a password") << int(PlaceKind::Closed) << false << true;
        QTest::newRow("conversation") << int(PlaceKind::Conversation) << false << false;
    }

    void everyRight()
    {
        QFETCH(const int, kind);
        QFETCH(const bool, isReadOnly);
        QFETCH(const bool, hasKey);
        const Place place{static_cast<PlaceKind>(kind), isReadOnly, hasKey};
        Cast cast;
        if (place.kind == PlaceKind::Server)
            fillServer(cast);
        else if (place.kind == PlaceKind::Conversation)
            fillConversation(cast);
        else
            fillRoom(cast, place);
        if (QTest::currentTestFailed())
            return;
        const Right *leaving = rightOf("leave"_L1);
        for (const Right &right : allRights()) {
            if (&right != leaving)
                tryAll(cast, right, place);
        }
        tryAll(cast, *leaving, place); // whoever may is gone then
    }

private:
    static void tryAll(Cast &cast, const Right &right, const Place &place)
    {
        const Command *command = commandOf(verbOf(right));
        QVERIFY2(command, right.verb);
        const bool isInRoom = place.kind != PlaceKind::Server
                && place.kind != PlaceKind::Conversation;
        // A verb that names no room can be asked for in a room by lines alone.
        const bool byObjects = command->isKnownTo(Form::Object)
                && (takesRoom(*command) || place.kind == PlaceKind::Server);
        const bool byLines = command->isKnownTo(Form::Line) && isInRoom;
        if (byObjects) {
            for (const auto &[rank, who] : cast.people)
                tryByObject(cast, right, place, rank);
        }
        if (byLines) {
            for (const auto &[rank, who] : cast.terminals)
                tryByLine(cast, right, place, rank);
        }
        // What nobody can ask for there nobody may.
        if (!byObjects && !byLines && takesRoom(*command))
            QCOMPARE(right.needed(place), Rank::Nobody);
        if (!command->isKnownTo(Form::Object) && !isInRoom)
            QCOMPARE(right.needed(place), Rank::Nobody);
    }

    static void tryByObject(Cast &cast, const Right &right, const Place &place, Rank rank)
    {
        const RoomRig::Somebody &who = cast.people.at(rank);
        const QString verb = verbOf(right);
        QJsonObject fields = sampleOf(QLatin1StringView(right.verb)).fields;
        if (!cast.room.isEmpty())
            fields[u"room"_s] = cast.room;
        const bool isAnothers = QLatin1StringView(right.verb) == deleteOthers;
        if (isAnothers) {
            if (place.kind == PlaceKind::Server)
                fields[u"seq"_s] = 1;
            else
                fields[u"seq"_s] = anotherSays(cast, place, rank);
        }
        const Reply reply = cast.rig.reply(who, verb, fields);
        if (place.kind == PlaceKind::Server && right.needed(place) == Rank::Nobody) {
            QVERIFY(!reply); // it misses the room
            QCOMPARE(reply.error().code, ErrorCode::BadRequest);
            return;
        }
        check(right, place, rank, reply);
        if (isAnothers && teahouse::isAllowed(deleteOthers, place, rank))
            QVERIFY(reply.ok());
        if (verb == "join"_L1 && rank == Rank::Outsider && reply)
            QCOMPARE(cast.rig.ask(who, u"leave"_s, fields), u"ok"_s);
    }

    static void tryByLine(Cast &cast, const Right &right, const Place &place, Rank rank)
    {
        const QString verb = verbOf(right);
        QString text = sampleOf(QLatin1StringView(right.verb)).line;
        if (verb == "join"_L1)
            text = cast.room;
        check(right, place, rank,
              cast.rig.line(cast.terminals.at(rank), (verb + u' ' + text).trimmed()));
    }

    static void check(const Right &right, const Place &place, Rank rank, const Reply &reply)
    {
        const bool isAllowed = teahouse::isAllowed(QLatin1StringView(right.verb), place, rank);
        const QByteArray what = QByteArray(right.verb) + " by " + rankName(rank).latin1() + ": "
                + (reply ? QByteArray("ok") : sentence(reply.error()).toUtf8());
        QVERIFY2(isRefused(reply) == !isAllowed, what.constData());
    }

    /// A fresh message of somebody else: of the head of the room, or for him of a moderator; in
    /// private of the other one. Its number.
    static qint64 anotherSays(Cast &cast, const Place &place, Rank rank)
    {
        const bool isPrivate = place.kind == PlaceKind::Conversation;
        const RoomRig::Somebody speaker = isPrivate
                ? cast.terminals.at(Rank::Guest)
                : cast.people.at(rank == cast.head ? Rank::Moderator : cast.head);
        const Reply said = cast.rig.reply(speaker, u"say"_s,
                                          {{u"room"_s, isPrivate ? u'@' + nameOf(rank) : cast.room},
                                           {u"text"_s, u"hers"_s},
                                           {u"cid"_s, QString::number(++cast.words)}});
        return said ? static_cast<qint64>(std::get<Said>(*said).seq) : 0;
    }
};

QTEST_GUILESS_MAIN(TestRightsWalk)
#include "tst_rightswalk.moc"
