#include "shared/wire/eventcodec.h"
#include "shared/wire/valuecodec.h"

#include <QJsonDocument>
#include <QTest>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

class TestEventCodec : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip_data();
    void roundTrip();
    void bytes_data();
    void bytes();
    void cidIsForTheSenderOnly();
    void unknownAndBroken();
    void itemRoundTrip_data();
    void itemRoundTrip();
};

namespace {

QJsonObject parsed(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

Item item(ItemKind kind)
{
    Item item;
    item.room = u"main"_s;
    item.seq = 12;
    item.kind = kind;
    item.from = u"ann"_s;
    item.time = 1'700'000'000'123;
    return item;
}

Item message(const QString &text)
{
    Item said = item(ItemKind::Message);
    said.text = text;
    return said;
}

} // namespace

void TestEventCodec::roundTrip_data()
{
    QTest::addColumn<Event>("event");
    QTest::newRow("item") << Event(ItemAdded{message(u"茶\n\"{}\\"_s), u"c1"_s});
    QTest::newRow("item without cid") << Event(ItemAdded{message(u"hi"_s), {}});
    QTest::newRow("entered") << Event(Entered{u"main"_s, u"ann"_s, u"tea"_s});
    QTest::newRow("a moderator entered")
            << Event(Entered{u"main"_s, u"ann"_s, u"tea"_s, {}, true, false, RoomRole::Moderator});
    QTest::newRow("an administrator entered")
            << Event(Entered{u"main"_s, u"ann"_s, u"tea"_s, {}, true, true, RoomRole::None});
    QTest::newRow("left") << Event(Left{u"main"_s, u"ann"_s, u"kicked"_s});
    QTest::newRow("count") << Event(CountChanged{u"main"_s, 9000});
    QTest::newRow("away") << Event(UserChanged{u"ann"_s, u"tea"_s});
    QTest::newRow("back") << Event(UserChanged{u"ann"_s, {}});
    QTest::newRow("registered") << Event(UserChanged{u"ann"_s, {}, true, true});
    const RoomState room{u"main"_s, u"topic"_s, 1, 9, 5, 4, 2, NotifyLevel::Mentions, 3};
    QTest::newRow("room") << Event(RoomChanged{room, false});
    QTest::newRow("room gone") << Event(RoomChanged{room, true});
    RoomState muted = room;
    muted.isMuted = true;
    QTest::newRow("muted in a room") << Event(RoomChanged{muted});
    muted.mutedUntil = 1'700'000'000'123;
    muted.mutedReason = u"too loud"_s;
    QTest::newRow("muted for a time") << Event(RoomChanged{muted});
    QTest::newRow("read") << Event(ReadMoved{u"main"_s, 7});
    QTest::newRow("notice") << Event(Notice{u"soon"_s, u"warning"_s});
    QTest::newRow("notice of a kind")
            << Event(Notice{u"ann has muted you in main: x"_s, u"info"_s, u"muted"_s, u"main"_s,
                            u"ann"_s, u"x"_s, 1'700'000'000'123});
    QTest::newRow("ping") << Event(Ping{});
    for (int code = 0; code <= static_cast<int>(ClosingCode::ProtocolMismatch); ++code) {
        const auto closing = static_cast<ClosingCode>(code);
        QTest::newRow(closingName(closing).data()) << Event(Closing{closing, u"why"_s});
    }
    QTest::newRow("banned by somebody") << Event(
            Closing{ClosingCode::Banned, u"why"_s, u"spam"_s, 1'700'000'000'123, u"ann"_s});
}

void TestEventCodec::roundTrip()
{
    QFETCH(const Event, event);
    const QByteArray line = encodeEvent(event, Side::Own);
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(line.endsWith('\n'));
    const std::optional<Event> decoded = decodeEvent(parsed(line));
    QVERIFY(decoded);
    QVERIFY(*decoded == event);
}

void TestEventCodec::bytes_data()
{
    QTest::addColumn<Event>("event");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("item") << Event(ItemAdded{message(u"hi"_s), {}})
                          << QByteArray(R"({"ev":"item","from":"ann","kind":"message",)"
                                        R"("room":"main","seq":12,"text":"hi",)"
                                        R"("time":"2023-11-14T22:13:20.123Z"})");
    QTest::newRow("entered") << Event(Entered{u"main"_s, u"bob"_s, u"tea"_s})
                             << QByteArray(R"({"ev":"entered","name":"bob","room":"main",)"
                                           R"("via":"tea"})");
    QTest::newRow("an owner entered")
            << Event(Entered{u"main"_s, u"ann"_s, u"tea"_s, {}, true, true, RoomRole::Owner})
            << QByteArray(R"({"admin":true,"ev":"entered","name":"ann","registered":true,)"
                          R"("role":"owner","room":"main","via":"tea"})");
    QTest::newRow("notice") << Event(Notice{u"soon"_s, u"warning"_s})
                            << QByteArray(R"({"ev":"notice","level":"warning","text":"soon"})");
    QTest::newRow("muted") << Event(Notice{u"ann has muted you in main."_s,
                                           u"info"_s,
                                           u"muted"_s,
                                           u"main"_s,
                                           u"ann"_s,
                                           {},
                                           1'700'000'000'123})
                           << QByteArray(R"({"by":"ann","ev":"notice","kind":"muted",)"
                                         R"("level":"info","room":"main",)"
                                         R"("text":"ann has muted you in main.",)"
                                         R"("until":"2023-11-14T22:13:20.123Z"})");
    QTest::newRow("banned") << Event(
            Closing{ClosingCode::Banned, u"why"_s, u"spam"_s, 1'700'000'000'123, u"ann"_s})
                            << QByteArray(R"({"by":"ann","code":"banned","ev":"closing",)"
                                          R"("reason":"spam","retry":false,"text":"why",)"
                                          R"("until":"2023-11-14T22:13:20.123Z"})");
    QTest::newRow("ping") << Event(Ping{}) << QByteArray(R"({"ev":"ping"})");
    QTest::newRow("closing without words")
            << Event(Closing{ClosingCode::Shutdown, {}})
            << QByteArray(R"({"code":"shutdown","ev":"closing","retry":true,)"
                          R"("text":"The server is stopping."})");
}

void TestEventCodec::bytes()
{
    QFETCH(const Event, event);
    QFETCH(const QByteArray, line);
    QCOMPARE(encodeEvent(event, Side::Other), line + '\n');
}

void TestEventCodec::cidIsForTheSenderOnly()
{
    const Event event = ItemAdded{message(u"hi"_s), u"c1"_s};
    QCOMPARE(parsed(encodeEvent(event, Side::Own))["cid"_L1].toString(), u"c1"_s);
    QVERIFY(!parsed(encodeEvent(event, Side::Other)).contains("cid"_L1));
}

void TestEventCodec::unknownAndBroken()
{
    QVERIFY(!decodeEvent({}));
    QVERIFY(!decodeEvent({{"ev"_L1, u"dance"_s}}));
    QVERIFY(!decodeEvent({{"ev"_L1, 3}}));
    // A newer or a broken server never stops a client.
    const auto broken = decodeEvent({{"ev"_L1, u"item"_s}, {"seq"_L1, u"x"_s}, {"from"_L1, 7}});
    QVERIFY(broken && std::get<ItemAdded>(*broken).item == Item());
    const auto closing = decodeEvent({{"ev"_L1, u"closing"_s}, {"code"_L1, u"new"_s}});
    QVERIFY(closing && std::get<Closing>(*closing).code == ClosingCode::Shutdown);
}

void TestEventCodec::itemRoundTrip_data()
{
    QTest::addColumn<Item>("item");
    Item marked = message(u"hi"_s);
    marked.action = true;
    marked.edited = true;
    marked.replyTo = 3;
    QTest::newRow("message") << message(u"hi"_s);
    QTest::newRow("empty message") << message({});
    QTest::newRow("action, edited, reply") << marked;
    Item edited = item(ItemKind::Edited);
    edited.target = 4;
    edited.text = u"ho"_s;
    QTest::newRow("edited") << edited;
    Item deleted = item(ItemKind::Deleted);
    deleted.target = 4;
    QTest::newRow("deleted") << deleted;
    Item topic = item(ItemKind::Topic);
    topic.text = u"tea only"_s;
    QTest::newRow("topic") << topic;
    Item role = item(ItemKind::Role);
    role.name = u"bob"_s;
    role.role = u"moderator"_s;
    QTest::newRow("role") << role;
    Item gone = item(ItemKind::Gone);
    gone.to = 20;
    QTest::newRow("gone") << gone;
    Item large = message(u"hi"_s);
    large.seq = quint64(1) << 53;
    QTest::newRow("largest number") << large;
}

void TestEventCodec::itemRoundTrip()
{
    QFETCH(const Item, item);
    // Through bytes, for that is where numbers may lose digits.
    QCOMPARE(toItem(parsed(QJsonDocument(toJson(item)).toJson())), item);
}

} // namespace teahouse::wire

QTEST_APPLESS_MAIN(teahouse::wire::TestEventCodec)
#include "tst_eventcodec.moc"
