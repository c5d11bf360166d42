#pragma once

#include "server/app/argon2.h"
#include "server/core/passwords.h"
#include "server/store/arrivals.h"
#include "shared/limits.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace teahouse::server {

/// Threads that make and compare hashes, so that the loop never waits for one. Whose turn it is
/// core decides (PasswordDesk), which asks for as many at once as there are threads; at most so
/// many wait here. The executor tells the outcomes.
class PasswordPool : public Passwords
{
public:
    static constexpr int threads = limits::hashesAtOnce;
    static constexpr qsizetype mostWaiting = 64; ///< half a minute of work

    /// The executor must take tasks from any thread, and outlive the pool.
    explicit PasswordPool(Executor &executor, const HashCost &cost = HashCost::interactive());
    /// What waits is dropped; what is being worked on is waited for.
    ~PasswordPool() override;
    Q_DISABLE_COPY_MOVE(PasswordPool)

    void hash(const QString &password, std::function<void(Result<QByteArray>)> then) override;
    void verify(const QString &password, const QByteArray &hash,
                std::function<void(Result<bool>)> then) override;

private:
    using Job = std::function<void()>;

    /// Tells `refuse` when too many wait.
    void add(Job job, const std::function<void(Error)> &refuse);
    void run();

    HashCost m_cost;
    Arrivals m_arrivals;
    std::mutex m_mutex; ///< guards everything below
    std::condition_variable m_changed;
    std::deque<Job> m_jobs;
    bool m_isClosing = false;
    std::vector<std::thread> m_threads;
};

} // namespace teahouse::server
