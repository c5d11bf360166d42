#include "server/store/completionqueue.h"

#include <utility>

namespace teahouse::server {

CompletionQueue::CompletionQueue(Executor &executor) : m_executor(executor) { }

void CompletionQueue::add(std::function<void()> completion)
{
    m_waiting->push_back(std::move(completion));
    if (m_waiting->size() == 1)
        m_executor.post([waiting = std::weak_ptr(m_waiting)] { run(waiting); });
}

void CompletionQueue::run(const std::weak_ptr<Batch> &waiting)
{
    Batch batch;
    if (const auto queue = waiting.lock())
        batch = std::exchange(*queue, {});
    for (const auto &completion : batch) {
        // A continuation may destroy the store; the others are dropped then.
        if (waiting.expired())
            return;
        completion();
    }
}

} // namespace teahouse::server
