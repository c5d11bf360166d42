#include "gui-client/models/accountmodel.h"
#include "gui-client/models/auditmodel.h"
#include "gui-client/models/errands.h"
#include "gui-client/models/roomdirectorymodel.h"
#include "gui-client/models/sanctionmodel.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using State = PagedTable::State;

namespace {

/// What was asked for, to be answered by the test.
struct Asked
{
    explicit Asked(Errands &errands)
    {
        QObject::connect(&errands, &Errands::wanted, &errands,
                         [this](quint64 ticket, const QString &verb, const QJsonObject &fields) {
                             all.append({ticket, verb, fields});
                         });
    }
    struct One
    {
        quint64 ticket = 0;
        QString verb;
        QJsonObject fields;
    };
    One takeOne() { return all.isEmpty() ? One() : all.takeFirst(); }
    QList<One> all;
};

AccountList::Account account(const QString &name, bool admin = false)
{
    return {name, admin, false, 1'700'000'000'000, 0};
}

AccountList accounts(const QStringList &names, const QString &next = {})
{
    AccountList list;
    for (const QString &name : names)
        list.accounts.append(account(name));
    list.more = !next.isEmpty();
    list.next = next;
    return list;
}

QStringList column(const QAbstractItemModel &model, int column = 0)
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row)
        cells.append(model.index(row, column).data().toString());
    return cells;
}

} // namespace

class TestPagedTables : public QObject
{
    Q_OBJECT

private slots:
    void comesPageByPage();
    void keepsItsRowsWhenAskedAnew();
    void forgetsAnswersToEarlierQuestions();
    void saysWhyItFailedAndAsksAgain();
    void endsWhereThePlaceDoesNotMove();
    void endsBehindPagesThatGiveNothing();
    void dropsRowsThatMovedBetweenPages();
    void tellsNobodyWhoIsGone();
    void accountsFollowWhatWasDone();
    void roomsHaveMarks();
    void sanctionsAreLifted();
    void sanctionsThatStayAreTold();
    void auditGoesBackInTime();
    void textIsCleaned();
};

void TestPagedTables::comesPageByPage()
{
    Errands errands;
    Asked asked(errands);
    AccountModel model(errands);
    QAbstractItemModelTester tester(&model);
    QVERIFY(!model.canFetchMore({}));
    model.reload();
    QCOMPARE(model.state(), State::Loading);
    auto one = asked.takeOne();
    QCOMPARE(one.verb, u"accounts"_s);
    QVERIFY(!one.fields.contains(u"after"_s));
    errands.answered(one.ticket, accounts({u"ann"_s, u"bob"_s}, u"bob"_s));
    QCOMPARE(model.state(), State::More);
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    one = asked.takeOne();
    QCOMPARE(one.fields[u"after"_s].toString(), u"bob"_s);
    errands.answered(one.ticket, accounts({u"carl"_s}));
    QCOMPARE(model.state(), State::Done);
    QCOMPARE(column(model), QStringList({u"ann"_s, u"bob"_s, u"carl"_s}));
    QVERIFY(asked.all.isEmpty());
}

void TestPagedTables::keepsItsRowsWhenAskedAnew()
{
    Errands errands;
    Asked asked(errands);
    AccountModel model(errands);
    QAbstractItemModelTester tester(&model);
    model.reload();
    errands.answered(asked.takeOne().ticket, accounts({u"ann"_s, u"bob"_s, u"carl"_s}));
    const QPersistentModelIndex carl(model.index(2, 0));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.reload();
    QCOMPARE(model.rowCount(), 3);
    AccountList list = accounts({u"ann"_s, u"beth"_s, u"carl"_s});
    list.accounts.last().admin = true;
    errands.answered(asked.takeOne().ticket, list);
    QCOMPARE(column(model), QStringList({u"ann"_s, u"beth"_s, u"carl"_s}));
    QVERIFY(carl.isValid());
    QCOMPARE(carl.row(), 2);
    QCOMPARE(changed.size(), 1);
    QVERIFY(reset.isEmpty());
}

void TestPagedTables::forgetsAnswersToEarlierQuestions()
{
    Errands errands;
    Asked asked(errands);
    AccountModel model(errands);
    model.reload();
    model.reload();
    const auto first = asked.takeOne();
    const auto second = asked.takeOne();
    errands.answered(first.ticket, accounts({u"old"_s}));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.state(), State::Loading);
    errands.answered(second.ticket, accounts({u"new"_s}));
    QCOMPARE(column(model), QStringList(u"new"_s));
}

void TestPagedTables::saysWhyItFailedAndAsksAgain()
{
    Errands errands;
    Asked asked(errands);
    AccountModel model(errands);
    model.reload();
    errands.answered(asked.takeOne().ticket, accounts({u"ann"_s}, u"ann"_s));
    model.fetchMore({});
    errands.refused(asked.takeOne().ticket, {.code = ErrorCode::NotAllowed}, u"No."_s);
    QCOMPARE(model.state(), State::Failed);
    QCOMPARE(model.error().code, ErrorCode::NotAllowed);
    QCOMPARE(model.errorText(), u"No."_s);
    QCOMPARE(model.rowCount(), 1);
    model.retry();
    const auto again = asked.takeOne();
    QCOMPARE(again.fields[u"after"_s].toString(), u"ann"_s);
    errands.answered(again.ticket, Done{});
    QCOMPARE(model.state(), State::Failed); // that was no answer
}

void TestPagedTables::endsWhereThePlaceDoesNotMove()
{
    Errands errands;
    Asked asked(errands);
    AccountModel model(errands);
    model.reload();
    errands.answered(asked.takeOne().ticket, accounts({u"ann"_s}, u"ann"_s));
    model.fetchMore({});
    errands.answered(asked.takeOne().ticket, accounts({}, u"ann"_s));
    QCOMPARE(model.state(), State::Done);
}

void TestPagedTables::endsBehindPagesThatGiveNothing()
{
    Errands errands;
    Asked asked(errands);
    AccountModel model(errands);
    model.reload();
    int pages = 0;
    for (; !asked.all.isEmpty() && pages < 100; ++pages) {
        const quint64 ticket = asked.takeOne().ticket;
        errands.answered(ticket, accounts({}, QString::number(pages)));
        model.fetchMore({});
    }
    QVERIFY(pages < 10);
    QCOMPARE(model.state(), State::Done);
    model.reload(); // which begins from the first one
    errands.answered(asked.takeOne().ticket, accounts({}, u"x"_s));
    QCOMPARE(model.state(), State::More);
}

void TestPagedTables::dropsRowsThatMovedBetweenPages()
{
    Errands errands;
    Asked asked(errands);
    AccountModel model(errands);
    QAbstractItemModelTester tester(&model);
    model.reload();
    errands.answered(asked.takeOne().ticket, accounts({u"ann"_s, u"bob"_s}, u"bob"_s));
    model.fetchMore({});
    errands.answered(asked.takeOne().ticket, accounts({u"Bob"_s, u"carl"_s}));
    QCOMPARE(column(model), QStringList({u"ann"_s, u"bob"_s, u"carl"_s}));
}

void TestPagedTables::tellsNobodyWhoIsGone()
{
    Errands errands;
    Asked asked(errands);
    int ended = 0;
    {
        QObject gone;
        errands.ask(u"kick"_s, {}, &gone, [&ended](const Reply &, const QString &) { ++ended; });
    }
    errands.answered(asked.takeOne().ticket, Done{});
    QObject here;
    errands.ask(u"kick"_s, {}, &here, [&ended](const Reply &, const QString &) { ++ended; });
    const auto one = asked.takeOne();
    errands.answered(one.ticket, Done{});
    errands.answered(one.ticket, Done{});
    errands.refused(99, {}, {});
    QCOMPARE(ended, 1);
}

void TestPagedTables::accountsFollowWhatWasDone()
{
    Errands errands;
    Asked asked(errands);
    AccountModel model(errands);
    QAbstractItemModelTester tester(&model);
    model.reload();
    AccountList list = accounts({u"ann"_s, u"bob"_s});
    list.accounts.first().online = true;
    errands.answered(asked.takeOne().ticket, list);
    QVERIFY(model.index(0, AccountModel::Online).data().toBool());
    QVERIFY(!model.index(1, AccountModel::Seen).data().toDateTime().isValid());
    QCOMPARE(model.index(0, AccountModel::Created).data().toDateTime().toMSecsSinceEpoch(),
             1'700'000'000'000);
    model.setAdmin(u"BOB"_s, true);
    QVERIFY(model.index(1, AccountModel::Role).data().toBool());
    model.remove(u"Ann"_s);
    model.remove(u"nobody"_s);
    QCOMPARE(column(model), QStringList(u"bob"_s));
}

void TestPagedTables::roomsHaveMarks()
{
    Errands errands;
    Asked asked(errands);
    RoomDirectoryModel model(errands);
    QAbstractItemModelTester tester(&model);
    RoomState open{.room = u"open"_s, .topic = u"All"_s};
    open.members = 3;
    RoomState shut{.room = u"shut"_s, .topic = {}};
    shut.isClosed = shut.hasKey = shut.isReadOnly = true;
    model.reload();
    QCOMPARE(asked.all.first().verb, u"rooms"_s);
    RoomState locked{.room = u"tea"_s, .topic = {}};
    locked.hasKey = locked.isNameOnly = true;
    errands.answered(asked.takeOne().ticket, RoomList{{open, shut, locked}, false, {}});
    QCOMPARE(model.index(2, RoomDirectoryModel::Marks).data().toInt(), RoomDirectoryModel::Locked);
    QVERIFY(!model.index(2, RoomDirectoryModel::Members).data().isValid()); // and not 0
    QCOMPARE(model.index(2, RoomDirectoryModel::Topic).data().toString(), QString());
    QCOMPARE(model.index(0, RoomDirectoryModel::Members).data().toInt(), 3);
    QCOMPARE(model.index(0, RoomDirectoryModel::Marks).data().toInt(), 0);
    QCOMPARE(model.index(1, RoomDirectoryModel::Marks).data().toInt(),
             RoomDirectoryModel::Closed | RoomDirectoryModel::Locked
                     | RoomDirectoryModel::ReadOnly);
}

void TestPagedTables::sanctionsAreLifted()
{
    Errands errands;
    Asked asked(errands);
    SanctionModel model(errands, u"tea"_s);
    QAbstractItemModelTester tester(&model);
    model.reload();
    QCOMPARE(asked.all.first().fields[u"room"_s].toString(), u"tea"_s);
    SanctionList list;
    list.sanctions = {
            {SanctionKind::Ban, u"tea"_s, u"bob"_s, 0, u"spam"_s, u"ann"_s, 5},
            {SanctionKind::Mute, u"tea"_s, u"bob"_s, 9, {}, u"ann"_s, 4, u"203.0.113.7"_s}};
    errands.answered(asked.takeOne().ticket, list);
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(!model.index(0, SanctionModel::Until).data().toDateTime().isValid());
    QCOMPARE(model.index(0, SanctionModel::Subject).data().toString(), u"bob"_s);
    QCOMPARE(model.index(1, SanctionModel::Subject).data().toString(), u"bob (203.0.113.7)"_s);
    model.lift(1);
    const auto lift = asked.takeOne();
    QCOMPARE(lift.verb, u"unmute"_s);
    QCOMPARE(lift.fields, QJsonObject({{u"room"_s, u"tea"_s}, {u"name"_s, u"bob"_s}}));
    errands.answered(lift.ticket, Done{});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.row(0).kind, SanctionKind::Ban);
    model.lift(5);
    QVERIFY(asked.all.isEmpty());
}

void TestPagedTables::sanctionsThatStayAreTold()
{
    Errands errands;
    Asked asked(errands);
    SanctionModel model(errands, {});
    QSignalSpy failed(&model, &SanctionModel::liftFailed);
    model.reload();
    QVERIFY(!asked.all.first().fields.contains(u"room"_s));
    SanctionList list;
    list.sanctions = {{SanctionKind::Ban, {}, u"10.0.0.0/8"_s, 0, {}, u"ann"_s, 5}};
    errands.answered(asked.takeOne().ticket, list);
    model.lift(0);
    const auto lift = asked.takeOne();
    QCOMPARE(lift.verb, u"unban"_s);
    QVERIFY(!lift.fields.contains(u"room"_s));
    errands.refused(lift.ticket, {.code = ErrorCode::NotAllowed}, {});
    QCOMPARE(failed.size(), 1);
    QCOMPARE(model.rowCount(), 1);
}

void TestPagedTables::auditGoesBackInTime()
{
    Errands errands;
    Asked asked(errands);
    AuditModel model(errands, {});
    QAbstractItemModelTester tester(&model);
    model.reload();
    AuditPage page;
    page.entries = {{7, 100, u"ann"_s, u"ban"_s, u"tea"_s, u"bob"_s, u"spam"_s}};
    page.more = true;
    page.next = 7;
    errands.answered(asked.takeOne().ticket, page);
    model.fetchMore({});
    const auto more = asked.takeOne();
    QCOMPARE(more.verb, u"audit"_s);
    QCOMPARE(more.fields[u"before"_s].toInteger(), 7);
    page.entries = {{3, 90, {}, u"claim"_s, {}, {}, {}}};
    page.more = false;
    errands.answered(more.ticket, page);
    QCOMPARE(column(model, AuditModel::Verb), QStringList({u"ban"_s, u"claim"_s}));
}

void TestPagedTables::textIsCleaned()
{
    Errands errands;
    Asked asked(errands);
    RoomDirectoryModel model(errands);
    model.reload();
    const RoomState state{.room = u"a\u0007b"_s, .topic = u"one\ntwo"_s};
    errands.answered(asked.takeOne().ticket, RoomList{{state}, false, {}});
    QCOMPARE(model.row(0).room, u"ab"_s);
    QCOMPARE(model.row(0).topic, u"one two"_s);
}

QTEST_GUILESS_MAIN(TestPagedTables)
#include "tst_pagedtables.moc"
