#pragma once

#include "server/core/executor.h"

#include <deque>
#include <functional>
#include <mutex>

namespace teahouse::server {

/// An Executor that does nothing until it is told to.
class ManualExecutor : public Executor
{
public:
    void post(std::function<void()> task) override
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }

    int waiting() const
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(m_tasks.size());
    }

    /// Runs all tasks, those that come meanwhile too.
    void run()
    {
        while (const auto task = take())
            task();
    }

private:
    std::function<void()> take()
    {
        const std::lock_guard lock(m_mutex);
        if (m_tasks.empty())
            return nullptr;
        std::function<void()> task = std::move(m_tasks.front());
        m_tasks.pop_front();
        return task;
    }

    mutable std::mutex m_mutex; ///< guards m_tasks
    std::deque<std::function<void()>> m_tasks;
};

} // namespace teahouse::server
