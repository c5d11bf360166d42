#include "server/store/reader.h"
#include "tests/server/store/sqliterig.h"

#include <QSemaphore>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr RoomId room = 7;
constexpr int messages = 500;

} // namespace

/// The reader beside a store that has something to read.
class TestReader : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void cancelledSearchesDoNotStopReading();
    void cancelsUpToATicket();
    void soMuchMayWait();
    void searchesForNothing();

private:
    void settle();
    ReadOutcome next();
    static ReadJob page(quint64 ticket) { return {ticket, PageRequest{.room = room, .limit = 1}}; }
    static ReadJob search(quint64 ticket, const QString &text)
    {
        return {ticket, SearchRequest{.rooms = {room}, .text = text, .limit = 1}};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    ManualExecutor m_executor;
    std::unique_ptr<SqliteStore> m_store;
    UnkeptRooms m_unkept;
    std::mutex m_mutex;
    std::deque<ReadOutcome> m_outcomes; ///< guarded by m_mutex
    QSemaphore m_told;                  ///< of m_outcomes
    QSemaphore m_goesOn;                ///< the reader waits for it after each job
    std::unique_ptr<Reader> m_reader;
};

/// Every message has both pairs of three characters that stand in none of them.
void TestReader::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = openStore(m_folder->path(), m_executor, [] { return qint64(1'700'000'000'000); });
    m_store->putRoom({.id = room, .name = u"tea"_s}, {});
    Item item;
    item.from = u"ann"_s;
    item.text = u"\u559D\u676F \u676F\u8336"_s;
    for (int i = 0; i < messages; ++i)
        m_store->append({room, 1, {}, item}, [](const Result<Appended> &) {});
    settle();
    m_store->tick();
    settle();
    m_reader = std::make_unique<Reader>(m_folder->filePath(u"teahouse.db"_s), m_unkept,
                                        [this](ReadOutcome outcome) {
                                            {
                                                const std::lock_guard lock(m_mutex);
                                                m_outcomes.push_back(std::move(outcome));
                                            }
                                            m_told.release();
                                            m_goesOn.acquire();
                                        });
}

void TestReader::cleanup()
{
    m_goesOn.release(1'000'000);
    m_reader.reset();
    m_goesOn.acquire(m_goesOn.available());
    m_told.acquire(m_told.available());
    m_outcomes.clear();
    m_store.reset();
    m_executor.run();
}

void TestReader::settle()
{
    do {
        waitALittle();
        m_executor.run();
    } while (!m_store->isIdle());
}

ReadOutcome TestReader::next()
{
    m_told.acquire();
    const std::lock_guard lock(m_mutex);
    ReadOutcome outcome = std::move(m_outcomes.front());
    m_outcomes.pop_front();
    return outcome;
}

/// Wherever the interrupt meets the search.
void TestReader::cancelledSearchesDoNotStopReading()
{
    m_goesOn.release(1000);
    for (quint64 ticket = 1; ticket < 100; ticket += 2) {
        QVERIFY(m_reader->add(search(ticket, u"\u559D\u676F\u8336"_s)));
        for (quint64 i = 0; i < ticket; ++i)
            QThread::yieldCurrentThread();
        m_reader->cancelUpTo(ticket);
        QVERIFY(m_reader->add(page(ticket + 1)));
        ReadOutcome outcome = next();
        if (outcome.ticket == ticket) // it had begun
            outcome = next();
        QCOMPARE(outcome.ticket, ticket + 1);
        const auto *answer = std::get_if<LogPage>(&outcome.answer);
        QVERIFY(answer);
        QCOMPARE(answer->items.last().seq, quint64(messages));
    }
}

void TestReader::cancelsUpToATicket()
{
    QVERIFY(m_reader->add(page(1)));
    QCOMPARE(next().ticket, 1U); // the reader waits
    for (quint64 ticket = 2; ticket <= 9; ++ticket)
        QVERIFY(m_reader->add(ticket % 2 == 0 ? page(ticket) : search(ticket, u"tea"_s)));
    m_reader->cancelUpTo(6);
    m_goesOn.release(1000);
    for (const quint64 ticket : {7U, 8U, 9U})
        QCOMPARE(next().ticket, ticket);
}

void TestReader::soMuchMayWait()
{
    QVERIFY(m_reader->add(page(1)));
    QCOMPARE(next().ticket, 1U); // the reader waits
    for (qsizetype i = 0; i < Reader::mostWaiting; ++i)
        QVERIFY(m_reader->add(page(quint64(i) + 2)));
    const auto more = quint64(Reader::mostWaiting) + 2;
    QVERIFY(!m_reader->add(page(more)));
    QVERIFY(!m_reader->add(search(more, u"tea"_s)));
    m_reader->cancelUpTo(2);
    QVERIFY(m_reader->add(search(more, u"tea"_s)));
    QVERIFY(!m_reader->add(page(more + 1)));
    m_reader->cancelUpTo(more);
}

void TestReader::searchesForNothing()
{
    m_goesOn.release(1000);
    QVERIFY(m_reader->add(search(1, u"!?"_s)));
    const ReadOutcome outcome = next();
    QCOMPARE(std::get<Error>(outcome.answer).code, ErrorCode::BadRequest);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestReader)
#include "tst_reader.moc"
