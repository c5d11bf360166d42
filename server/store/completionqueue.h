#pragma once

#include "server/core/executor.h"

#include <functional>
#include <memory>
#include <vector>

namespace teahouse::server {

/// Calls continuations later and in order: all that are added before the executor comes round
/// share one posted task. Destroying the queue drops those not yet called.
class CompletionQueue
{
public:
    /// The executor must outlive the queue.
    explicit CompletionQueue(Executor &executor);

    /// Calls `completion` from a task of the executor, never before add() has returned.
    void add(std::function<void()> completion);

private:
    using Batch = std::vector<std::function<void()>>;

    static void run(const std::weak_ptr<Batch> &waiting);

    Executor &m_executor;
    /// Shared with nobody: a posted task only looks whether the queue still exists.
    std::shared_ptr<Batch> m_waiting = std::make_shared<Batch>();
};

} // namespace teahouse::server
