#pragma once

#include "server/core/executor.h"

#include <deque>
#include <functional>

namespace teahouse::server {

/// An Executor that does nothing until it is told to.
class ManualExecutor : public Executor
{
public:
    void post(std::function<void()> task) override { m_tasks.push_back(std::move(task)); }

    int waiting() const { return static_cast<int>(m_tasks.size()); }

    /// Runs all tasks, those that come meanwhile too.
    void run()
    {
        while (!m_tasks.empty()) {
            const std::function<void()> task = std::move(m_tasks.front());
            m_tasks.pop_front();
            task();
        }
    }

private:
    std::deque<std::function<void()>> m_tasks;
};

} // namespace teahouse::server
