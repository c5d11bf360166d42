#pragma once

#include "server/core/store.h"
#include "server/store/database.h"
#include "server/store/faultlog.h"
#include "server/store/filehold.h"
#include "server/store/unkeptrooms.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>

namespace teahouse::server {

/// What is asked of the reader.
struct UnreadRequest
{
    UnreadFor whose;
    QList<UnreadRange> ranges;
};
struct ReadJob
{
    quint64 ticket = 0;
    std::variant<PageRequest, UnreadRequest, SearchRequest, AuditRequest> what;
};

/// Its answer: of the same kind, or why there is none.
struct ReadOutcome
{
    quint64 ticket = 0;
    std::variant<Error, LogPage, QList<Unread>, FoundPage, AuditPage> answer;
};

/// A thread that reads, with a connection of its own, so that it never waits for the writer.
class Reader
{
public:
    static constexpr qsizetype mostWaiting = 10'000; ///< jobs

    /// Told on the reader's thread.
    using HandOver = std::function<void(ReadOutcome)>;

    /// `path` is an opened database; with an identity, no other file under this name is read. The
    /// rooms must outlive the reader.
    Reader(QString path, const UnkeptRooms &unkept, HandOver handOver,
           std::optional<FileIdentity> identity = {});

    /// Interrupts what runs and waits for the thread.
    ~Reader();
    Q_DISABLE_COPY_MOVE(Reader)

    /// False: too much waits already.
    bool add(ReadJob job);

    /// Nobody waits any more for the answers of all jobs up to a ticket. One that runs is
    /// interrupted; its answer comes all the same.
    void cancelUpTo(quint64 ticket);

private:
    class Connection;

    void run();
    bool take(ReadJob &job);
    ReadOutcome carryOut(const ReadJob &job);
    void connect();
    void disconnect();

    QString m_path;
    const UnkeptRooms &m_unkept;
    HandOver m_handOver;
    std::optional<FileIdentity> m_identity;
    std::unique_ptr<Connection> m_connection; ///< the thread's; m_mutex guards the pointer
    FaultLog m_faults;                        ///< the thread's

    std::mutex m_mutex; ///< guards everything below
    std::condition_variable m_changed;
    std::deque<ReadJob> m_jobs;
    quint64 m_running = 0; ///< the ticket; 0: nothing runs
    bool m_isClosing = false;
    std::thread m_thread;
};

} // namespace teahouse::server
