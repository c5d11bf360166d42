#include "server/store/arrivals.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace teahouse::server {

void Arrivals::add(std::function<void()> task)
{
    const std::lock_guard lock(m_mutex);
    m_tasks.push_back(std::move(task));
    if (m_tasks.size() == 1)
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void Arrivals::customEvent(QEvent *)
{
    std::vector<std::function<void()>> tasks;
    {
        const std::lock_guard lock(m_mutex);
        tasks.swap(m_tasks);
    }
    for (const auto &task : tasks)
        task();
}

} // namespace teahouse::server
