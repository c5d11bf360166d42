#include "tests/server/store/sqliterig.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace teahouse::server {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 start = 1'700'000'000'000;
constexpr qint64 hour = 3600 * 1000;
constexpr RoomId room = 7;
constexpr UserId ann = 1;
constexpr UserId bob = 2;

/// Long enough that what works is done in time, short enough to wait for.
constexpr auto shortDeadline = 150ms;

} // namespace

/// What the durable store does when the machine does not go along, and what it leaves on the disk.
class TestStoreFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void reopeningKeepsEverything();
    void reopeningKeepsStandings();
    void standingsAreTakenBack();
    void trustIsTakenBack();
    void accountTakesTheGuestsPlace();
    void changesAreAllOrNothing();
    void changesOnAFullDiskAreTold();
    void changesUnderALockAreTold();
    void changesAreBounded();
    void idsAreNeverReused();
    void killKeepsWhatWasAcknowledged();
    void destroyingWritesWhatIsQueued();
    void fullDiskIsToldAndRecovers();
    void lockedFileIsToldAndRecovers();
    void wishesWaitForTheLock();
    void stoppedWriterIsToldAndReadingGoesOn();
    void lateCommitIsTold();
    void failedCommitIsUnconfirmed();
    void failedCommitThatTookEffectIsTold();
    void closingLeavesOneFile();
    void nothingIsConfirmedIntoAFileThatIsGone_data();
    void nothingIsConfirmedIntoAFileThatIsGone();
    void fileTakenAwayInACommitIsUnconfirmed();
    void logThatAnotherProgramSavedIsNoFault();
    void aFaultThatStaysIsToldOnce();
    void clockIsKept();
    void queueIsBounded_data();
    void queueIsBounded();
    void readsWaitForChangesOnly();
    void deadlineOfARefusedOneBetween();
    void erasedTextLeavesTheFiles();
    void unkeptTextNeverReachesTheFiles();
    void rewritingTheIndexWaitsAnHour();
    void cidsExpireInTheFile();
    void expiredItemsLeaveNothing();

private:
    using Answer = std::optional<Result<Appended>>;

    void open(SqliteStoreSetup setup = {.deadline = 5min});
    void reopen();
    void settle();
    std::shared_ptr<Answer> send(AppendRequest request);
    std::shared_ptr<std::optional<Result<Done>>> put(QList<Change> changes);
    Result<Done> putSurely(QList<Change> changes);
    std::shared_ptr<Answer> say(const QString &text, const QString &cid = {});
    Result<Appended> saySurely(const QString &text, const QString &cid = {});
    void hear(const QString &text, const QString &cid = {}) { QVERIFY(saySurely(text, cid).ok()); }
    ErrorCode answerTo(const QString &text);
    LogPage page();
    QStringList texts();
    bool isInFiles(const QByteArray &text);
    qint64 number(const QByteArray &sql);
    QString path() const { return m_folder->filePath(u"teahouse.db"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    ManualExecutor m_executor;
    qint64 m_now = start;
    QStringList m_late;
    std::unique_ptr<SqliteStore> m_store;
};

void TestStoreFaults::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_now = start;
    m_late.clear();
}

void TestStoreFaults::cleanup()
{
    m_store.reset();
    m_executor.run();
}

/// Opens the store with one room.
void TestStoreFaults::open(SqliteStoreSetup setup)
{
    m_store = openStore(
            m_folder->path(), m_executor, [this] { return m_now; }, std::move(setup));
    m_store->setNews({.storedLate = [this](const AppendRequest &request, const Appended &appended) {
        m_late.append(u"%1 %2"_s.arg(appended.seq).arg(request.item.text));
    }});
    m_store->putRoom({.id = room, .name = u"tea"_s}, {});
    settle();
}

void TestStoreFaults::reopen()
{
    m_store.reset();
    m_store = openStore(m_folder->path(), m_executor, [this] { return m_now; });
}

void TestStoreFaults::settle()
{
    do {
        waitALittle();
        m_executor.run();
    } while (!m_store->isIdle());
}

std::shared_ptr<TestStoreFaults::Answer> TestStoreFaults::send(AppendRequest request)
{
    auto answer = std::make_shared<Answer>();
    m_store->append(std::move(request), [answer](const Result<Appended> &result) {
        Q_ASSERT(!*answer);
        *answer = result;
    });
    return answer;
}

std::shared_ptr<TestStoreFaults::Answer> TestStoreFaults::say(const QString &text,
                                                              const QString &cid)
{
    Item item;
    item.from = u"ann"_s;
    item.text = text;
    return send({room, ann, cid, item});
}

Result<Appended> TestStoreFaults::saySurely(const QString &text, const QString &cid)
{
    const auto answer = say(text, cid);
    while (!*answer) {
        waitALittle();
        m_executor.run();
    }
    return **answer;
}

std::shared_ptr<std::optional<Result<Done>>> TestStoreFaults::put(QList<Change> changes)
{
    auto answer = std::make_shared<std::optional<Result<Done>>>();
    m_store->put(std::move(changes), [answer](const Result<Done> &result) {
        Q_ASSERT(!*answer);
        *answer = result;
    });
    return answer;
}

Result<Done> TestStoreFaults::putSurely(QList<Change> changes)
{
    const auto answer = put(std::move(changes));
    while (!*answer) {
        waitALittle();
        m_executor.run();
    }
    return **answer;
}

/// Why a message was refused.
ErrorCode TestStoreFaults::answerTo(const QString &text)
{
    const Result<Appended> answer = saySurely(text);
    return answer.ok() ? ErrorCode::Internal : answer.error().code;
}

LogPage TestStoreFaults::page()
{
    std::optional<LogPage> answer;
    m_store->page({.room = room, .limit = 200}, [&](const Result<LogPage> &result) {
        answer = result.ok() ? *result : LogPage{};
    });
    while (!answer) {
        waitALittle();
        m_executor.run();
    }
    return *answer;
}

QStringList TestStoreFaults::texts()
{
    QStringList texts;
    const LogPage shown = page();
    for (const Item &item : shown.items)
        texts.append(QString::number(item.seq) + u' ' + item.text);
    return texts;
}

/// Whether any file of the folder holds these bytes.
bool TestStoreFaults::isInFiles(const QByteArray &text)
{
    const QDir folder(m_folder->path());
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly) || file.readAll().contains(text))
            return true;
    }
    return false;
}

qint64 TestStoreFaults::number(const QByteArray &sql)
{
    return Database(path(), Database::Mode::Read).number(sql);
}

void TestStoreFaults::reopeningKeepsEverything()
{
    open();
    const QString epoch = m_store->epoch();
    RoomRecord pair{.id = 9,
                    .pair = {Partner{ann, u"ann"_s}, Partner{bob, u"bob"_s}},
                    .topic = u"a topic"_s,
                    .retention = 30};
    m_store->putRoom(pair, {});
    pair.isAnswered = true;
    pair.isEnded = {false, true};
    m_store->putRoom(pair, {});
    const GuestRecord here{bob, u"bob"_s, QByteArray("\0\1hash", 6), 0};
    const GuestRecord gone{3, u"cat"_s, "other", start + hour};
    m_store->putGuest(here);
    m_store->putGuest(gone);
    m_store->putGuest({4, u"dan"_s, "x", 1});
    m_store->forgetGuest(4);
    QCOMPARE(saySurely(u"one"_s, u"c1"_s)->seq, 1U);
    Item item;
    item.text = u"@bob"_s;
    send({room, ann, {}, item, {bob}});
    m_store->putRead(bob, room, 1);
    settle();

    m_now = start - hour; // and the clock was set back meanwhile
    reopen();
    QCOMPARE(m_store->epoch(), epoch);
    const StoredState state = m_store->takeState();
    QCOMPARE(state.lastUser, 4U);
    QCOMPARE(state.lastRoom, 9U);
    QCOMPARE(state.rooms.size(), 2);
    QCOMPARE(state.rooms.at(0), (RoomRecord{.id = room, .name = u"tea"_s, .first = 1, .last = 2}));
    QCOMPARE(state.rooms.at(1), pair);
    QCOMPARE(state.guests.size(), 2);
    QVERIFY(state.guests.at(0) == here && state.guests.at(1) == gone);
    QVERIFY(saySurely(u"one"_s, u"c1"_s)->repeated);
    QCOMPARE(saySurely(u"other"_s, u"c1"_s).error().code, ErrorCode::Conflict);
    const Appended third = *saySurely(u"three"_s);
    QCOMPARE(third.seq, 3U);
    QCOMPARE(third.time, start - hour);
    QCOMPARE(texts(), QStringList({u"1 one"_s, u"2 @bob"_s, u"3 three"_s}));
    std::optional<Unread> unread;
    m_store->unread({bob}, {{room, 100}},
                    [&](const Result<QList<Unread>> &r) { unread = r->first(); });
    settle();
    QCOMPARE(unread->read, 1U);
    QCOMPARE(unread->messages, 2);
    QCOMPARE(unread->mentions, 1);
}

void TestStoreFaults::reopeningKeepsStandings()
{
    open();
    QVERIFY(!m_store->takeState().isClaimed);
    RoomRecord guarded{.id = 9, .name = u"cellar"_s};
    guarded.isClosed = guarded.isReadOnly = true;
    guarded.keyHash = "$argon2id$key";
    m_store->putRoom(guarded, {});
    const AccountRecord annsAccount{ann, u"ann"_s, "$argon2id$ann", true, start, start + 5};
    AccountRecord retired{71, u"zoe"_s, {}, false, start - 9, 0};
    retired.erasing = true;
    const MembershipRecord owner{9, ann, RoomRole::Owner, true, NotifyLevel::Mentions};
    SanctionRecord ban{SanctionKind::Ban, room,      u"bob"_s, u"Bob"_s,
                       start + hour,      u"spam"_s, u"ann"_s, start};
    ban.addresses = u"203.0.113.7/32,2001:db8::/64"_s;
    const SanctionRecord mute{SanctionKind::Mute, 0,    u"10.0.0.0/8"_s, u"10.0.0.0/8"_s, 0, {},
                              u"ann"_s,           start};
    const IgnoreRecord ignore{ann, bob, u"bob"_s};
    const InviteRecord invite{.codeHash = QByteArray("\0\1hash", 6),
                              .by = u"ann"_s,
                              .until = start + hour,
                              .uses = limits::inviteUses,
                              .room = 9};
    const TrustRecord trust{ann, QByteArray("\0\1 sixteen bytes", 16), start + 7};
    const TrustRecord ofNobody{71, trust.origin, start};
    QVERIFY(putSurely({annsAccount, retired, owner, ban, mute, ignore, invite, trust, ofNobody,
                       AuditRecord{start, {}, u"claim"_s, 0, {}, u"ann"_s, {}}})
                    .ok());
    m_store.reset();
    reopen();
    const StoredState state = m_store->takeState();
    QVERIFY(state.isClaimed);
    QCOMPARE(state.lastUser, 71U);
    QVERIFY(state.rooms.at(1) == guarded);
    QVERIFY(state.accounts == QList<AccountRecord>({annsAccount, retired}));
    QVERIFY(state.memberships == QList<MembershipRecord>({owner}));
    QVERIFY(state.sanctions == QList<SanctionRecord>({mute, ban}));
    QVERIFY(state.ignores == QList<IgnoreRecord>({ignore}));
    QVERIFY(state.invites == QList<InviteRecord>({invite}));
    QVERIFY(state.trusted == QList<TrustRecord>({trust}));
    QCOMPARE(state.secret.size(), 16);
    QCOMPARE(number("SELECT count(*) FROM audit"), 1);
}

void TestStoreFaults::standingsAreTakenBack()
{
    open();
    m_store->putRoom({.id = 9, .name = u"cellar"_s}, {});
    SanctionRecord ban{SanctionKind::Ban, room, u"bob"_s, u"Bob"_s, 0, {}, u"ann"_s, start};
    SanctionRecord mute = ban;
    mute.kind = SanctionKind::Mute;
    SanctionRecord inCellar = ban;
    inCellar.room = 9;
    IgnoreRecord ignore{ann, bob, u"bob"_s};
    InviteRecord invite{"code", u"ann"_s, start};
    const InviteRecord toCellar{.codeHash = "other", .until = start, .uses = 2, .room = 9};
    AccountRecord admin{ann, u"ann"_s, "$hash", true, start, 0};
    const MembershipRecord here{room, ann, RoomRole::None, true, NotifyLevel::All};
    const MembershipRecord inCellarToo{9, ann, RoomRole::Owner, true, NotifyLevel::None};
    QVERIFY(putSurely({admin, here, inCellarToo, ban, mute, inCellar, ignore, invite, toCellar})
                    .ok());
    ban.lifted = ignore.lifted = invite.used = true;
    admin.admin = false;
    QVERIFY(putSurely({admin, MembershipRecord{room, ann, RoomRole::None, false, NotifyLevel::All},
                       ban, ignore, invite})
                    .ok());
    m_store->forget(9);
    settle();
    reopen();
    const StoredState state = m_store->takeState();
    QVERIFY(state.isClaimed); // there was one
    QVERIFY(!state.accounts.at(0).admin);
    QVERIFY(state.memberships.isEmpty());
    QVERIFY(state.sanctions == QList<SanctionRecord>({mute}));
    QVERIFY(state.ignores.isEmpty());
    QVERIFY(state.invites.isEmpty());
}

/// Also with the account.
void TestStoreFaults::trustIsTakenBack()
{
    open();
    AccountRecord account{ann, u"ann"_s, "$hash", false, start, 0};
    const AccountRecord other{bob, u"bob"_s, "$hash", false, start, 0};
    const TrustRecord here{ann, QByteArray(16, 'a'), start};
    TrustRecord there{ann, QByteArray(16, 'b'), start};
    TrustRecord bobs{bob, QByteArray(16, 'a'), start};
    QVERIFY(putSurely({account, other, here, there, bobs}).ok());
    bobs.used = start + 1;
    there.dropped = true;
    QVERIFY(putSurely({bobs, there}).ok());
    reopen();
    QVERIFY(m_store->takeState().trusted == QList<TrustRecord>({here, bobs}));
    account.passwordHash.clear();
    QVERIFY(putSurely({account, here}).ok());
    reopen();
    QVERIFY(m_store->takeState().trusted == QList<TrustRecord>({bobs}));
}

/// Whatever of the guest was still to be written.
void TestStoreFaults::accountTakesTheGuestsPlace()
{
    QSemaphore rounds(1);
    open({.deadline = 5min, .beforeRound = [&] { rounds.acquire(); }});
    m_store->putGuest({bob, u"bob"_s, "secret", 0});
    m_store->putRead(bob, room, 0);
    const auto answer = put({AccountRecord{bob, u"bob"_s, "$hash", false, start, start}});
    m_store->putGuest({bob, u"bob"_s, "secret", start});
    rounds.release(100);
    settle();
    QVERIFY((*answer)->ok());
    QCOMPARE(number("SELECT count(*) FROM guests"), 0);
    QCOMPARE(number("SELECT count(*) FROM accounts"), 1);
    QCOMPARE(number("SELECT count(*) FROM positions"), 1);
}

void TestStoreFaults::changesAreAllOrNothing()
{
    open();
    const AccountRecord account{ann, u"ann"_s, "$hash", false, start, 0};
    const MembershipRecord nowhere{99, ann, RoomRole::Owner, true, NotifyLevel::All};
    QCOMPARE(putSurely({account, nowhere}).error().code, ErrorCode::NoSuchRoom);
    QCOMPARE(number("SELECT count(*) FROM accounts"), 0);
    QVERIFY(putSurely({account}).ok());
    QCOMPARE(number("SELECT count(*) FROM accounts"), 1);
}

void TestStoreFaults::changesOnAFullDiskAreTold()
{
    std::signal(SIGXFSZ, SIG_IGN);
    open();
    rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = static_cast<rlim_t>(QFile(path() + u"-wal"_s).size());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const AccountRecord account{ann, u"ann"_s, "$hash", true, start, 0};
    const Result<Done> refused = putSurely({account});
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QCOMPARE(refused.error().code, ErrorCode::StoreFull);
    QCOMPARE(number("SELECT count(*) FROM accounts"), 0);
    QCOMPARE(number("SELECT is_claimed FROM store"), 0);
    QVERIFY(putSurely({account}).ok());
    QCOMPARE(number("SELECT is_claimed FROM store"), 1);
}

void TestStoreFaults::changesUnderALockAreTold()
{
    open({.deadline = shortDeadline});
    Database other(path(), Database::Mode::Write);
    other.run("BEGIN IMMEDIATE");
    const AccountRecord account{ann, u"ann"_s, "$hash", false, start, 0};
    m_store->putRoom({.id = 9, .name = u"cellar"_s}, {});
    QCOMPARE(putSurely({account}).error().code, ErrorCode::StoreUnavailable);
    other.run("COMMIT");
    settle();
    QCOMPARE(number("SELECT count(*) FROM accounts"), 0);
    // The room was given up with them, which is not the caller's mistake.
    QCOMPARE(putSurely({MembershipRecord{9, ann, RoomRole::Owner, true, NotifyLevel::All}})
                     .error()
                     .code,
             ErrorCode::StoreUnavailable);
}

void TestStoreFaults::changesAreBounded()
{
    QSemaphore rounds(1);
    open({.deadline = 5min, .bounds = {.rows = 2}, .beforeRound = [&] { rounds.acquire(); }});
    const AccountRecord account{ann, u"ann"_s, "$hash", false, start, 0};
    const auto first = put({account});
    const auto second = put({account});
    const auto third = put({account});
    m_executor.run();
    QVERIFY(!*second);
    QCOMPARE((*third)->error().code, ErrorCode::StoreFull);
    rounds.release(100);
    settle();
    QVERIFY((*first)->ok() && (*second)->ok());
}

void TestStoreFaults::idsAreNeverReused()
{
    open();
    m_store->putRoom({.id = 50, .name = u"short"_s}, {});
    m_store->putGuest({60, u"cat"_s, "x", 0});
    send({room, 61, {}, Item{}}); // somebody without a record has spoken
    m_store->forget(50);
    m_store->forgetGuest(60);
    settle();
    reopen();
    const StoredState state = m_store->takeState();
    QCOMPARE(state.lastRoom, 50U);
    QCOMPARE(state.lastUser, 61U);
    QCOMPARE(state.rooms.size(), 1);
    QVERIFY(state.guests.isEmpty());
}

/// What a kill leaves is what stands in the files at that moment.
void TestStoreFaults::killKeepsWhatWasAcknowledged()
{
    open();
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(saySurely(QString::number(i), u"c%1"_s.arg(i)).ok());
        const QTemporaryDir copy;
        for (const QString &name : {u"teahouse.db"_s, u"teahouse.db-wal"_s})
            QVERIFY(QFile::copy(m_folder->filePath(name), copy.filePath(name)));
        ManualExecutor executor;
        const auto other = openStore(copy.path(), executor, [this] { return m_now; });
        const StoredState state = other->takeState();
        QCOMPARE(state.rooms.at(0).last, quint64(i));
    }
}

void TestStoreFaults::destroyingWritesWhatIsQueued()
{
    QSemaphore mayWrite;
    open({.deadline = 5min, .beforeRound = [&] { mayWrite.tryAcquire(1, 50); }});
    for (int i = 1; i <= 100; ++i)
        say(QString::number(i));
    m_store->putRead(bob, room, 7);
    reopen();
    QCOMPARE(m_store->takeState().rooms.at(0).last, 100U);
    QCOMPARE(number("SELECT seq FROM positions"), 7);
}

/// A limit on the size of files stands for the full disk.
void TestStoreFaults::fullDiskIsToldAndRecovers()
{
    std::signal(SIGXFSZ, SIG_IGN);
    open();
    QVERIFY(saySurely(u"before"_s).ok());
    rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = static_cast<rlim_t>(QFile(path() + u"-wal"_s).size());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const ErrorCode first = answerTo(u"lost"_s);
    const ErrorCode second = answerTo(u"lost, too"_s);
    m_store->putRead(bob, room, 1);
    const QStringList meanwhile = texts();
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QCOMPARE(first, ErrorCode::StoreFull);
    QCOMPARE(second, ErrorCode::StoreFull);
    QCOMPARE(meanwhile, QStringList({u"1 before"_s}));

    QCOMPARE(saySurely(u"after"_s)->seq, 2U);
    settle();
    QCOMPARE(texts(), QStringList({u"1 before"_s, u"2 after"_s}));
    QCOMPARE(number("SELECT seq FROM positions"), 1);
    QVERIFY(m_late.isEmpty());
}

void TestStoreFaults::lockedFileIsToldAndRecovers()
{
    open({.deadline = shortDeadline});
    QVERIFY(saySurely(u"before"_s).ok());
    Database other(path(), Database::Mode::Write);
    other.run("BEGIN IMMEDIATE");
    const auto first = say(u"lost"_s);
    QCOMPARE(answerTo(u"lost, too"_s), ErrorCode::StoreUnavailable);
    QCOMPARE((*first)->error().code, ErrorCode::StoreUnavailable);
    QCOMPARE(texts(), QStringList({u"1 before"_s}));
    other.run("COMMIT");
    QCOMPARE(saySurely(u"after"_s)->seq, 2U);
    QCOMPARE(texts(), QStringList({u"1 before"_s, u"2 after"_s}));
    QVERIFY(m_late.isEmpty());
}

void TestStoreFaults::wishesWaitForTheLock()
{
    open({.deadline = shortDeadline});
    Database other(path(), Database::Mode::Write);
    other.run("BEGIN IMMEDIATE");
    for (const quint64 seq : {1, 5, 3})
        m_store->putRead(bob, room, seq);
    m_store->putGuest({bob, u"bob"_s, "a", 0});
    m_store->putGuest({bob, u"bob"_s, "b", 5});
    m_store->putGuest({3, u"cat"_s, "c", 0});
    m_store->putRead(3, room, 2);
    m_store->forgetGuest(3);
    QCOMPARE(answerTo(u"lost"_s), ErrorCode::StoreUnavailable);
    other.run("COMMIT");
    settle();
    QCOMPARE(number("SELECT seq FROM positions"), 5);
    QCOMPARE(number("SELECT count(*) FROM positions"), 1);
    QCOMPARE(number("SELECT until FROM guests"), 5);
    QCOMPARE(number("SELECT count(*) FROM guests"), 1);
}

void TestStoreFaults::stoppedWriterIsToldAndReadingGoesOn()
{
    QSemaphore rounds(1);
    open({.deadline = shortDeadline, .beforeRound = [&] { rounds.acquire(); }});
    const auto lost = say(u"lost"_s);
    QVERIFY(page().items.isEmpty()); // answered although the writer stands still
    while (!*lost) {
        waitALittle();
        m_executor.run();
    }
    QCOMPARE((*lost)->error().code, ErrorCode::StoreUnavailable);
    rounds.release(100);
    QCOMPARE(saySurely(u"heard"_s)->seq, 1U);
    QCOMPARE(texts(), QStringList({u"1 heard"_s}));
    QVERIFY(m_late.isEmpty());
}

void TestStoreFaults::lateCommitIsTold()
{
    QSemaphore commits(1);
    open({.deadline = shortDeadline, .beforeCommit = [&](Database &) { commits.acquire(); }});
    QCOMPARE(answerTo(u"slow"_s), ErrorCode::Unconfirmed);
    QVERIFY(m_late.isEmpty());
    commits.release(100);
    settle();
    QTRY_COMPARE((m_executor.run(), m_late), QStringList({u"1 slow"_s}));
    QCOMPARE(saySurely(u"next"_s)->seq, 2U);
    QCOMPARE(texts(), QStringList({u"1 slow"_s, u"2 next"_s}));
    QCOMPARE(m_late.size(), 1);
}

void TestStoreFaults::failedCommitIsUnconfirmed()
{
    bool fails = false;
    open({.deadline = 5min, .beforeCommit = [&](Database &database) {
              if (std::exchange(fails, false))
                  sqlite3_commit_hook(
                          database.handle(), [](void *) { return 1; }, nullptr);
          }});
    QVERIFY(saySurely(u"before"_s).ok());
    fails = true;
    QCOMPARE(answerTo(u"lost"_s), ErrorCode::Unconfirmed);
    QCOMPARE(saySurely(u"after"_s)->seq, 2U);
    QCOMPARE(texts(), QStringList({u"1 before"_s, u"2 after"_s}));
    QVERIFY(m_late.isEmpty());
}

void TestStoreFaults::failedCommitThatTookEffectIsTold()
{
    bool fails = false;
    open({.deadline = 5min, .beforeCommit = [&](Database &database) {
              if (std::exchange(fails, false))
                  database.run("COMMIT"); // so that the writer's own fails
          }});
    QVERIFY(saySurely(u"before"_s).ok());
    fails = true;
    QCOMPARE(answerTo(u"slow"_s), ErrorCode::Unconfirmed);
    QCOMPARE(saySurely(u"after"_s)->seq, 3U);
    QCOMPARE(m_late, QStringList({u"2 slow"_s}));
    QCOMPARE(texts(), QStringList({u"1 before"_s, u"2 slow"_s, u"3 after"_s}));
}

void TestStoreFaults::closingLeavesOneFile()
{
    open();
    hear(u"tea"_s);
    m_store->tick();
    settle();
    hear(u"tea again"_s);
    std::optional<FoundPage> found;
    m_store->search({.rooms = {room}, .text = u"tea"_s, .limit = 1},
                    [&](const Result<FoundPage> &result) { found = *result; });
    settle();
    QCOMPARE(found->found.size(), 1);
    QVERIFY(found->more);
    QCOMPARE(page().items.size(), 2);
    m_store.reset();
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList(u"teahouse.db"_s));
}

void TestStoreFaults::nothingIsConfirmedIntoAFileThatIsGone_data()
{
    using Step = std::function<void(const QString &)>;
    QTest::addColumn<Step>("take");
    QTest::addColumn<Step>("bringBack");
    const auto move = [](const QString &from, const QString &to) {
        QCOMPARE(std::rename(qPrintable(from), qPrintable(to)), 0);
    };
    const auto away = [move](const QString &path) { move(path, path + u".away"_s); };
    const auto back = [move](const QString &path) { move(path + u".away"_s, path); };
    QTest::newRow("moved") << Step(away) << Step(back);
    QTest::newRow("replaced") << Step([away](const QString &path) {
        away(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(9000, 'x')) > 0);
    }) << Step(back);
    QTest::newRow("log moved") << Step([away](const QString &path) { away(path + u"-wal"_s); })
                               << Step([back](const QString &path) { back(path + u"-wal"_s); });
    QTest::newRow("log replaced") << Step([away](const QString &path) {
        away(path + u"-wal"_s);
        QFile file(path + u"-wal"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(9000, 'x')) > 0);
    }) << Step([back](const QString &path) { back(path + u"-wal"_s); });
    QTest::newRow("another name") << Step([](const QString &path) {
        QCOMPARE(::link(qPrintable(path), qPrintable(path + u".other"_s)), 0);
    }) << Step([](const QString &path) { QVERIFY(QFile::remove(path + u".other"_s)); });
    QTest::newRow("unlinked") << Step([](const QString &path) { QFile::remove(path); }) << Step();
    QTest::newRow("cut") << Step([](const QString &path) { QFile::resize(path, 0); }) << Step();
    QTest::newRow("log cut") << Step([](const QString &path) {
        QFile::resize(path + u"-wal"_s, 0);
    }) << Step();
}

void TestStoreFaults::nothingIsConfirmedIntoAFileThatIsGone()
{
    using Step = std::function<void(const QString &)>;
    QFETCH(const Step, take);
    QFETCH(const Step, bringBack);
    open();
    QCOMPARE(saySurely(u"before"_s)->seq, 1U);
    QCOMPARE(page().items.size(), 1); // somebody reads already
    take(path());
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"cannot write .*teahouse.db: "_s));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(answerTo(u"lost"_s), ErrorCode::StoreUnavailable);
    m_store->tick();
    if (!bringBack)
        return;
    QCOMPARE(texts(), QStringList{u"1 before"_s}); // reading goes on
    bringBack(path());
    QTest::ignoreMessage(QtInfoMsg, QRegularExpression(u"writing works again"_s));
    QCOMPARE(saySurely(u"after"_s)->seq, 2U);
    reopen();
    QCOMPARE(texts(), QStringList({u"1 before"_s, u"2 after"_s}));
}

/// Whether it is in the file that was taken away matters only when that comes back.
void TestStoreFaults::fileTakenAwayInACommitIsUnconfirmed()
{
    bool isTaken = false;
    open({.deadline = 5min, .beforeCommit = [&](Database &) {
              if (std::exchange(isTaken, false))
                  std::rename(qPrintable(path()), qPrintable(path() + u".away"_s));
          }});
    QVERIFY(saySurely(u"before"_s).ok());
    isTaken = true;
    QCOMPARE(answerTo(u"slow"_s), ErrorCode::Unconfirmed);
    QCOMPARE(answerTo(u"lost"_s), ErrorCode::StoreUnavailable);
    QVERIFY(m_late.isEmpty());
    QCOMPARE(std::rename(qPrintable(path() + u".away"_s), qPrintable(path())), 0);
    QCOMPARE(saySurely(u"after"_s)->seq, 3U);
    QCOMPARE(m_late, QStringList({u"2 slow"_s}));
}

void TestStoreFaults::logThatAnotherProgramSavedIsNoFault()
{
    open();
    QVERIFY(saySurely(u"before"_s).ok());
    Database other(path(), Database::Mode::Write);
    QCOMPARE(other.number("PRAGMA wal_checkpoint(TRUNCATE)"), 0);
    QCOMPARE(QFile(path() + u"-wal"_s).size(), 0);
    QCOMPARE(saySurely(u"after"_s)->seq, 2U);
    QCOMPARE(texts(), QStringList({u"1 before"_s, u"2 after"_s}));
}

namespace {

QStringList toldToLog;

void noteLog(QtMsgType, const QMessageLogContext &, const QString &text)
{
    toldToLog.append(text);
}

} // namespace

/// A page that only tidying up meets is damaged, while people talk.
void TestStoreFaults::aFaultThatStaysIsToldOnce()
{
    open();
    for (int i = 0; i < 200; ++i)
        say(u"tea"_s, u"c%1"_s.arg(i));
    settle();
    m_store->forget(room);
    m_store->putRoom({.id = 9, .name = u"other"_s}, {});
    settle();
    m_store.reset();
    const qint64 page = number(
            "SELECT rootpage FROM sqlite_master WHERE name = 'mentions_by_number'");
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek((page - 1) * 4096));
    file.write(QByteArray(4096, '\xA5'));
    file.close();
    toldToLog.clear();
    reopen();
    const QtMessageHandler before = qInstallMessageHandler(noteLog);
    for (int i = 0; i < 15; ++i) {
        m_store->tick();
        Item item;
        item.text = u"tea"_s;
        send({9, ann, {}, item});
        settle();
    }
    qInstallMessageHandler(before);
    QCOMPARE(toldToLog.filter(u"works again"_s), QStringList());
    QVERIFY2(toldToLog.size() == 2 && toldToLog.at(0).contains(u"cannot tidy up"_s)
                     && toldToLog.at(1).contains(u"(repeated 10 times)"_s),
             qPrintable(toldToLog.join(u'\n')));
}

void TestStoreFaults::clockIsKept()
{
    open();
    QCOMPARE(m_store->clock(), ClockState());
    m_store->setClock({start + 5, 7}, start);
    m_store->tick();
    settle();
    QVERIFY(saySurely(u"tea"_s).ok());
    reopen();
    QCOMPARE(m_store->clock(), (ClockState{start + 5, 7}));
    m_store->setClock({start + hour, 0}, start + hour); // and nothing is said
    m_store->tick();
    settle();
    reopen();
    QCOMPARE(m_store->clock(), (ClockState{start + hour, 0}));
    StoreFile::connect(path())->run("UPDATE store SET clock = 0");
    reopen();
    QCOMPARE(m_store->clock(), (ClockState{start, 0})); // of an earlier server: the newest item
}

void TestStoreFaults::queueIsBounded_data()
{
    QTest::addColumn<qsizetype>("rows");
    QTest::addColumn<qsizetype>("bytes");
    QTest::newRow("rows") << qsizetype(3) << qsizetype(1'000'000);
    QTest::newRow("bytes") << qsizetype(100) << qsizetype(3 * 2000);
}

void TestStoreFaults::queueIsBounded()
{
    QFETCH(const qsizetype, rows);
    QFETCH(const qsizetype, bytes);
    QSemaphore rounds(1);
    open({.deadline = 5min, .bounds = {.rows = rows, .bytes = bytes}, .beforeRound = [&] {
              rounds.acquire();
          }});
    const QString text(700, u'x');
    QList<std::shared_ptr<Answer>> answers;
    for (int i = 0; i < 4; ++i)
        answers.append(say(text));
    m_executor.run();
    QVERIFY(!*answers.at(2));
    QCOMPARE((*answers.at(3))->error().code, ErrorCode::StoreFull);
    rounds.release(100);
    settle();
    for (int i = 0; i < 3; ++i)
        QCOMPARE((**answers.at(i))->seq, quint64(i + 1));
    QCOMPARE(saySurely(text)->seq, 4U);
}

/// A message under way is told when it is stored; an edit must not be overtaken by the old text.
void TestStoreFaults::readsWaitForChangesOnly()
{
    QSemaphore commits(2);
    open({.deadline = 5min, .beforeCommit = [&](Database &) { commits.acquire(); }});
    hear(u"first"_s);
    say(u"second"_s);
    m_executor.run(); // the writer begins
    QCOMPARE(texts(), QStringList({u"1 first"_s}));

    Item edit;
    edit.kind = ItemKind::Edited;
    edit.target = 1;
    edit.text = u"other"_s;
    send({room, ann, {}, edit});
    std::optional<LogPage> shown;
    m_store->page({.room = room, .before = 2, .limit = 1},
                  [&](const Result<LogPage> &result) { shown = *result; });
    for (int i = 0; i < 20; ++i) {
        waitALittle();
        m_executor.run();
    }
    QVERIFY(!shown);
    commits.release(100);
    settle();
    QCOMPARE(shown->items.size(), 1);
    QCOMPARE(shown->items.first().text, u"other"_s);
}

/// One message is in the transaction, one was too large for the queue, one waits in it.
void TestStoreFaults::deadlineOfARefusedOneBetween()
{
    QSemaphore commits(1);
    QSemaphore begun;
    open({.deadline = shortDeadline, .bounds = {.bytes = 2000}, .beforeCommit = [&](Database &) {
              begun.release();
              commits.acquire();
          }});
    begun.acquire();
    const auto slow = say(u"slow"_s);
    m_executor.run(); // the writer begins
    begun.acquire();
    const auto large = say(QString(4000, u'x'));
    const auto lost = say(u"lost"_s);
    while (!*lost || !*slow) {
        waitALittle();
        m_executor.run();
    }
    QCOMPARE((*slow)->error().code, ErrorCode::Unconfirmed);
    QCOMPARE((*large)->error().code, ErrorCode::StoreFull);
    QCOMPARE((*lost)->error().code, ErrorCode::StoreUnavailable);
    commits.release(100);
    QCOMPARE(saySurely(u"next"_s)->seq, 2U);
    QCOMPARE(m_late, QStringList({u"1 slow"_s}));
}

void TestStoreFaults::erasedTextLeavesTheFiles()
{
    open();
    const auto change = [&](quint64 target, const QString &text) {
        Item item;
        item.kind = text.isEmpty() ? ItemKind::Deleted : ItemKind::Edited;
        item.target = target;
        item.text = text;
        send({room, ann, {}, item});
    };
    for (int i = 0; i < 300; ++i) // so that pages split
        say(u"filler%1 "_s.arg(i) + QString(i % 50, u'y'));
    hear(u"hushone words"_s, u"c1"_s);
    hear(u"hushtwo "_s + QString(9000, u'z'));
    for (int i = 0; i < 300; ++i)
        say(u"filler%1 "_s.arg(i) + QString(i % 50, u'y'));
    settle();
    m_store->tick(); // into the index
    settle();
    hear(u"hushsix"_s); // 603, not in the index
    QVERIFY(isInFiles("hushone"));
    change(301, u"hushthree"_s);
    change(302, u"hushfour "_s + QString(3, u'x'));
    settle();
    change(301, u"hushfive"_s);
    for (const quint64 target : {301, 302, 603})
        change(target, {});
    settle();
    for (int i = 0; i < 20; ++i) {
        m_now += hour;
        m_store->tick();
        settle();
    }
    for (const char *text :
         {"hushone", "hushtwo", "hushthree", "hushfour", "hushfive", "hushsix", "zzzzzzzz"})
        QVERIFY2(!isInFiles(text), text);
    QVERIFY(isInFiles("filler77"));
}

void TestStoreFaults::unkeptTextNeverReachesTheFiles()
{
    open();
    m_store->putRoom({.id = room, .name = u"tea"_s, .retention = 0}, {});
    hear(u"hushone"_s, u"c1"_s);
    hear(u"hushtwo"_s);
    m_store->tick();
    settle();
    QVERIFY(!isInFiles("hush"));
    QCOMPARE(page().items.size(), 2);
    reopen();
    QVERIFY(!isInFiles("hush"));
    QCOMPARE(m_store->takeState().rooms.at(0).last, 2U);
    QCOMPARE(m_store->takeState().rooms.size(), 0); // only once
    QVERIFY(page().items.isEmpty());
    QVERIFY(saySurely(u"hushone"_s, u"c1"_s)->repeated);
    QCOMPARE(saySurely(u"three"_s)->seq, 3U);
}

void TestStoreFaults::rewritingTheIndexWaitsAnHour()
{
    open();
    const auto eraseOne = [&](quint64 seq) {
        hear(u"hush%1"_s.arg(seq));
        m_store->tick();
        settle();
        Item item;
        item.kind = ItemKind::Deleted;
        item.target = seq;
        send({room, ann, {}, item});
        settle();
    };
    const auto tickAt = [&](qint64 now) {
        m_now = now;
        for (int i = 0; i < 5; ++i) {
            m_store->tick();
            settle();
        }
    };
    eraseOne(1);
    tickAt(start);
    QCOMPARE(number("SELECT erased FROM store"), 0);
    eraseOne(3);
    tickAt(start + hour - 1);
    QCOMPARE(number("SELECT erased FROM store"), 1);
    tickAt(start + hour);
    QCOMPARE(number("SELECT erased FROM store"), 0);
}

void TestStoreFaults::cidsExpireInTheFile()
{
    open();
    for (int i = 0; i < 1200; ++i)
        say(u"tea"_s, u"c%1"_s.arg(i));
    settle();
    const qint64 week = 7 * 24 * hour;
    for (const auto &[now, left] : {std::pair(start + week - 1, 1200), {start + week + hour, 0}}) {
        m_now = now;
        for (int i = 0; i < 5; ++i) {
            m_store->tick();
            settle();
        }
        QCOMPARE(number("SELECT count(*) FROM cids"), left);
    }
}

void TestStoreFaults::expiredItemsLeaveNothing()
{
    open();
    for (const RoomId id : {room, RoomId(8)}) {
        m_store->putRoom({.id = id, .name = u"tea"_s, .retention = 1}, {});
        Item item;
        item.text = u"hush"_s;
        for (int i = 0; i < 450; ++i)
            send({id, ann, u"c%1"_s.arg(i), item, {bob}});
    }
    m_store->putRead(bob, 8, 1);
    settle();
    m_store->forget(8);
    for (int i = 0; i < 30; ++i) {
        m_now += hour;
        m_store->tick();
        settle();
    }
    for (const char *table : {"items", "mentions", "leftovers", "positions"})
        QCOMPARE(number(QByteArray("SELECT count(*) FROM ") + table), 0);
    QCOMPARE(number("SELECT count(*) FROM cids WHERE room = 8"), 0);
    QCOMPARE(number("SELECT count(*) FROM words WHERE words MATCH 'hush'"), 0);
    QVERIFY(!isInFiles("hush"));
    QCOMPARE(saySurely(u"new"_s)->seq, 451U);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestStoreFaults)
#include "tst_storefaults.moc"
