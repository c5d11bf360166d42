#include "gui-client/link/alarm.h"

#include <QTimer>

namespace teahouse::client {

namespace {

class TimerAlarm : public Alarm
{
public:
    explicit TimerAlarm(std::function<void()> rang)
    {
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, std::move(rang));
    }

    void start(std::chrono::milliseconds delay) override { m_timer.start(delay); }
    void stop() override { m_timer.stop(); }
    bool isActive() const override { return m_timer.isActive(); }

private:
    QTimer m_timer;
};

} // namespace

AlarmFactory eventLoopAlarms()
{
    return [](std::function<void()> rang) { return std::make_unique<TimerAlarm>(std::move(rang)); };
}

} // namespace teahouse::client
