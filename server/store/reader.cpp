#include "server/store/reader.h"

#include "server/store/auditreader.h"
#include "server/store/logreader.h"
#include "server/store/searcher.h"
#include "server/store/storelog.h"

#include <utility>

#include <sqlite3.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

template <typename... Kinds>
struct Overloaded : Kinds...
{
    using Kinds::operator()...;
};
template <typename... Kinds>
Overloaded(Kinds...) -> Overloaded<Kinds...>;

} // namespace

/// The connection with its statements, made anew when it has failed.
class Reader::Connection
{
public:
    Connection(const QString &path, const UnkeptRooms &unkept)
        : m_database(path, Database::Mode::Read), m_log((setUp(), m_database), unkept),
          m_searcher(m_database), m_audit(m_database)
    {
    }

    Database &database() { return m_database; }
    LogReader &log() { return m_log; }
    Searcher &searcher() { return m_searcher; }
    AuditReader &audit() { return m_audit; }

private:
    void setUp() { m_database.run("PRAGMA cache_size = -32768"); } // KiB

    Database m_database;
    LogReader m_log;
    Searcher m_searcher;
    AuditReader m_audit;
};

Reader::Reader(QString path, const UnkeptRooms &unkept, HandOver handOver,
               std::optional<FileIdentity> identity)
    : m_path(std::move(path)), m_unkept(unkept), m_handOver(std::move(handOver)),
      m_identity(identity), m_faults(m_path, "cannot read"), m_thread([this] { run(); })
{
}

Reader::~Reader()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
        m_changed.notify_one();
        if (m_running != 0 && m_connection)
            m_connection->database().interrupt();
    }
    m_thread.join();
}

bool Reader::add(ReadJob job)
{
    const std::lock_guard lock(m_mutex);
    if (std::ssize(m_jobs) >= mostWaiting)
        return false;
    m_jobs.push_back(std::move(job));
    m_changed.notify_one();
    return true;
}

void Reader::cancelUpTo(quint64 ticket)
{
    const std::lock_guard lock(m_mutex);
    if (m_running != 0 && m_running <= ticket && m_connection)
        m_connection->database().interrupt();
    std::erase_if(m_jobs, [ticket](const ReadJob &job) { return job.ticket <= ticket; });
}

void Reader::run()
{
    blockSignals();
    ReadJob job;
    while (take(job))
        m_handOver(carryOut(job));
    m_connection.reset();
}

/// Waits for the next job. False: the reader is closing.
bool Reader::take(ReadJob &job)
{
    std::unique_lock lock(m_mutex);
    m_running = 0;
    m_changed.wait(lock, [this] { return m_isClosing || !m_jobs.empty(); });
    if (m_isClosing)
        return false;
    job = std::move(m_jobs.front());
    m_jobs.pop_front();
    m_running = job.ticket;
    return true;
}

ReadOutcome Reader::carryOut(const ReadJob &job)
{
    ReadOutcome outcome{.ticket = job.ticket, .answer = Error{}};
    const auto take = [&outcome]<typename T>(Result<T> result) {
        if (result.ok())
            outcome.answer = *std::move(result);
        else
            outcome.answer = result.error();
    };
    try {
        connect();
        std::visit(Overloaded{[&](const PageRequest &request) {
                                  outcome.answer = m_connection->log().page(request);
                              },
                              [&](const UnreadRequest &request) {
                                  outcome.answer = m_connection->log().unread(request.whose,
                                                                              request.ranges);
                              },
                              [&](const SearchRequest &request) {
                                  take(m_connection->searcher().find(request));
                              },
                              [&](const AuditRequest &request) {
                                  outcome.answer = m_connection->audit().page(request);
                              }},
                   job.what);
        // An interrupt can also meet the end of the transaction.
        if (m_connection->database().isInTransaction())
            disconnect();
    } catch (const DatabaseError &error) {
        outcome.answer = Error{.code = ErrorCode::StoreUnavailable};
        if (!error.isInterrupted())
            m_faults.note(error);
        disconnect();
        return outcome;
    }
    m_faults.noteWorking("reading works again");
    return outcome;
}

void Reader::connect()
{
    if (m_connection)
        return;
    if (m_identity && FileIdentity::of(m_path) != m_identity)
        throw DatabaseError{.code = SQLITE_READONLY_DBMOVED,
                            .text = u"another file has taken its place, or none has"_s};
    auto connection = std::make_unique<Connection>(m_path, m_unkept);
    const std::lock_guard lock(m_mutex);
    m_connection = std::move(connection);
}

/// The next job gets a connection without a past.
void Reader::disconnect()
{
    const std::lock_guard lock(m_mutex);
    m_connection.reset();
}

} // namespace teahouse::server
