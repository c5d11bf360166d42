#include "server/app/passwordpool.h"

#include <csignal>
#include <utility>

namespace teahouse::server {

namespace {

/// When it makes sense to come again to a full pool, in milliseconds.
constexpr int comeAgain = 1000;

/// Signals are the main thread's.
void blockAllSignals()
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

} // namespace

PasswordPool::PasswordPool(Executor &executor, const HashCost &cost)
    : m_cost(cost), m_arrivals(executor)
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { run(); });
}

PasswordPool::~PasswordPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
        m_jobs.clear();
        m_changed.notify_all();
    }
    for (std::thread &thread : m_threads)
        thread.join();
}

void PasswordPool::hash(const QString &password, std::function<void(Result<QByteArray>)> then)
{
    add(
            [this, password, then] {
                const QByteArray hash = hashPassword(password, m_cost);
                m_arrivals.add([then, hash] {
                    then(hash.isEmpty() ? Result<QByteArray>(Error{.code = ErrorCode::Internal})
                                        : Result<QByteArray>(hash));
                });
            },
            then);
}

void PasswordPool::verify(const QString &password, const QByteArray &hash,
                          std::function<void(Result<bool>)> then)
{
    add(
            [this, password, hash, then] {
                const bool isRight = verifyPassword(password, hash, m_cost);
                m_arrivals.add([then, isRight] { then(isRight); });
            },
            then);
}

void PasswordPool::add(Job job, const std::function<void(Error)> &refuse)
{
    const std::lock_guard lock(m_mutex);
    if (std::ssize(m_jobs) >= mostWaiting) {
        m_arrivals.add(
                [refuse] { refuse(Error{.code = ErrorCode::SlowDown, .retryMs = comeAgain}); });
        return;
    }
    m_jobs.push_back(std::move(job));
    m_changed.notify_one();
}

void PasswordPool::run()
{
    blockAllSignals();
    while (true) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_isClosing || !m_jobs.empty(); });
            if (m_isClosing)
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        job();
    }
}

} // namespace teahouse::server
