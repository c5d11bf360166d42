#pragma once

#include "server/core/executor.h"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace teahouse::server {

/// Where tasks of other threads arrive in the executor's, to be run there in order. Destroying it,
/// in that thread and when no other one adds to it any more, drops those that wait.
class Arrivals
{
public:
    /// The executor must take tasks from any thread, and outlive this.
    explicit Arrivals(Executor &executor) : m_executor(executor) { }

    /// To be called by any thread.
    void add(std::function<void()> task);

private:
    struct Waiting
    {
        std::mutex mutex; ///< guards tasks
        std::vector<std::function<void()>> tasks;
    };

    static void run(const std::weak_ptr<Waiting> &waiting);

    Executor &m_executor;
    /// Shared with nobody: a posted task only looks whether this still exists.
    std::shared_ptr<Waiting> m_waiting = std::make_shared<Waiting>();
};

} // namespace teahouse::server
