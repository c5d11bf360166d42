#pragma once

#include <QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace teahouse::server {

/// Where tasks of other threads arrive in the thread that this lives in, to be run there by its
/// event loop, in order. Destroying it drops those that wait.
class Arrivals : public QObject
{
public:
    /// To be called by any thread.
    void add(std::function<void()> task);

protected:
    void customEvent(QEvent *event) override;

private:
    std::mutex m_mutex; ///< guards m_tasks
    std::vector<std::function<void()>> m_tasks;
};

} // namespace teahouse::server
