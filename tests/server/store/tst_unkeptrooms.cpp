#include "server/store/unkeptrooms.h"

#include <QStringList>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr RoomId room = 7;
constexpr UserId ann = 1;

} // namespace

class TestUnkeptRooms : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void nothingIsSeenBeforeTheCommit();
    void rollingBackLeavesWhatWasSeen();
    void rollingBackForgetsANewRoom();
    void whatIsSeenFollowsTheWriter_data();
    void whatIsSeenFollowsTheWriter();
    void closedRoomsBeginAnew();
    void allTogetherAreBounded_data();
    void allTogetherAreBounded();
    void quietRoomsOutliveABusyOne();

private:
    RoomMemory &open(RoomId id = room) { return m_rooms->open(id, 10, 1000); }
    void say(const QString &text, RoomId id = room);
    void edit(quint64 target, const QString &text);
    void carryOut(const QString &changes);
    static QString shown(const LogPage &page);
    QString seen(RoomId id = room) const;
    QString working() { return shown(open().page({.room = room, .limit = 200})); }

    std::unique_ptr<UnkeptRooms> m_rooms;
    quint64 m_place = 0;
};

void TestUnkeptRooms::init()
{
    m_rooms = std::make_unique<UnkeptRooms>();
}

void TestUnkeptRooms::say(const QString &text, RoomId id)
{
    AppendRequest request{id, ann, text, {}};
    request.item.text = text;
    open(id).append(request, 2000, ++m_place);
}

/// Deletes with an empty text.
void TestUnkeptRooms::edit(quint64 target, const QString &text)
{
    AppendRequest request{room, ann, {}, {}};
    request.item.kind = text.isEmpty() ? ItemKind::Deleted : ItemKind::Edited;
    request.item.target = target;
    request.item.text = text;
    open().append(request, 2000, ++m_place);
}

/// "a 11=b 11- . <": says a, edits 11 to b, deletes it, commits, drops the oldest.
void TestUnkeptRooms::carryOut(const QString &changes)
{
    for (const QString &change : changes.split(u' ')) {
        if (change == u"."_s)
            m_rooms->commit();
        else if (change == u"<"_s)
            open().dropOldest();
        else if (change.endsWith(u'-'))
            edit(change.chopped(1).toULongLong(), {});
        else if (change.contains(u'='))
            edit(change.section(u'=', 0, 0).toULongLong(), change.section(u'=', 1));
        else
            say(change);
    }
}

QString TestUnkeptRooms::shown(const LogPage &page)
{
    QStringList items;
    for (const Item &item : page.items)
        items.append(
                u"%1:%2"_s.arg(item.seq).arg(item.kind == ItemKind::Gone ? u"gone"_s : item.text));
    return items.join(u' ');
}

QString TestUnkeptRooms::seen(RoomId id) const
{
    return shown(m_rooms->page({.room = id, .limit = 200}));
}

void TestUnkeptRooms::nothingIsSeenBeforeTheCommit()
{
    say(u"one"_s);
    QCOMPARE(seen(), u""_s);
    QCOMPARE(working(), u"11:one"_s);
    m_rooms->commit();
    QCOMPARE(seen(), u"11:one"_s);
    say(u"two"_s);
    edit(11, u"three"_s);
    open().dropOldest();
    QCOMPARE(seen(), u"11:one"_s);
    QCOMPARE(m_rooms->unread({room, 100}, {2}, 0).messages, 1);
}

void TestUnkeptRooms::rollingBackLeavesWhatWasSeen()
{
    carryOut(u"one two ."_s);
    const qsizetype bytes = m_rooms->bytes();
    carryOut(u"three 12=x 11- <"_s);
    m_rooms->close(room);
    m_rooms->rollBack();
    QCOMPARE(seen(), u"11:one 12:two"_s);
    QCOMPARE(working(), seen());
    QCOMPARE(m_rooms->bytes(), bytes);
    AppendRequest again{room, ann, u"three"_s, {}};
    QVERIFY(!open().earlier(again, 2000));
    carryOut(u"four ."_s);
    QCOMPARE(seen(), u"11:one 12:two 13:four"_s);
}

void TestUnkeptRooms::rollingBackForgetsANewRoom()
{
    say(u"one"_s);
    m_rooms->rollBack();
    QCOMPARE(m_rooms->open(room, 20, 1000).append({room, ann, {}, {}}, 2000, 1).seq, 21U);
}

void TestUnkeptRooms::whatIsSeenFollowsTheWriter_data()
{
    QTest::addColumn<QString>("changes");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const QString &changes, const QString &shown) {
        QTest::newRow(name) << changes << shown;
    };
    row("more", u"a . b ."_s, u"11:a 12:b"_s);
    row("drops", u"a b . < c ."_s, u"12:b 13:c"_s);
    row("all drop", u"a b . < < ."_s, u""_s);
    row("more than all drop", u"a . b c < < ."_s, u"13:c"_s);
    row("more come and go than were there", u"a . b c d < < < e ."_s, u"14:d 15:e"_s);
    row("edit", u"a . 11=b ."_s, u"11:b 12:b"_s);
    row("edit again", u"a . 11=b . 11=c ."_s, u"11:c 12:gone 13:c"_s);
    row("two edits at once", u"a . 11=b 11=c ."_s, u"11:c 12:gone 13:c"_s);
    row("edits before and after", u"a 11=b . 11=c 11=d ."_s, u"11:d 12:gone 13:gone 14:d"_s);
    row("edit of what is new", u"a . b 12=c ."_s, u"11:a 12:c 13:c"_s);
    row("deletion", u"a . 11- ."_s, u"11:gone 12:"_s);
    row("deletion of an edited one", u"a 11=b . 11- ."_s, u"11:gone 12:gone 13:"_s);
    row("edit and deletion at once", u"a . 11=b 11- ."_s, u"11:gone 12:gone 13:"_s);
    row("edited again and dropped", u"a 11=b . 11=c < ."_s, u"12:gone 13:c"_s);
}

void TestUnkeptRooms::whatIsSeenFollowsTheWriter()
{
    QFETCH(const QString, changes);
    carryOut(changes);
    QTEST(seen(), "shown");
    QCOMPARE(working(), seen());
    QCOMPARE(m_rooms->bytes(), open().bytes());
    AppendRequest last{room, ann, u"b"_s, {}};
    last.item.text = u"b"_s;
    const auto told = open().earlier(last, 2000);
    m_rooms->rollBack(); // what the writer sees is what everybody sees
    const auto toldAgain = open().earlier(last, 2000);
    QCOMPARE(told.has_value(), toldAgain.has_value());
}

void TestUnkeptRooms::closedRoomsBeginAnew()
{
    carryOut(u"one ."_s);
    m_rooms->close(room);
    QCOMPARE(seen(), u"11:one"_s);
    carryOut(u"two ."_s);
    QCOMPARE(seen(), u"11:two"_s);
    m_rooms->close(room);
    m_rooms->commit();
    QCOMPARE(seen(), u""_s);
    QCOMPARE(m_rooms->bytes(), 0);
}

void TestUnkeptRooms::allTogetherAreBounded_data()
{
    QTest::addColumn<int>("spare");
    QTest::addColumn<QString>("shown");
    QTest::newRow("limit - 1") << 1 << u"11:a 12:b"_s;
    QTest::newRow("limit") << 0 << u"11:a 12:b"_s;
    QTest::newRow("limit + 1") << -1 << u"12:b"_s;
}

void TestUnkeptRooms::allTogetherAreBounded()
{
    QFETCH(const int, spare);
    carryOut(u"a b ."_s);
    const qsizetype bytes = m_rooms->bytes() + spare;
    m_rooms = std::make_unique<UnkeptRooms>(MemoryBounds{.totalBytes = 2 * bytes});
    carryOut(u"a . b ."_s);
    QTEST(seen(), "shown");
    QCOMPARE(working(), seen());
    QVERIFY(m_rooms->bytes() <= bytes);
    const Dropped dropped = m_rooms->takeDropped();
    QCOMPARE(dropped, spare < 0 ? Dropped({{room, 12}}) : Dropped());
    QVERIFY(m_rooms->takeDropped().empty());
}

void TestUnkeptRooms::quietRoomsOutliveABusyOne()
{
    m_rooms = std::make_unique<UnkeptRooms>(MemoryBounds{.totalBytes = 200'000});
    say(u"quiet"_s, 8);
    for (int i = 0; i < 1000; ++i) {
        say(u"busy"_s);
        m_rooms->commit();
    }
    QCOMPARE(seen(8), u"11:quiet"_s);
    QVERIFY(m_rooms->bytes() <= 100'000);
    QVERIFY(m_rooms->bytes() > 95'000);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestUnkeptRooms)
#include "tst_unkeptrooms.moc"
