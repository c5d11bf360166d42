#include "shared/limits.h"
#include "tests/server/store/storecontract.h"

#include <QTest>

// The second half of the contract: searching, counting what is unread, and what expires.

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 day = 24 * 3600 * 1000;

/// "read up to 3: 2, 1 mentions", or "new: 2, 0 mentions" of a user without a position.
QString told(const Unread &unread)
{
    return u"%1: %2, %3 mentions"_s
            .arg(unread.known ? u"read up to %1"_s.arg(unread.read) : u"new"_s)
            .arg(unread.messages)
            .arg(unread.mentions);
}

} // namespace

Result<Appended> StoreContract::sayAs(UserId user, const QString &name, const QString &text)
{
    Item item = message(text);
    item.from = name;
    return append({room, user, {}, item});
}

Result<FoundPage> StoreContract::searchFor(SearchRequest request)
{
    if (request.limit == 0)
        request.limit = limits::page;
    Result<FoundPage> answer = Error{};
    int answers = 0;
    store().search(std::move(request), [&](Result<FoundPage> result) {
        answer = std::move(result);
        ++answers;
    });
    settle();
    if (answers != 1)
        QTest::qFail("not answered exactly once", __FILE__, __LINE__);
    return answer;
}

QString StoreContract::found(const QString &text, const QString &from)
{
    SearchRequest request;
    request.rooms = {room, otherRoom};
    request.text = text;
    request.from = from;
    const Result<FoundPage> page = searchFor(request);
    return page.ok() ? numbers(*page) : u"error"_s;
}

QString StoreContract::numbers(const FoundPage &page)
{
    QStringList list;
    for (const FoundPage::Found &each : page.found)
        list.append((each.room == room ? u""_s : u"-"_s) + QString::number(each.item.seq));
    return list.join(u' ');
}

Unread StoreContract::unreadOf(UserId user, RoomId where, quint64 upTo)
{
    return unreadOf(UnreadFor{user}, where, upTo);
}

Unread StoreContract::unreadOf(const UnreadFor &whose, RoomId where, quint64 upTo)
{
    Unread answer;
    store().unread(whose, {{where, upTo}}, [&](const Result<QList<Unread>> &result) {
        if (result.ok() && result->size() == 1)
            answer = result->first();
    });
    settle();
    return answer;
}

void StoreContract::tickOn()
{
    for (int i = 0; i < 5; ++i) {
        store().tick();
        settle();
    }
}

void StoreContract::numbersGoOnAfterExpiry()
{
    put(room, 1);
    QVERIFY(say(room, u"a"_s).ok());
    setNow(start + 2 * day);
    tickOn();
    QCOMPARE(newest(room).first, 0U);
    const Appended next = *say(room, u"b"_s);
    QCOMPARE(next.seq, 2U);
    QCOMPARE(next.first, 2U);
}

void StoreContract::itemsExpire_data()
{
    QTest::addColumn<int>("past");
    QTest::addColumn<QString>("kept");
    QTest::newRow("limit - 1") << -1 << u"1 2 3"_s;
    QTest::newRow("limit") << 0 << u"1 2 3"_s;
    QTest::newRow("limit + 2") << 2 << u"3"_s; // they are a millisecond apart
}

void StoreContract::itemsExpire()
{
    QFETCH(const int, past);
    put(room, 7);
    QVERIFY(say(room, u"old tea"_s).ok());
    QVERIFY(append({room, ann, {}, message(u"old tea"_s), {bob}}).ok());
    QVERIFY(say(otherRoom, u"old tea"_s).ok());
    setNow(start + day);
    QVERIFY(say(room, u"new tea"_s).ok());
    setNow(start + 7 * day + past);
    tickOn();
    QTEST(numbers(newest(room)), "kept");
    QTEST(numbers(after(room, 0)), "kept");
    QCOMPARE(newest(room).first, past == 2 ? 3U : 1U);
    QCOMPARE(found(u"tea"_s), past == 2 ? u"3 -1"_s : u"3 -1 2 1"_s);
    QCOMPARE(unreadOf(bob, room).mentions, past == 2 ? 0 : 1);
    if (past == 2) {
        QCOMPARE(append({room, ann, {}, edit(1, u"x"_s)}).error().code, ErrorCode::NoSuchMessage);
    }
}

void StoreContract::tellsWhatItDrops()
{
    QStringList told;
    store().setNews({.dropped = [&told](RoomId where, quint64 first) {
        told.append(u"%1 from %2"_s.arg(where).arg(first));
    }});
    put(room, 1);
    QVERIFY(say(room, u"a"_s).ok());
    QVERIFY(say(otherRoom, u"a"_s).ok());
    setNow(start + day);
    QVERIFY(say(room, u"b"_s).ok());
    tickOn();
    QCOMPARE(told, QStringList());
    setNow(start + day + 1);
    tickOn();
    QCOMPARE(told, QStringList{u"7 from 2"_s});
    setNow(start + 2 * day + 1);
    tickOn();
    QCOMPARE(told.mid(1), QStringList{u"7 from 0"_s});
    QVERIFY(say(room, u"c"_s).ok());
    put(room, 0);
    QCOMPARE(told.mid(2), QStringList{u"7 from 0"_s});
    QVERIFY(say(room, u"d"_s).ok());
    put(room, keepForever);
    QCOMPARE(told.mid(3), QStringList{u"7 from 0"_s});
}

void StoreContract::roomWithoutHistoryKeepsSome()
{
    put(room, 0);
    for (int i = 0; i < limits::unkeptItems; ++i)
        store().append({room, ann, {}, message(u"tea"_s)}, {});
    QCOMPARE(say(room, u"tea"_s)->seq, quint64(limits::unkeptItems + 1));
    QCOMPARE(newest(room).first, 2U);
    QCOMPARE(numbers(newest(room, 2)), u"1000 1001"_s);
    QCOMPARE(numbers(after(room, 999)), u"1000 1001"_s);
    QCOMPARE(after(room, 0, 1).items.first().seq, 2U);
    QCOMPARE(found(u"tea"_s), u""_s);
    QCOMPARE(unreadOf(bob, room).messages, limits::unkeptItems);
}

void StoreContract::roomWithoutHistoryTakesEdits()
{
    put(room, 0);
    QVERIFY(say(room, u"one"_s, u"c1"_s).ok());
    QVERIFY(say(room, u"two"_s, u"c2"_s).ok());
    QCOMPARE(append({room, bob, {}, edit(1, u"x"_s)}).error().code, ErrorCode::NotAllowed);
    QCOMPARE(append({room, ann, {}, edit(9, u"x"_s)}).error().code, ErrorCode::NoSuchMessage);
    QCOMPARE(append({room, ann, {}, edit(1, u"three"_s)})->seq, 3U);
    QCOMPARE(append({room, ann, {}, deletion(2)})->seq, 4U);
    const QList<Item> items = newest(room).items;
    QCOMPARE(items.at(0).text, u"three"_s);
    QCOMPARE(items.at(1).kind, ItemKind::Gone);
    QVERIFY(say(room, u"one"_s, u"c1"_s)->repeated);
    QCOMPARE(unreadOf(bob, room).messages, 1);
}

void StoreContract::switchingHistoryOffErases()
{
    QVERIFY(say(room, u"kept tea"_s).ok());
    put(room, 0);
    tickOn();
    QVERIFY(newest(room).items.isEmpty());
    QCOMPARE(newest(room).first, 0U);
    QCOMPARE(found(u"tea"_s), u""_s);
    QCOMPARE(say(room, u"unkept tea"_s)->seq, 2U);
    put(room, keepForever);
    QVERIFY(newest(room).items.isEmpty());
    const Appended kept = *say(room, u"tea again"_s);
    QCOMPARE(kept.seq, 3U);
    QCOMPARE(kept.first, 3U);
    QCOMPARE(numbers(newest(room)), u"3"_s);
    QCOMPARE(found(u"tea"_s), u"3"_s);
}

void StoreContract::forgottenRoomIsNotFound()
{
    QVERIFY(append({room, ann, {}, message(u"tea"_s), {bob}}).ok());
    store().putRead(bob, room, 1);
    store().forget(room);
    QCOMPARE(found(u"tea"_s), u""_s);
    QCOMPARE(say(room, u"tea"_s).error().code, ErrorCode::NoSuchRoom);
    const Unread unread = unreadOf(bob, room);
    QVERIFY(!unread.known);
    QCOMPARE(unread.messages + unread.mentions, 0);
    tickOn();
    QCOMPARE(found(u"tea"_s), u""_s);
    QVERIFY(newest(room).items.isEmpty());
}

void StoreContract::findsWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("found");
    const auto row = [](const char *name, const char16_t *text, const char16_t *query, bool found) {
        QTest::newRow(name) << QStringView(text).toString() << QStringView(query).toString()
                            << found;
    };
    row("a word", u"the green tea", u"green", true);
    row("the last word goes on", u"the green tea", u"gree", true);
    row("the last word goes on, another before it", u"the green teapot", u"green tea", true);
    row("not the last word", u"the green tea", u"gree tea", false);
    row("the last word of two letters", u"the green tea", u"gr", false);
    row("end of a word", u"the green tea", u"reen", false);
    row("emoji", u"\U0001F375 is ready", u"\U0001F375", true);
    row("emoji in a word", u"tea\U0001F375ready", u"\U0001F375", true);
    row("emoji among others", u"\u2615\U0001F375\U0001F370", u"\U0001F375\U0001F370", true);
    row("another emoji", u"\U0001F376", u"\U0001F375", false);
    row("emoji with its style", u"\u2764\uFE0F", u"\u2764", true);
    row("emoji of several", u"\U0001F469\u200D\U0001F467", u"\U0001F467", true);
    row("flag", u"\U0001F1E8\U0001F1F3", u"\U0001F1E8\U0001F1F3", true);
    row("emoji and word", u"\U0001F375 is ready", u"ready \U0001F375", true);
    row("symbol", u"5 \u20AC", u"\u20AC", true);
    row("all words, any order", u"the green tea", u"tea THE", true);
    row("one word is missing", u"the green tea", u"black tea", false);
    row("letter case", u"Stra\u00DFe \u00C9COLE", u"STRASSE \u00E9cole", true);
    row("accents", u"caf\u00E9 na\u00EFve", u"cafe\u0301 naive", true);
    row("without accents", u"cafe", u"caf\u00E9", true);
    row("full width", u"\uFF34\uFF25\uFF21 2", u"tea \uFF12", true);
    row("signs between", u"don't-stop", u"stop don", true);
    row("quotes and operators", u"a \"b\" OR", u"\"a\" AND: or*", false);
    row("words of queries are words", u"near not and or", u"NOT OR AND NEAR", true);
    row("beginning", u"the greenest tea", u"gre*", true);
    row("beginning of two letters", u"the greenest tea", u"gr*", false);
    row("whole word as beginning", u"green", u"green*", true);
    row("not a beginning", u"the greenest tea", u"een*", false);
    row("Russian", u"\u0427\u0430\u0439 \u0438 \u043A\u043E\u0444\u0435",
        u"\u0447\u0430\u0439 \u043A\u043E\u0444*", true);
    row("one Chinese character", u"\u559D\u676F\u8336\u5427", u"\u8336", true);
    row("two", u"\u559D\u676F\u8336\u5427", u"\u676F\u8336", true);
    row("three", u"\u559D\u676F\u8336\u5427", u"\u559D\u676F\u8336", true);
    row("two that are apart", u"\u559D\u676F\u8336\u5427", u"\u559D\u8336", false);
    row("two, one by one", u"\u559D\u676F\u8336\u5427", u"\u8336 \u559D", true);
    row("three whose pairs are there", u"\u559D\u676F \u676F\u8336", u"\u559D\u676F\u8336", false);
    row("Chinese beside English", u"\u559Dtea\u5427", u"tea \u5427", true);
    row("beyond the BMP", u"\U00020000\U00020001\U00020002", u"\U00020001\U00020002", true);
    row("Japanese", u"\u304A\u8336\u3092\u98F2\u3080\u30B3\u30FC\u30D2\u30FC",
        u"\u30B3\u30FC\u30D2\u30FC \u98F2\u3080", true);
    row("half width kana", u"\uFF76\uFF9E\uFF71", u"\u30AC\u30A2", true);
    row("Korean", u"\uCC28 \uD55C \uC794\uD569\uB2C8\uB2E4", u"\uC794\uD569", true);
    row("Thai", u"\u0E0A\u0E32\u0E40\u0E22\u0E47\u0E19", u"\u0E40\u0E22\u0E47\u0E19", true);
    row("Hindi vowels count", u"\u091A\u093E\u092F", u"\u091A\u092F", false);
    const QString longWord(200, u'x');
    QTest::newRow("a word of 200 letters") << longWord << longWord << true;
    QTest::newRow("199 letters go on") << longWord << longWord.first(199) << true;
    QTest::newRow("200 letters are not 199") << longWord << longWord.first(199) + u" x"_s << false;
}

void StoreContract::findsWords()
{
    QFETCH(const QString, text);
    QFETCH(const QString, query);
    QVERIFY(say(room, text).ok());
    const QString before = found(query);
    tickOn(); // an index may come later; what is found must not change
    const QString after = found(query);
    QTEST(before == u"1"_s, "found");
    QCOMPARE(after, before);
}

void StoreContract::searchNeedsAWord_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("from");
    QTest::newRow("nothing") << u""_s << u""_s;
    QTest::newRow("signs") << u"!?*"_s << u""_s;
    QTest::newRow("signs by somebody") << u"!?*"_s << u"ann"_s;
    QTest::newRow("signs of other scripts") << u"\uFF0C\u3002"_s << u""_s;
    QTest::newRow("a joiner alone") << u"\u200D"_s << u""_s;
}

void StoreContract::searchNeedsAWord()
{
    QFETCH(const QString, text);
    QFETCH(const QString, from);
    SearchRequest request;
    request.rooms = {room};
    request.text = text;
    request.from = from;
    const Error error = searchFor(request).error();
    QCOMPARE(error.code, ErrorCode::BadRequest);
    QVERIFY(!error.subject.isEmpty());
}

void StoreContract::findsBySpeaker()
{
    QVERIFY(sayAs(ann, u"Ann"_s, u"green tea"_s).ok());
    QVERIFY(sayAs(bob, u"J\u00F6rg-2"_s, u"green tea"_s).ok());
    QVERIFY(sayAs(3, u"guest~a1b2"_s, u"ann tea"_s).ok());
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(found({}, u"ann"_s), u"1"_s);
        QCOMPARE(found(u"tea"_s, u"J\u00D6RG-2"_s), u"2"_s);
        QCOMPARE(found({}, u"jorg-2"_s), u""_s);
        QCOMPARE(found({}, u"jorg"_s), u""_s);
        QCOMPARE(found({}, u"guest~a1b2"_s), u"3"_s);
        QCOMPARE(found(u"ann"_s), u"3"_s);
        QCOMPARE(found(u"coffee"_s, u"ann"_s), u""_s);
        tickOn();
    }
}

void StoreContract::findsByTime()
{
    for (int i = 0; i < 5; ++i) {
        setNow(start + i * 1000);
        QVERIFY(say(room, u"tea"_s).ok());
    }
    for (int i = 0; i < 2; ++i) {
        SearchRequest request;
        request.rooms = {room};
        request.text = u"tea"_s;
        request.since = start + 1000;
        QCOMPARE(numbers(*searchFor(request)), u"5 4 3 2"_s);
        request.until = start + 3000;
        QCOMPARE(numbers(*searchFor(request)), u"3 2"_s);
        request.since = 0;
        QCOMPARE(numbers(*searchFor(request)), u"3 2 1"_s);
        request.until = start;
        QCOMPARE(numbers(*searchFor(request)), u""_s);
        request.until = 0;
        request.since = start + 4001;
        QCOMPARE(numbers(*searchFor(request)), u""_s);
        tickOn();
    }
}

void StoreContract::findsNewestFirst()
{
    QVERIFY(say(room, u"tea one"_s).ok());
    QVERIFY(say(otherRoom, u"tea two"_s).ok());
    QVERIFY(say(room, u"tea three"_s).ok());
    put(99);
    QVERIFY(say(99, u"tea elsewhere"_s).ok());
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(found(u"tea"_s), u"2 -1 1"_s);
        SearchRequest request;
        request.rooms = {otherRoom};
        request.text = u"tea"_s;
        const FoundPage page = *searchFor(request);
        QCOMPARE(numbers(page), u"-1"_s);
        QVERIFY(!page.more);
        QCOMPARE(page.found.first().item.text, u"tea two"_s);
        QCOMPARE(page.found.first().item.from, u"ann"_s);
        QCOMPARE(page.found.first().item.time, start);
        request.rooms = {};
        QCOMPARE(numbers(*searchFor(request)), u""_s);
        tickOn();
    }
}

void StoreContract::findsPageByPage()
{
    for (int i = 0; i < 7; ++i) {
        QVERIFY(say(i % 2 == 0 ? room : otherRoom, u"tea"_s).ok());
        if (i == 3)
            tickOn(); // some are in an index and others not yet
    }
    SearchRequest request;
    request.rooms = {room, otherRoom};
    request.text = u"tea"_s;
    request.limit = 3;
    QStringList pages;
    for (int i = 0; i < 10; ++i) {
        const FoundPage page = *searchFor(request);
        if (!page.found.isEmpty())
            pages.append(numbers(page));
        if (!page.more)
            break;
        QVERIFY(page.next != 0);
        request.before = page.next;
    }
    QCOMPARE(pages, QStringList({u"4 -3 3"_s, u"-2 2 -1"_s, u"1"_s}));
}

void StoreContract::findsThePresentText()
{
    QVERIFY(say(room, u"black tea"_s).ok());
    QVERIFY(say(room, u"green tea"_s).ok());
    tickOn();
    QVERIFY(say(room, u"white tea"_s).ok());
    QVERIFY(say(room, u"red tea"_s).ok());
    QVERIFY(append({room, ann, {}, deletion(1)}).ok());
    QVERIFY(append({room, ann, {}, edit(2, u"hot coffee"_s)}).ok());
    QVERIFY(append({room, ann, {}, deletion(3)}).ok());
    QVERIFY(append({room, ann, {}, edit(4, u"cold coffee"_s)}).ok());
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(found(u"tea"_s), u""_s);
        QCOMPARE(found(u"coffee"_s), u"4 2"_s);
        QCOMPARE(found({}, u"ann"_s), u"4 2"_s);
        tickOn();
    }
    QVERIFY(append({room, ann, {}, edit(2, u"hot tea"_s)}).ok());
    SearchRequest request;
    request.rooms = {room};
    request.text = u"tea"_s;
    const FoundPage page = *searchFor(request);
    QCOMPARE(numbers(page), u"2"_s);
    QVERIFY(page.found.first().item.edited);
    QCOMPARE(page.found.first().item.text, u"hot tea"_s);
}

void StoreContract::findsOnlyMessages()
{
    Item topic = message(u"tea only"_s);
    topic.kind = ItemKind::Topic;
    QVERIFY(append({room, ann, {}, topic}).ok());
    QCOMPARE(found(u"tea"_s), u""_s);
    tickOn();
    QCOMPARE(found(u"tea"_s), u""_s);
    QCOMPARE(unreadOf(bob, room).messages, 0);
}

void StoreContract::countsUnread()
{
    QCOMPARE(told(unreadOf(bob, room)), u"new: 0, 0 mentions"_s);
    for (int i = 0; i < 4; ++i)
        QVERIFY(say(room, u"tea"_s).ok());
    QVERIFY(append({room, bob, {}, message(u"mine"_s)}).ok());
    store().putRead(bob, room, 1);
    QCOMPARE(told(unreadOf(bob, room)), u"read up to 1: 3, 0 mentions"_s);
    QCOMPARE(told(unreadOf(ann, room)), u"new: 1, 0 mentions"_s);
    QVERIFY(append({room, ann, {}, deletion(2)}).ok());
    QCOMPARE(unreadOf(bob, room).messages, 2);
    QCOMPARE(unreadOf(bob, room, 3).messages, 1);
    QCOMPARE(unreadOf(bob, room, 1).messages, 0);
    store().putRead(bob, room, 6);
    QCOMPARE(told(unreadOf(bob, room)), u"read up to 6: 0, 0 mentions"_s);

    QList<Unread> both;
    store().unread({bob}, {{otherRoom, 9}, {99, 9}, {room, 9}},
                   [&](const Result<QList<Unread>> &result) { both = *result; });
    settle();
    QStringList all;
    for (const Unread &unread : both)
        all.append(QString::number(unread.room) + u' ' + told(unread));
    QCOMPARE(all,
             QStringList({u"8 new: 0, 0 mentions"_s, u"99 new: 0, 0 mentions"_s,
                          u"7 read up to 6: 0, 0 mentions"_s}));
}

void StoreContract::countsMentions()
{
    QVERIFY(append({room, ann, {}, message(u"@bob"_s), {bob, 3}}).ok());
    QVERIFY(append({room, ann, {}, message(u"@bob"_s), {bob}}).ok());
    QVERIFY(append({otherRoom, ann, {}, message(u"@bob"_s), {bob}}).ok());
    QCOMPARE(told(unreadOf(bob, room)), u"new: 2, 2 mentions"_s);
    store().putRead(bob, room, 1);
    QCOMPARE(told(unreadOf(bob, room)), u"read up to 1: 1, 1 mentions"_s);
    QCOMPARE(unreadOf(3, room).mentions, 1);
    QVERIFY(append({room, ann, {}, deletion(2)}).ok());
    QCOMPARE(told(unreadOf(bob, room)), u"read up to 1: 0, 0 mentions"_s);
}

void StoreContract::countsNothingOfIgnoredPeople()
{
    QVERIFY(append({room, ann, {}, message(u"@bob"_s), {bob}}).ok());
    QVERIFY(append({room, 3, {}, message(u"@bob"_s), {bob}}).ok());
    Item action = message(u"waves at bob"_s);
    action.action = true;
    QVERIFY(append({room, ann, {}, action, {bob}}).ok());
    QVERIFY(append({room, 4, {}, message(u"tea"_s)}).ok());
    QCOMPARE(told(unreadOf(bob, room)), u"new: 4, 3 mentions"_s);
    QCOMPARE(told(unreadOf({bob, {ann}}, room)), u"new: 2, 1 mentions"_s);
    QCOMPARE(told(unreadOf({bob, {ann, 3, 4}}, room)), u"new: 0, 0 mentions"_s);
    QVERIFY(append({room, ann, {}, edit(1, u"@bob!"_s), {bob}}).ok());
    QCOMPARE(told(unreadOf({bob, {ann, 4}}, room)), u"new: 1, 1 mentions"_s);
    store().putRead(bob, room, 2);
    QCOMPARE(told(unreadOf({bob, {ann}}, room)), u"read up to 2: 1, 0 mentions"_s);
    // Whoever is heard again counts again.
    QCOMPARE(told(unreadOf(bob, room)), u"read up to 2: 2, 1 mentions"_s);
}

/// However much they say: the limit is one of what counts.
void StoreContract::countsBehindWhatIgnoredPeopleSay()
{
    QVERIFY(append({room, 3, {}, message(u"@bob"_s), {bob}}).ok());
    for (int i = 0; i < limits::unreadCount + 2; ++i)
        store().append({room, ann, {}, message(u"@bob"_s), {bob}}, {});
    settle();
    QCOMPARE(told(unreadOf({bob, {ann}}, room)), u"new: 1, 1 mentions"_s);
}

void StoreContract::editsChangeWhoIsMeant()
{
    QVERIFY(append({room, ann, {}, message(u"@bob"_s), {bob}}).ok());
    QVERIFY(append({room, ann, {}, edit(1, u"@cat"_s), {3}}).ok());
    QCOMPARE(told(unreadOf(bob, room)), u"new: 1, 0 mentions"_s);
    QCOMPARE(told(unreadOf(3, room)), u"new: 1, 1 mentions"_s);
}

void StoreContract::positionsGoForwards()
{
    for (int i = 0; i < 5; ++i)
        QVERIFY(say(room, u"tea"_s).ok());
    store().putRead(bob, room, 3);
    store().putRead(bob, room, 2);
    QCOMPARE(unreadOf(bob, room).read, 3U);
    settle();
    store().putRead(bob, room, 1);
    settle();
    QCOMPARE(unreadOf(bob, room).read, 3U);
    store().forgetGuest(bob);
    QCOMPARE(told(unreadOf(bob, room)), u"new: 5, 0 mentions"_s);
}

void StoreContract::countsUpToALimit()
{
    for (int i = 0; i < limits::unreadCount + 2; ++i)
        store().append({room, ann, {}, message(u"@bob"_s), {bob}}, {});
    settle();
    const Unread all = unreadOf(bob, room);
    QCOMPARE(all.messages, limits::unreadCount);
    QCOMPARE(all.mentions, limits::unreadCount);
    store().putRead(bob, room, 3);
    QCOMPARE(unreadOf(bob, room).messages, limits::unreadCount - 1);
}

} // namespace teahouse::server
