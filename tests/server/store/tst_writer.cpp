#include "server/store/storefile.h"
#include "server/store/writer.h"

#include <QFileInfo>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 start = 1'700'000'000'000;
constexpr RoomId room = 7;
constexpr RoomId otherRoom = 8;
constexpr UserId ann = 1;

/// Makes a connection's commit fail, and everything behind it.
struct Fault
{
    int commitsUntil = 0;
    bool isThere = false;

    void on(Database &database)
    {
        sqlite3_commit_hook(database.handle(), &Fault::commits, this);
        sqlite3_progress_handler(database.handle(), 1, &Fault::runs, this);
    }
    static int commits(void *self)
    {
        auto *fault = static_cast<Fault *>(self);
        fault->isThere = fault->commitsUntil-- == 0;
        return fault->isThere ? 1 : 0;
    }
    static int runs(void *self) { return static_cast<Fault *>(self)->isThere ? 1 : 0; }
};

} // namespace

/// The writer's thread, given its work before it begins: in which rounds it does what, and how it
/// gets over faults between them.
class TestWriter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void faultBesideATick();
    void doubtIsWrittenOver();
    void whatIsGivenTogetherIsOneTransaction();
    void indexKeepsPace();
    void wishesComeBehindJobs();
    void positionWaitsForItsRoom();
    void roomThatCouldNotBePut();
    void logIsSavedBetweenRounds();

private:
    void begin(std::function<void(Database &)> beforeCommit = {});
    void finish();
    void put(RoomId id);
    void say(const QString &text);
    void wish(const std::function<void(Wishes &)> &change)
    {
        m_queue->wish(++m_wishes, change);
        m_queue->release();
    }
    qint64 number(const QByteArray &sql) const
    {
        return Database(m_file->path(), Database::Mode::Read).number(sql);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StoreFile> m_file;
    std::unique_ptr<WriteQueue> m_queue;
    std::unique_ptr<Writer> m_writer;
    quint64 m_ticket = 0;
    quint64 m_wishes = 0;
    std::vector<WriteOutcome> m_outcomes; ///< the writer's until it has finished
    QSemaphore m_wishesDone;
};

void TestWriter::init()
{
    m_writer.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = std::get<std::unique_ptr<StoreFile>>(StoreFile::open(m_folder->path()));
    m_queue = std::make_unique<WriteQueue>(QueueBounds{.rowsAtOnce = 1});
    m_ticket = m_wishes = 0;
    m_outcomes.clear();
    m_wishesDone.acquire(m_wishesDone.available()); // of another test
}

void TestWriter::begin(std::function<void(Database &)> beforeCommit)
{
    const auto handOver = [this](WriteReport report) {
        std::move(report.outcomes.begin(), report.outcomes.end(), std::back_inserter(m_outcomes));
        if (report.wishes != 0)
            m_wishesDone.release();
    };
    m_writer = std::make_unique<Writer>(
            m_file->takeLedger(), *m_queue, m_file->unkept(),
            Writer::Setup{m_file->path(), handOver, {}, std::move(beforeCommit)});
}

/// Lets the writer do all there is to do.
void TestWriter::finish()
{
    m_queue->close(std::chrono::steady_clock::now() + 5min);
    m_writer.reset();
}

void TestWriter::put(RoomId id)
{
    m_queue->add({.ticket = ++m_ticket,
                  .what = RoomRecord{.id = id, .name = u"room%1"_s.arg(id)},
                  .now = start});
}

void TestWriter::say(const QString &text)
{
    AppendRequest request{room, ann, {}, {}};
    request.item.text = text;
    m_queue->add({.ticket = ++m_ticket, .what = request, .now = start});
}

/// The index cannot be written, the tables cannot be read again, and a tick is due.
void TestWriter::faultBesideATick()
{
    m_queue = std::make_unique<WriteQueue>(QueueBounds{.rowsAtOnce = 600});
    put(room);
    for (int i = 0; i < 700; ++i)
        say(u"tea"_s);
    m_queue->tick(start);
    Fault fault{.commitsUntil = 1}; // the round's own is fine
    bool isOn = false;
    begin([&](Database &database) {
        if (!std::exchange(isOn, true))
            fault.on(database);
    });
    finish();
    QVERIFY(fault.isThere);
    QCOMPARE(m_outcomes.size(), 701U);
    QVERIFY(std::all_of(m_outcomes.begin(), m_outcomes.end(),
                        [](const WriteOutcome &outcome) { return outcome.result.ok(); }));
    QCOMPARE(number("SELECT count(*) FROM items"), 700);
}

/// What a commit may have left in the log is not there any more when the next one is made.
void TestWriter::doubtIsWrittenOver()
{
    put(room);
    put(otherRoom);
    Fault fault{.commitsUntil = 0};
    bool isOn = false;
    begin([&](Database &database) {
        if (!std::exchange(isOn, true))
            fault.on(database);
    });
    finish();
    QCOMPARE(m_outcomes.at(0).result.error().code, ErrorCode::Unconfirmed);
    QVERIFY(m_outcomes.at(1).result.ok());
    QCOMPARE(number("SELECT generation FROM store"), 1);
    QCOMPARE(number("SELECT count(*) FROM rooms"), 1);
}

void TestWriter::whatIsGivenTogetherIsOneTransaction()
{
    m_queue = std::make_unique<WriteQueue>(QueueBounds{});
    int commits = 0;
    begin([&commits](Database &) { ++commits; });
    put(room);
    for (int i = 0; i < 50; ++i)
        say(u"tea"_s);
    wish([](Wishes &wishes) { wishes.addRead(ann, room, 3); });
    m_wishesDone.acquire();
    finish();
    QCOMPARE(commits, 1);
    QCOMPARE(number("SELECT count(*) FROM items"), 50);
}

/// Large transactions follow each other, so that nobody ever has time.
void TestWriter::indexKeepsPace()
{
    m_queue = std::make_unique<WriteQueue>(QueueBounds{});
    begin();
    put(room);
    for (int i = 0; i < 3000; ++i)
        say(QString(100, u'x'));
    finish();
    QCOMPARE(number("SELECT count(*) FROM items"), 3000);
    QVERIFY(number("SELECT last_item - indexed FROM store") < 1000);
}

void TestWriter::wishesComeBehindJobs()
{
    put(room);
    put(otherRoom);
    wish([](Wishes &wishes) { wishes.forgotten.insert(otherRoom); });
    wish([](Wishes &wishes) { wishes.addRead(ann, room, 3); });
    begin();
    finish();
    QCOMPARE(number("SELECT count(*) FROM rooms"), 1);
    QCOMPARE(number("SELECT seq FROM positions"), 3);
}

void TestWriter::positionWaitsForItsRoom()
{
    wish([](Wishes &wishes) { wishes.addRead(ann, room, 3); });
    wish([](Wishes &wishes) { wishes.addRead(ann, otherRoom, 4); });
    begin();
    m_wishesDone.acquire();
    wish([](Wishes &wishes) { wishes.forgotten.insert(otherRoom); });
    m_wishesDone.acquire();
    put(room);
    put(otherRoom);
    finish();
    QCOMPARE(number("SELECT seq FROM positions"), 3);
    QCOMPARE(number("SELECT count(*) FROM positions"), 1);
}

/// What is said there was not said for want of the store, not of the room.
void TestWriter::roomThatCouldNotBePut()
{
    put(room);
    m_queue->cancelUpTo(m_ticket);
    say(u"tea"_s);
    put(room);
    say(u"tea"_s);
    begin();
    finish();
    QCOMPARE(m_outcomes.at(0).result.error().code, ErrorCode::StoreUnavailable);
    QVERIFY(m_outcomes.at(2).result.ok());
}

void TestWriter::logIsSavedBetweenRounds()
{
    m_queue = std::make_unique<WriteQueue>(QueueBounds{.rowsAtOnce = 100});
    put(room);
    for (int i = 0; i < 9000; ++i)
        say(QString(4000, u'x')); // 36 MB
    qint64 largest = 0;
    begin([&](Database &) {
        largest = std::max(largest, QFileInfo(m_file->path() + u"-wal"_s).size());
    });
    finish();
    QCOMPARE(number("SELECT count(*) FROM items"), 9000);
    QVERIFY2(largest > 4'000'000 && largest < 8'000'000, QByteArray::number(largest));
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestWriter)
#include "tst_writer.moc"
