#include "server/store/arrivals.h"

namespace teahouse::server {

void Arrivals::add(std::function<void()> task)
{
    const std::lock_guard lock(m_waiting->mutex);
    m_waiting->tasks.push_back(std::move(task));
    if (m_waiting->tasks.size() == 1)
        m_executor.post([waiting = std::weak_ptr(m_waiting)] { run(waiting); });
}

void Arrivals::run(const std::weak_ptr<Waiting> &waiting)
{
    std::vector<std::function<void()>> tasks;
    if (const auto arrivals = waiting.lock()) {
        const std::lock_guard lock(arrivals->mutex);
        tasks.swap(arrivals->tasks);
    }
    for (const auto &task : tasks) {
        // A task may destroy what the others would go to.
        if (waiting.expired())
            return;
        task();
    }
}

} // namespace teahouse::server
