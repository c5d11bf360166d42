#include "shared/limits.h"
#include "shared/wire/replycodec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

class TestReplyCodec : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip_data();
    void roundTrip();
    void idIsEchoed();
    void errors_data();
    void errors();
    void sanctions();
    void help();
    void longHistory_data();
    void longHistory();
    void longRoomList();
    void longPersonList_data();
    void longPersonList();
    void longWelcome();
    void longHelp();
};

namespace {

QJsonObject parsed(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

Request request(const QString &verb)
{
    Request request;
    request.verb = verb;
    request.form = Form::Object;
    request.id = u"7"_s;
    return request;
}

Item message(quint64 seq, const QString &text)
{
    Item item;
    item.room = u"main"_s;
    item.seq = seq;
    item.from = u"ann"_s;
    item.time = 1'700'000'000'000;
    item.text = text;
    return item;
}

/// The longest text of a message, made of characters that take most bytes in JSON.
QString longText()
{
    return u"🫖"_s.repeated(limits::messageText);
}

} // namespace

void TestReplyCodec::roundTrip_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<Answer>("answer");
    const auto row = [](const char *tag, const QString &verb, const Answer &answer) {
        QTest::newRow(tag) << verb << answer;
    };
    const RoomState room{u"main"_s, u"topic"_s, 1, 9, 5, 4, 2, NotifyLevel::None, 3};
    const RoomState listed{u"two"_s, {}, 0, 0, 0, 0, 0, NotifyLevel::All, 0};
    const Person ann{u"ann"_s, u"tea"_s, u"tea"_s, true};
    const Person bob{u"bob"_s, {}, u"native"_s, false, RoomRole::Moderator, true, true};
    row("hello", u"hello"_s, Greeting{u"Teahouse"_s, u"0.1.0"_s, 1, u"word"_s, {u"a"_s, u"b"_s}});
    row("login", u"login"_s, Welcome{{u"ann"_s, true, u"admin"_s}, u"secret"_s, {room, listed}});
    row("login with ignored", u"login"_s, Welcome{{u"ann"_s, true, {}}, {}, {}, {u"bob"_s}});
    const RoomState owned{.room = u"den"_s,
                          .topic = u"t"_s,
                          .role = RoomRole::Owner,
                          .isClosed = true,
                          .hasKey = true,
                          .isReadOnly = true};
    row("join of one's own", u"join"_s, RoomJoined{owned});
    row("register before login", u"register"_s, Welcome{{u"ann"_s, true, {}}, {}, {owned}, {}});
    row("register", u"register"_s, UserShown{{u"ann"_s, true, {}}});
    row("claim", u"claim"_s, UserShown{{u"ann"_s, true, u"admin"_s}});
    row("invite-code", u"invite-code"_s, InviteCode{u"k7"_s, 1'700'000'000'000});
    row("invite-code, room", u"invite-code"_s,
        InviteCode{u"k7"_s, 1'700'000'000'000, 5, u"garden"_s, u"1f0a2b3c"_s});
    row("invite-codes", u"invite-codes"_s,
        InviteList{{{u"1f0a2b3c"_s, u"ann"_s, u"garden"_s, 5, 1'700'000'000'000},
                    {u"2f0a2b3c"_s, {}, {}, 1, 1'700'000'000'001}},
                   true,
                   u"2f0a2b3c"_s});
    row("ignore", u"ignore"_s, IgnoreList{{u"bob"_s, u"cat"_s}});
    row("unignore", u"unignore"_s, IgnoreList{});
    row("accounts", u"accounts"_s,
        AccountList{{{u"ann"_s, true, true, 1'700'000'000'000, 1'700'000'000'001},
                     {u"bob"_s, false, false, 1'700'000'000'000, 0}},
                    true,
                    u"bob"_s});
    row("bans", u"bans"_s,
        SanctionList{{{SanctionKind::Mute, u"den"_s, u"bob"_s, 1'700'000'000'000, u"spam"_s,
                       u"ann"_s, 1'600'000'000'000, u"203.0.113.7"_s},
                      {SanctionKind::Ban, {}, u"10.0.0.0/8"_s, 0, {}, u"ann"_s, 1'600'000'000'000}},
                     true,
                     u"2"_s});
    row("ban", u"ban"_s, Imposed{SanctionKind::Ban, {}, u"203.0.113.7"_s, false});
    row("mute of the name only", u"mute"_s, Imposed{SanctionKind::Mute, {}, {}, true});
    row("audit", u"audit"_s,
        AuditPage{{{7, 1'700'000'000'000, u"ann"_s, u"ban"_s, u"den"_s, u"bob"_s, u"spam"_s,
                    u"203.0.113.x~k3f9"_s},
                   {6, 1'600'000'000'000, {}, u"user-remove"_s, {}, u"cat"_s, {}}},
                  true,
                  6});
    row("login of an account", u"login"_s, Welcome{{u"ann"_s, false, {}}, {}, {}});
    row("join", u"join"_s, RoomJoined{room});
    row("create", u"create"_s, RoomJoined{listed});
    row("leave", u"leave"_s, Done{});
    row("rooms", u"rooms"_s, RoomList{{room, listed}, false, {}});
    RoomState locked;
    locked.room = u"vault"_s;
    locked.hasKey = locked.isNameOnly = true;
    row("rooms, one by name only", u"rooms"_s, RoomList{{room, locked}, false, {}});
    row("rooms, more", u"rooms"_s, RoomList{{room}, true, u"main"_s});
    row("look", u"look"_s, PersonList{u"main"_s, {ann, bob}, false, {}});
    row("look, more", u"look"_s, PersonList{u"main"_s, {ann}, true, u"ann"_s});
    row("who", u"who"_s, PersonList{{}, {ann, bob}, true, u"bob"_s});
    row("say", u"say"_s, Said{{}, 7, 1'700'000'000'123});
    row("msg", u"msg"_s, Said{u"@bob"_s, 7, 1'700'000'000'123});
    row("history", u"history"_s,
        HistoryPage{u"main"_s, {message(1, u"a"_s), message(2, u"b"_s)}, true, 2, false});
    row("empty history", u"history"_s, HistoryPage{u"main"_s, {}, false, 0, false});
    row("topic", u"topic"_s, TopicShown{u"main"_s, u"tea"_s});
    row("ping", u"ping"_s, Pong{});
    row("logout", u"logout"_s, Goodbye{});
}

void TestReplyCodec::roundTrip()
{
    QFETCH(const QString, verb);
    QFETCH(const Answer, answer);
    const QByteArray line = encodeReply(request(verb), answer);
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(line.endsWith('\n'));
    const QJsonObject object = parsed(line);
    const ReplyHead head = decodeReplyHead(object);
    QCOMPARE(head.id, u"7"_s);
    QVERIFY(!head.error);
    QVERIFY(decodeAnswer(verb, object) == answer);
}

void TestReplyCodec::idIsEchoed()
{
    Request asked = request(u"ping"_s);
    QCOMPARE(encodeReply(asked, Answer(Pong{})), QByteArray("{\"ok\":true,\"re\":\"7\"}\n"));
    asked.id = u""_s;
    QCOMPARE(decodeReplyHead(parsed(encodeReply(asked, Answer(Pong{})))).id, u""_s);
    asked.id = std::nullopt;
    QCOMPARE(encodeReply(asked, Answer(Pong{})), QByteArray("{\"ok\":true,\"re\":null}\n"));
    QVERIFY(!decodeReplyHead(parsed(encodeReply(asked, Answer(Pong{})))).id);
}

void TestReplyCodec::errors_data()
{
    QTest::addColumn<int>("number");
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i)
        QTest::newRow(errorName(static_cast<ErrorCode>(i)).data()) << i;
}

void TestReplyCodec::errors()
{
    QFETCH(const int, number);
    Error error{.code = static_cast<ErrorCode>(number), .subject = u"ann"_s};
    QJsonObject object = parsed(encodeReply(request(u"say"_s), error));
    QCOMPARE(object["ok"_L1].toBool(true), false);
    QCOMPARE(object["error"_L1].toString(), QString(errorName(error.code)));
    QCOMPARE(object["retry"_L1].toBool(), isPassing(error.code));
    QVERIFY(!object.contains("retry_ms"_L1));
    const ReplyHead head = decodeReplyHead(object);
    QVERIFY(head.error);
    QCOMPARE(head.error->code, error.code);
    QCOMPARE(head.error->retryMs, -1);
    QCOMPARE(head.text, sentence(error));

    error.retryMs = 1500;
    object = parsed(encodeReply(request(u"say"_s), error));
    QCOMPARE(decodeReplyHead(object).error->retryMs, 1500);
}

void TestReplyCodec::sanctions()
{
    for (const ErrorCode code : {ErrorCode::Banned, ErrorCode::Muted}) {
        const Error error{.code = code, .other = u"spam"_s, .number = 1'700'000'000'000};
        const QByteArray line = encodeReply(request(u"say"_s), error);
        QCOMPARE(decodeReplyHead(parsed(line)).error, error);
        const Error bare{.code = code};
        const QJsonObject object = parsed(encodeReply(request(u"say"_s), bare));
        QVERIFY(!object.contains("reason"_L1));
        QVERIFY(!object.contains("until"_L1));
        QCOMPARE(decodeReplyHead(object).error, bare);
    }
}

void TestReplyCodec::help()
{
    const QJsonObject object = parsed(
            encodeReply(request(u"help"_s), Answer(HelpShown{{{u"say TEXT"_s, u"…"_s}}})));
    const QJsonObject row = object["commands"_L1].toArray().at(0).toObject();
    QCOMPARE(row["usage"_L1].toString(), u"say TEXT"_s);
    QCOMPARE(row["text"_L1].toString(), u"…"_s);
}

void TestReplyCodec::longHistory_data()
{
    QTest::addColumn<bool>("backwards");
    QTest::addColumn<bool>("moreBefore");
    QTest::newRow("forwards") << false << false;
    QTest::newRow("forwards, more anyway") << false << true;
    QTest::newRow("backwards") << true << false;
    QTest::newRow("backwards, more anyway") << true << true;
}

void TestReplyCodec::longHistory()
{
    QFETCH(const bool, backwards);
    QFETCH(const bool, moreBefore);
    constexpr quint64 first = 100;
    HistoryPage page{u"main"_s, {}, moreBefore, 0, backwards};
    for (quint64 i = 0; i < limits::page; ++i)
        page.items.append(message(first + i, longText()));
    const quint64 last = page.items.last().seq;
    page.next = moreBefore ? (backwards ? first : last) : 0;

    const QByteArray line = encodeReply(request(u"history"_s), Answer(page));
    QVERIFY2(line.size() <= limits::reply, qPrintable(QString::number(line.size())));
    QVERIFY(line.size() > limits::reply * 9 / 10);
    const Answer answer = decodeAnswer(u"history"_s, parsed(line));
    const auto &decoded = std::get<HistoryPage>(answer);
    QVERIFY(decoded.items.size() > 1 && decoded.items.size() < limits::page);
    QVERIFY(decoded.more);
    if (backwards) {
        QCOMPARE(decoded.items.last(), page.items.last());
        QCOMPARE(decoded.next, decoded.items.first().seq);
    } else {
        QCOMPARE(decoded.items.first(), page.items.first());
        QCOMPARE(decoded.next, decoded.items.last().seq);
    }
}

void TestReplyCodec::longRoomList()
{
    const auto nameOf = [](int i) { return u"茶%1"_s.arg(i); };
    RoomList rooms;
    for (int i = 0; i < limits::page; ++i) {
        RoomState room;
        room.room = nameOf(i);
        room.topic = u"🫖"_s.repeated(limits::topic);
        rooms.rooms.append(room);
    }
    rooms.next = u"unused"_s;
    const QByteArray line = encodeReply(request(u"rooms"_s), Answer(rooms));
    QVERIFY2(line.size() <= limits::reply, qPrintable(QString::number(line.size())));
    const QJsonObject object = parsed(line);
    const qsizetype got = object["rooms"_L1].toArray().size();
    QVERIFY(got > 1 && got < limits::page);
    QVERIFY(object["more"_L1].toBool());
    QCOMPARE(object["next"_L1].toString(), nameOf(static_cast<int>(got) - 1));
}

/// A page of people fits, however long their names and away texts are.
void TestReplyCodec::longPersonList_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("key");
    QTest::newRow("look") << u"look"_s << u"members"_s;
    QTest::newRow("who") << u"who"_s << u"users"_s;
}

void TestReplyCodec::longPersonList()
{
    QFETCH(const QString, verb);
    QFETCH(const QString, key);
    PersonList people;
    people.room = u"𠮷"_s.repeated(limits::name);
    for (int i = 0; i < limits::page; ++i)
        people.people.append({u"𠮷"_s.repeated(limits::name), u"🫖"_s.repeated(limits::awayText),
                              u"echo-addr"_s, true});
    people.more = true;
    people.next = u"200"_s;
    const QByteArray line = encodeReply(request(verb), Answer(people));
    QVERIFY2(line.size() <= limits::reply, qPrintable(QString::number(line.size())));
    const QJsonObject object = parsed(line);
    QCOMPARE(object[key].toArray().size(), qsizetype(limits::page));
    QCOMPARE(object["next"_L1].toString(), u"200"_s);
}

/// A user may be in limits::roomsPerUser rooms, all with long topics, and have all the private
/// conversations there may be, and the reply still fits.
void TestReplyCodec::longWelcome()
{
    Welcome welcome{{u"ann"_s, false, {}}, QString(32, u'f'), {}};
    for (int i = 0; i < limits::roomsPerUser; ++i) {
        RoomState room;
        room.room = u"𠮷"_s.repeated(limits::name);
        room.topic = u"🫖"_s.repeated(limits::topic);
        room.first = room.last = room.read = quint64(1) << 53;
        welcome.rooms.append(room);
    }
    for (int i = 0; i < limits::privateRoomsPerUser; ++i) {
        RoomState room;
        room.room = u'@' + u"𠮷"_s.repeated(limits::name);
        room.first = room.last = room.read = quint64(1) << 53;
        welcome.rooms.append(room);
    }
    const QByteArray line = encodeReply(request(u"login"_s), Answer(welcome));
    QVERIFY2(line.size() <= limits::reply, qPrintable(QString::number(line.size())));
    QVERIFY(decodeAnswer(u"login"_s, parsed(line)) == Answer(welcome));
}

void TestReplyCodec::longHelp()
{
    HelpShown help;
    for (int i = 0; i < 60; ++i)
        help.rows.append({QString(80, u'u'), QString(200, u't')});
    QVERIFY(encodeReply(request(u"help"_s), Answer(help)).size() <= limits::reply);
}

} // namespace teahouse::wire

QTEST_APPLESS_MAIN(teahouse::wire::TestReplyCodec)
#include "tst_replycodec.moc"
