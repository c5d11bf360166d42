#include "tests/server/store/storecontract.h"

#include "shared/limits.h"

#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

Item StoreContract::message(const QString &text)
{
    Item item;
    item.from = u"ann"_s;
    item.text = text;
    return item;
}

Item StoreContract::edit(quint64 target, const QString &text)
{
    Item item = message(text);
    item.kind = ItemKind::Edited;
    item.target = target;
    return item;
}

Item StoreContract::deletion(quint64 target)
{
    Item item = message({});
    item.kind = ItemKind::Deleted;
    item.target = target;
    return item;
}

Result<Appended> StoreContract::append(AppendRequest request)
{
    Result<Appended> answer = Error{};
    int answers = 0;
    m_store->append(std::move(request), [&](Result<Appended> result) {
        answer = std::move(result);
        ++answers;
    });
    if (answers > 0)
        QTest::qFail("answered before append() had returned", __FILE__, __LINE__);
    settle();
    if (answers != 1)
        QTest::qFail("not answered exactly once", __FILE__, __LINE__);
    return answer;
}

Result<Appended> StoreContract::say(RoomId where, const QString &text, const QString &cid)
{
    return append({where, ann, cid, message(text)});
}

LogPage StoreContract::page(const PageRequest &request)
{
    LogPage answer;
    int answers = 0;
    m_store->page(request, [&](Result<LogPage> result) {
        if (result.ok())
            answer = *result;
        ++answers;
    });
    if (answers > 0)
        QTest::qFail("answered before page() had returned", __FILE__, __LINE__);
    settle();
    if (answers != 1)
        QTest::qFail("not answered exactly once", __FILE__, __LINE__);
    return answer;
}

LogPage StoreContract::newest(RoomId where, int limit)
{
    return page({.room = where, .limit = limit});
}

LogPage StoreContract::before(RoomId where, quint64 seq, int limit)
{
    return page({.room = where, .before = seq, .limit = limit});
}

LogPage StoreContract::after(RoomId where, quint64 seq, int limit)
{
    return page({.room = where, .after = seq, .forwards = true, .limit = limit});
}

QString StoreContract::numbers(const LogPage &page)
{
    QStringList list;
    for (const Item &item : page.items)
        list.append(QString::number(item.seq));
    return list.join(u' ');
}

void StoreContract::init()
{
    m_now = start;
    m_store = makeStore(m_executor, clock(), u"word"_s);
    put(room);
    put(otherRoom);
}

void StoreContract::cleanup()
{
    m_store.reset();
    m_executor.run();
}

RoomRecord StoreContract::record(RoomId id, int retention)
{
    RoomRecord record;
    record.id = id;
    record.name = u"room%1"_s.arg(id);
    record.retention = retention;
    return record;
}

void StoreContract::put(RoomId id, int retention)
{
    Result<Done> answer = Error{};
    m_store->putRoom(record(id, retention), [&](const Result<Done> &result) { answer = result; });
    settle();
    if (!answer.ok())
        QTest::qFail("the room was not put", __FILE__, __LINE__);
}

void StoreContract::tellsItsEpoch()
{
    QVERIFY(!store().epoch().isEmpty());
    QCOMPARE(store().epoch(), epoch());
}

void StoreContract::numbersAreDensePerRoom()
{
    for (quint64 seq = 1; seq <= 5; ++seq) {
        QCOMPARE(say(room, u"a"_s)->seq, seq);
        QCOMPARE(say(otherRoom, u"b"_s)->seq, seq);
    }
    QCOMPARE(say(room, u"a"_s)->first, 1U);
}

void StoreContract::timesAreTheClocks_data()
{
    QTest::addColumn<int>("retention");
    QTest::newRow("kept") << keepForever;
    QTest::newRow("not kept") << 0;
}

/// In order as long as the clock is at most a second behind; then the clock's.
void StoreContract::timesAreTheClocks()
{
    QFETCH(const int, retention);
    put(room, retention);
    QCOMPARE(say(room, u"a"_s)->time, start);
    QCOMPARE(say(room, u"at once"_s)->time, start + 1);
    setNow(start + 1 - 1000);
    QCOMPARE(say(room, u"a second back"_s)->time, start + 2);
    QCOMPARE(say(room, u"a little more"_s)->time, start - 999);
    QCOMPARE(say(otherRoom, u"another room"_s)->time, start - 999);
    setNow(start + 5);
    QCOMPARE(say(room, u"forth"_s)->time, start + 5);
    QCOMPARE(newest(room).items.at(3).time, start - 999);
}

void StoreContract::cidIsKnownByTheTimeOfExpiry()
{
    QCOMPARE(say(room, u"tea"_s, u"c"_s)->seq, 1U);
    const qint64 year = 365LL * 24 * 3600 * 1000;
    setNow(start + year);
    store().setClock({start, 0}, start + 5);
    QVERIFY(say(room, u"tea"_s, u"c"_s)->repeated);
    store().setClock({start + year, 0}, start + year);
    QCOMPARE(say(room, u"tea"_s, u"c"_s)->seq, 2U);
}

void StoreContract::nothingExpiresByAClockThatIsNotBelieved()
{
    put(room, 1);
    QVERIFY(say(room, u"tea"_s).ok());
    const qint64 year = 365LL * 24 * 3600 * 1000;
    setNow(start + year);
    store().setClock({start, 0}, start + 5);
    tickOn();
    QCOMPARE(numbers(newest(room)), u"1"_s);
    store().setClock({start + year, 0}, start + year);
    tickOn();
    QCOMPARE(numbers(newest(room)), QString());
}

/// A clock was a year ahead while some of it was said.
void StoreContract::datesInTheFutureHoldUpNothing()
{
    const qint64 day = 24LL * 3600 * 1000;
    put(room, 1);
    setNow(start + 365 * day);
    QVERIFY(say(room, u"ahead"_s).ok());
    setNow(start);
    QVERIFY(say(room, u"in time"_s).ok());
    setNow(start + 365 * day);
    QVERIFY(say(room, u"ahead"_s).ok());
    setNow(start + day / 2);
    QVERIFY(say(room, u"later"_s).ok());
    tickOn();
    QCOMPARE(numbers(newest(room)), u"1 2 3 4"_s);
    setNow(start + day + 1);
    tickOn();
    QCOMPARE(numbers(newest(room)), u"3 4"_s);
    setNow(start + day + day / 2 + 1);
    tickOn();
    QCOMPARE(numbers(newest(room)), QString());
}

/// A clock was at 1970 for a while.
void StoreContract::datesOfLongAgoTakeNothingAlong()
{
    put(room, 1);
    QVERIFY(say(room, u"before"_s).ok());
    setNow(1000);
    QVERIFY(say(room, u"early"_s).ok());
    setNow(start + 10);
    QVERIFY(say(room, u"after"_s).ok());
    tickOn();
    QCOMPARE(numbers(newest(room)), u"1 2 3"_s);
}

void StoreContract::answersLaterAndInOrder()
{
    QStringList log;
    store().append({room, ann, {}, message(u"a"_s)}, [&](const Result<Appended> &) {
        log.append(u"first"_s);
        store().append({room, ann, {}, message(u"c"_s)},
                       [&](const Result<Appended> &) { log.append(u"third"_s); });
        log.append(u"asked"_s);
    });
    store().append({room, ann, {}, message(u"b"_s)},
                   [&](const Result<Appended> &) { log.append(u"second"_s); });
    QVERIFY(log.isEmpty());
    settle();
    QCOMPARE(log, QStringList({u"first"_s, u"asked"_s, u"second"_s, u"third"_s}));
    QCOMPARE(numbers(newest(room)), u"1 2 3"_s);
}

/// How much it shows of what is new and under way is the store's affair.
void StoreContract::readsSeeChangesBeforeThem()
{
    QVERIFY(say(room, u"a"_s).ok());
    Item edit;
    edit.kind = ItemKind::Edited;
    edit.target = 1;
    edit.text = u"b"_s;
    store().append({room, ann, {}, edit}, {});
    LogPage read;
    store().page({.room = room, .limit = 10}, [&](const Result<LogPage> &page) { read = *page; });
    settle();
    QCOMPARE(numbers(read), u"1 2"_s);
    QCOMPARE(read.items.first().text, u"b"_s);
}

void StoreContract::destroyingDropsAnswers()
{
    bool told = false;
    store().append({room, ann, {}, message(u"a"_s)}, [&](const Result<Appended> &) { tearDown(); });
    store().append({room, ann, {}, message(u"b"_s)},
                   [&](const Result<Appended> &) { told = true; });
    settle();
    QVERIFY(!told);
}

void StoreContract::itemComesBackAsItWasSaid()
{
    Item said = message(u"hi\n茶 🫖"_s);
    said.room = u"what the sender calls it"_s;
    said.action = true;
    said.replyTo = 1;
    const Appended appended = *append({room, ann, u"c1"_s, said});
    Item role;
    role.kind = ItemKind::Role;
    role.from = u"ann"_s;
    role.name = u"bob"_s;
    role.role = u"moderator"_s;
    QVERIFY(append({room, ann, {}, role}).ok());

    said.room.clear();
    said.seq = appended.seq;
    said.time = appended.time;
    role.time = appended.time + 1; // of the same millisecond, and behind it
    role.seq = 2;
    QCOMPARE(newest(room).items, QList<Item>({said, role}));
}

void StoreContract::retryHasTheFirstNumber()
{
    const Appended first = *say(room, u"a"_s, u"c1"_s);
    QVERIFY(!first.repeated);
    say(room, u"b"_s, u"c2"_s).ok();
    setNow(start + 5000);
    const Appended again = *say(room, u"a"_s, u"c1"_s);
    QCOMPARE(again.seq, first.seq);
    QCOMPARE(again.time, first.time);
    QVERIFY(again.repeated);
    QCOMPARE(numbers(newest(room)), u"1 2"_s);
}

void StoreContract::cidOfAnotherTextIsAConflict()
{
    QVERIFY(say(room, u"a"_s, u"c1"_s).ok());
    const Result<Appended> other = say(room, u"b"_s, u"c1"_s);
    QVERIFY(!other.ok());
    QCOMPARE(other.error().code, ErrorCode::Conflict);
    Item action = message(u"a"_s);
    action.action = true;
    QVERIFY(!append({room, ann, u"c1"_s, action}).ok());
    QCOMPARE(say(room, u"c"_s)->seq, 2U);
}

void StoreContract::cidBelongsToRoomAndSender()
{
    QVERIFY(say(room, u"a"_s, u"c1"_s).ok());
    const Result<Appended> bobs = append({room, bob, u"c1"_s, message(u"a"_s)});
    QCOMPARE(bobs->seq, 2U);
    QVERIFY(!bobs->repeated);
    QVERIFY(!say(otherRoom, u"b"_s, u"c1"_s)->repeated);
}

void StoreContract::emptyCidIsNeverARetry()
{
    QCOMPARE(say(room, u"a"_s)->seq, 1U);
    QCOMPARE(say(room, u"a"_s)->seq, 2U);
}

void StoreContract::cidIsKnownForSevenDays_data()
{
    QTest::addColumn<int>("pastTheLimit");
    QTest::addColumn<bool>("known");
    QTest::newRow("limit - 1") << -1 << true;
    QTest::newRow("limit") << 0 << false;
    QTest::newRow("limit + 1") << 1 << false;
}

void StoreContract::cidIsKnownForSevenDays()
{
    QFETCH(const int, pastTheLimit);
    QFETCH(const bool, known);
    QVERIFY(say(room, u"a"_s, u"c1"_s).ok());
    setNow(start + std::chrono::milliseconds(limits::cidValid).count() + pastTheLimit);
    QCOMPARE(say(room, u"a"_s, u"c1"_s)->repeated, known);
    if (!known) {
        // The cid stands for the later item from now on.
        QCOMPARE(say(room, u"a"_s, u"c1"_s)->seq, 2U);
        QVERIFY(!say(room, u"b"_s, u"c1"_s).ok());
    }
}

void StoreContract::pagesFromTheNewest()
{
    for (int i = 0; i < 5; ++i)
        QVERIFY(say(room, QString::number(i)).ok());
    const LogPage some = newest(room, 4);
    QCOMPARE(numbers(some), u"2 3 4 5"_s);
    QVERIFY(some.more);
    QCOMPARE(some.first, 1U);
    const LogPage all = newest(room, 5);
    QCOMPARE(numbers(all), u"1 2 3 4 5"_s);
    QVERIFY(!all.more);
}

void StoreContract::pagesBackwards_data()
{
    QTest::addColumn<quint64>("seq");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("more");
    QTest::newRow("middle") << quint64(4) << 2 << u"2 3"_s << true;
    QTest::newRow("up to the first") << quint64(4) << 3 << u"1 2 3"_s << false;
    QTest::newRow("more than there is") << quint64(4) << 10 << u"1 2 3"_s << false;
    QTest::newRow("before the first") << quint64(1) << 10 << u""_s << false;
    QTest::newRow("behind the newest") << quint64(6) << 1 << u"5"_s << true;
    QTest::newRow("far behind") << ~quint64(0) << 2 << u"4 5"_s << true;
}

void StoreContract::pagesBackwards()
{
    QFETCH(const quint64, seq);
    QFETCH(const int, limit);
    for (int i = 0; i < 5; ++i)
        QVERIFY(say(room, QString::number(i)).ok());
    const LogPage page = before(room, seq, limit);
    QTEST(numbers(page), "expected");
    QTEST(page.more, "more");
    QCOMPARE(page.first, 1U);
}

void StoreContract::pagesForwards_data()
{
    QTest::addColumn<quint64>("seq");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("more");
    QTest::newRow("from the beginning") << quint64(0) << 2 << u"1 2"_s << true;
    QTest::newRow("middle") << quint64(2) << 2 << u"3 4"_s << true;
    QTest::newRow("up to the newest") << quint64(2) << 3 << u"3 4 5"_s << false;
    QTest::newRow("more than there is") << quint64(2) << 10 << u"3 4 5"_s << false;
    QTest::newRow("after the newest") << quint64(5) << 10 << u""_s << false;
    QTest::newRow("far behind") << ~quint64(0) << 10 << u""_s << false;
}

void StoreContract::pagesForwards()
{
    QFETCH(const quint64, seq);
    QFETCH(const int, limit);
    for (int i = 0; i < 5; ++i)
        QVERIFY(say(room, QString::number(i)).ok());
    const LogPage page = after(room, seq, limit);
    QTEST(numbers(page), "expected");
    QTEST(page.more, "more");
    QCOMPARE(page.first, 1U);
}

void StoreContract::pageOfAnUnknownRoomIsEmpty()
{
    for (const LogPage &page : {newest(99), before(99, 3), after(99, 0), newest(room)}) {
        QVERIFY(page.items.isEmpty());
        QVERIFY(!page.more);
        QCOMPARE(page.first, 0U);
    }
}

void StoreContract::editRewritesTheMessage()
{
    QVERIFY(say(room, u"tee"_s).ok());
    QCOMPARE(append({room, ann, {}, edit(1, u"tea"_s)})->seq, 2U);
    const QList<Item> items = newest(room).items;
    QCOMPARE(items.size(), 2);
    QCOMPARE(items.at(0).kind, ItemKind::Message);
    QCOMPARE(items.at(0).text, u"tea"_s);
    QVERIFY(items.at(0).edited);
    QCOMPARE(items.at(1).kind, ItemKind::Edited);
    QCOMPARE(items.at(1).target, 1U);
    QCOMPARE(items.at(1).text, u"tea"_s);
}

void StoreContract::editKeepsNoOldText()
{
    QVERIFY(say(room, u"one"_s).ok());
    QVERIFY(append({room, ann, {}, edit(1, u"two"_s)}).ok());
    QVERIFY(append({room, ann, {}, edit(1, u"three"_s)}).ok());
    const QList<Item> items = newest(room).items;
    QCOMPARE(items.at(0).text, u"three"_s);
    QCOMPARE(items.at(1).kind, ItemKind::Gone);
    QCOMPARE(items.at(1).seq, 2U);
    QCOMPARE(items.at(1).to, 2U);
    QCOMPARE(items.at(1).text, QString());
    QCOMPARE(items.at(2).text, u"three"_s);
}

void StoreContract::deletionErasesTheText()
{
    QVERIFY(say(room, u"one"_s).ok());
    QVERIFY(append({room, ann, {}, edit(1, u"two"_s)}).ok());
    QCOMPARE(append({room, ann, {}, deletion(1)})->seq, 3U);
    const QList<Item> items = newest(room).items;
    QCOMPARE(items.size(), 3);
    for (const int erased : {0, 1}) {
        const auto seq = static_cast<quint64>(erased + 1);
        Item gone;
        gone.seq = gone.to = seq;
        gone.kind = ItemKind::Gone;
        gone.time = start + erased;
        QCOMPARE(items.at(erased), gone);
    }
    QCOMPARE(items.at(2).kind, ItemKind::Deleted);
    QCOMPARE(items.at(2).target, 1U);
}

void StoreContract::deletedMessageStaysDeleted()
{
    QVERIFY(say(room, u"one"_s).ok());
    QVERIFY(append({room, ann, {}, deletion(1)}).ok());
    for (const Item &item : {edit(1, u"two"_s), deletion(1)}) {
        const Result<Appended> late = append({room, ann, {}, item});
        QCOMPARE(late.error().code, ErrorCode::NoSuchMessage);
    }
    QCOMPARE(newest(room).items.at(0).kind, ItemKind::Gone);
    QCOMPARE(newest(room).items.at(0).text, QString());
    QCOMPARE(newest(room).items.size(), 2);
}

void StoreContract::retryOfAnEditedMessage()
{
    QVERIFY(say(room, u"one"_s, u"c1"_s).ok());
    QCOMPARE(append({room, ann, u"e1"_s, edit(1, u"two"_s)})->seq, 2U);
    QVERIFY(append({room, ann, u"e1"_s, edit(1, u"two"_s)})->repeated);
    QCOMPARE(append({room, ann, u"e1"_s, edit(1, u"three"_s)}).error().code, ErrorCode::Conflict);
    QVERIFY(say(room, u"one"_s, u"c1"_s)->repeated);
    // Nothing is left of the first text that another could be told from.
    QVERIFY(say(room, u"other"_s, u"c1"_s)->repeated);
    QVERIFY(append({room, ann, {}, deletion(1)}).ok());
    QVERIFY(say(room, u"one"_s, u"c1"_s)->repeated);
    QVERIFY(append({room, ann, u"e1"_s, edit(1, u"two"_s)})->repeated);
}

void StoreContract::onlyMessagesAreEdited()
{
    Item topic = message(u"tea only"_s);
    topic.kind = ItemKind::Topic;
    QVERIFY(append({room, ann, {}, topic}).ok());
    for (const quint64 target : {0, 1, 2, 99}) {
        QCOMPARE(append({room, ann, {}, edit(target, u"x"_s)}).error().code,
                 ErrorCode::NoSuchMessage);
        QCOMPARE(append({room, ann, {}, deletion(target)}).error().code, ErrorCode::NoSuchMessage);
    }
    QCOMPARE(newest(room).items.size(), 1);
    QCOMPARE(newest(room).items.at(0).text, u"tea only"_s);
}

void StoreContract::onlyOnesOwnMessagesAreEdited()
{
    QVERIFY(say(room, u"mine"_s).ok());
    for (const Item &item : {edit(1, u"x"_s), deletion(1)})
        QCOMPARE(append({room, bob, {}, item}).error().code, ErrorCode::NotAllowed);
    QCOMPARE(append({otherRoom, ann, {}, edit(1, u"x"_s)}).error().code, ErrorCode::NoSuchMessage);
    QCOMPARE(newest(room).items.at(0).text, u"mine"_s);
    QVERIFY(newest(otherRoom).items.isEmpty());
}

void StoreContract::roomThatWasNotPutTakesNothing()
{
    QCOMPARE(say(99, u"a"_s).error().code, ErrorCode::NoSuchRoom);
    QVERIFY(newest(99).items.isEmpty());
    put(99);
    QCOMPARE(say(99, u"a"_s)->seq, 1U);
}

void StoreContract::forgottenRoomIsEmpty()
{
    QVERIFY(say(room, u"a"_s).ok());
    QVERIFY(say(otherRoom, u"b"_s).ok());
    store().forget(room);
    store().forget(99);
    QVERIFY(newest(room).items.isEmpty());
    QCOMPARE(numbers(newest(otherRoom)), u"1"_s);
}

} // namespace teahouse::server
