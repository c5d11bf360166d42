#include "server/store/ledger.h"
#include "server/store/storefile.h"

#include <QTemporaryDir>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 start = 1'700'000'000'000;
constexpr RoomId room = 7;
constexpr UserId ann = 1;

} // namespace

/// The writer's tables, one transaction after the other and without a thread.
class TestLedger : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void idsOfWhatWasNeverStoredAreUsed();

private:
    /// Closes the file, as a kill would in the middle of work, and opens it.
    void reopen();
    void commit(const std::function<void()> &change);
    void put(const RoomRecord &record);
    Result<Appended> append(ItemKind kind, const QString &text, quint64 target = 0);
    Result<Appended> say(const QString &text) { return append(ItemKind::Message, text); }
    qint64 number(const QByteArray &sql) { return m_ledger->database().number(sql); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StoreFile> m_file;
    std::unique_ptr<Ledger> m_ledger;
    qint64 m_now = start;
};

void TestLedger::init()
{
    m_ledger.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_now = start;
    reopen();
    put({.id = room, .name = u"tea"_s});
}

void TestLedger::reopen()
{
    m_ledger.reset();
    m_file = std::get<std::unique_ptr<StoreFile>>(StoreFile::open(m_folder->path()));
    m_ledger = m_file->takeLedger();
}

void TestLedger::commit(const std::function<void()> &change)
{
    m_ledger->begin();
    change();
    m_ledger->finish();
    m_ledger->commit();
}

void TestLedger::put(const RoomRecord &record)
{
    commit([&] { m_ledger->put(record); });
}

Result<Appended> TestLedger::append(ItemKind kind, const QString &text, quint64 target)
{
    Result<Appended> result = Error{};
    AppendRequest request{room, ann, {}, {}};
    request.item.kind = kind;
    request.item.from = u"ann"_s;
    request.item.text = text;
    request.item.target = target;
    commit([&] { result = m_ledger->append(request, m_now); });
    return result;
}

void TestLedger::idsOfWhatWasNeverStoredAreUsed()
{
    put({.id = 9, .pair = {Partner{80, u"ann"_s}, Partner{81, u"bob"_s}}});
    Wishes wishes;
    wishes.forgotten.insert(50);
    commit([&] { m_ledger->carryOut(wishes); });
    reopen();
    const StoredState state = m_file->takeState();
    QCOMPARE(state.lastRoom, 50U);
    QCOMPARE(state.lastUser, 81U);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestLedger)
#include "tst_ledger.moc"
