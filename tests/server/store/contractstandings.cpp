#include "tests/server/store/storecontract.h"

#include <QTest>

// The third part of the contract: what people may do, and the log of what they did with it. That
// accounts and the like outlive a run is the durable store's alone.

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

AuditRecord entry(const QString &verb, RoomId room = 0)
{
    return {.time = 1'700'000'000'000,
            .by = u"ann"_s,
            .verb = verb,
            .room = room,
            .roomName = room == 0 ? QString() : u"room%1"_s.arg(room),
            .target = u"bob"_s,
            .text = u"spam"_s,
            .addresses = u"203.0.113.7/32"_s};
}

QString verbs(const AuditPage &page)
{
    QStringList list;
    for (const AuditPage::Entry &found : page.entries)
        list.append(found.verb);
    return list.join(u' ');
}

} // namespace

Result<Done> StoreContract::put(QList<Change> changes)
{
    Result<Done> answer = Error{};
    int answers = 0;
    m_store->put(std::move(changes), [&](const Result<Done> &result) {
        answer = result;
        ++answers;
    });
    if (answers > 0)
        QTest::qFail("answered before put() had returned", __FILE__, __LINE__);
    settle();
    if (answers != 1)
        QTest::qFail("not answered exactly once", __FILE__, __LINE__);
    return answer;
}

AuditPage StoreContract::audit(const AuditRequest &request)
{
    Result<AuditPage> answer = Error{};
    int answers = 0;
    m_store->audit(request, [&](const Result<AuditPage> &result) {
        answer = result;
        ++answers;
    });
    settle();
    if (answers != 1 || !answer.ok())
        QTest::qFail("not answered exactly once", __FILE__, __LINE__);
    return answer.ok() ? *answer : AuditPage();
}

void StoreContract::moderationDeletesWhatOthersSaid()
{
    for (const RoomId where : {room, otherRoom}) {
        if (where == otherRoom)
            put(otherRoom, 0); // keeps no history
        QVERIFY(say(where, u"spam"_s).ok());
        AppendRequest request{where, bob, {}, deletion(1)};
        QCOMPARE(append(request).error().code, ErrorCode::NotAllowed);
        request.isModeration = true;
        QCOMPARE(append(request)->seq, 2U);
        QCOMPARE(newest(where).items.at(0).kind, ItemKind::Gone);
    }
}

void StoreContract::changesAreAnsweredInTheirPlace()
{
    QStringList log;
    store().append({room, ann, {}, message(u"a"_s)},
                   [&](const Result<Appended> &) { log.append(u"said"_s); });
    store().put({entry(u"kick"_s)}, [&](const Result<Done> &) { log.append(u"put"_s); });
    store().append({room, ann, {}, message(u"b"_s)},
                   [&](const Result<Appended> &) { log.append(u"said again"_s); });
    AuditPage read;
    store().audit({.limit = 10}, [&](const Result<AuditPage> &page) { read = *page; });
    QVERIFY(log.isEmpty());
    settle();
    QCOMPARE(log, QStringList({u"said"_s, u"put"_s, u"said again"_s}));
    QCOMPARE(verbs(read), u"kick"_s); // a read sees what was put before it
}

void StoreContract::changesOfAnUnknownRoomAreRefused()
{
    const MembershipRecord member{99, ann, RoomRole::Member, true, NotifyLevel::All};
    const SanctionRecord ban{SanctionKind::Ban, 99, u"bob"_s, u"bob"_s, 0, {}, u"ann"_s, start};
    QCOMPARE(put({entry(u"role"_s), member}).error().code, ErrorCode::NoSuchRoom);
    QCOMPARE(put({entry(u"ban"_s), ban}).error().code, ErrorCode::NoSuchRoom);
    const InviteRecord code{
            .codeHash = QByteArray(32, 'c'), .by = u"ann"_s, .until = start, .room = 99};
    QCOMPARE(put({entry(u"invite-code"_s), code}).error().code, ErrorCode::NoSuchRoom);
    QCOMPARE(verbs(audit({.limit = 10})), QString()); // nothing of it
    put(99);
    QVERIFY(put({entry(u"role"_s), member, ban, code}).ok());
    QCOMPARE(verbs(audit({.limit = 10})), u"role"_s);
}

void StoreContract::auditIsReadNewestFirst()
{
    QVERIFY(put({entry(u"kick"_s, room), entry(u"ban"_s)}).ok());
    QVERIFY(put({entry(u"mute"_s)}).ok());
    const AuditPage page = audit({.limit = 10});
    QCOMPARE(verbs(page), u"mute ban kick"_s);
    QVERIFY(!page.more);
    const AuditPage::Entry &oldest = page.entries.last();
    QCOMPARE(page.next, oldest.id);
    const AuditPage::Entry expected{.id = oldest.id,
                                    .time = start,
                                    .by = u"ann"_s,
                                    .verb = u"kick"_s,
                                    .room = u"room7"_s,
                                    .target = u"bob"_s,
                                    .text = u"spam"_s,
                                    .address = u"203.0.113.7/32"_s};
    QVERIFY(oldest == expected);
}

void StoreContract::auditIsReadPageByPage()
{
    QVERIFY(audit({.limit = 2}).entries.isEmpty());
    for (int i = 1; i <= 5; ++i)
        QVERIFY(put({entry(QString::number(i))}).ok());
    AuditPage page = audit({.limit = 2});
    QCOMPARE(verbs(page), u"5 4"_s);
    QVERIFY(page.more);
    page = audit({.before = page.next, .limit = 2});
    QCOMPARE(verbs(page), u"3 2"_s);
    QVERIFY(page.more);
    page = audit({.before = page.next, .limit = 1});
    QCOMPARE(verbs(page), u"1"_s);
    QVERIFY(!page.more);
    QVERIFY(audit({.before = page.next, .limit = 1}).entries.isEmpty());
    QCOMPARE(verbs(audit({.before = ~quint64(0), .limit = 1})), u"5"_s);
}

void StoreContract::auditOfARoom()
{
    QVERIFY(put({entry(u"a"_s, room), entry(u"b"_s, otherRoom), entry(u"c"_s, room), entry(u"d"_s)})
                    .ok());
    const AuditPage page = audit({.room = room, .limit = 1});
    QCOMPARE(verbs(page), u"c"_s);
    QVERIFY(page.more);
    QCOMPARE(verbs(audit({.room = room, .before = page.next, .limit = 9})), u"a"_s);
    QCOMPARE(verbs(audit({.room = otherRoom, .limit = 9})), u"b"_s);
}

void StoreContract::auditOutlivesItsRoom()
{
    QVERIFY(put({entry(u"kick"_s, room)}).ok());
    store().forget(room);
    settle();
    QCOMPARE(verbs(audit({.limit = 9})), u"kick"_s);
}

void StoreContract::auditKeepsTheNewest()
{
    // Two more than are kept, of somebody who has done most.
    constexpr int atOnce = 4000;
    AuditRecord others = entry(u"carl's"_s);
    others.by = u"carl"_s;
    QVERIFY(put({others}).ok());
    QList<Change> entries;
    for (int i = 0; i <= auditKept(); ++i) {
        entries.append(entry(QString::number(i)));
        if (entries.size() == atOnce || i == auditKept())
            QVERIFY(put(std::exchange(entries, {})).ok());
    }
    tickOn();
    AuditPage page = audit({.limit = 1});
    QCOMPARE(verbs(page), QString::number(auditKept()));
    const quint64 newest = page.entries.first().id;
    page = audit({.before = newest - static_cast<quint64>(auditKept()) + 3, .limit = 10});
    QCOMPARE(verbs(page), u"2 carl's"_s); // nobody pushes out what others have done
    QVERIFY(!page.more);
}

} // namespace teahouse::server
