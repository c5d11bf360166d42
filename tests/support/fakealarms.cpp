#include "tests/support/fakealarms.h"

#include <algorithm>

namespace teahouse::test {

using std::chrono::milliseconds;

namespace {
class FakeAlarm;
}

struct FakeAlarms::State
{
    milliseconds now{0};
    QList<FakeAlarm *> alarms;
};

namespace {

class FakeAlarm : public client::Alarm
{
public:
    FakeAlarm(std::shared_ptr<FakeAlarms::State> state, std::function<void()> rang)
        : m_state(std::move(state)), m_rang(std::move(rang))
    {
        m_state->alarms.append(this);
    }
    ~FakeAlarm() override { m_state->alarms.removeOne(this); }

    void start(milliseconds delay) override
    {
        m_due = m_state->now + delay;
        m_active = true;
    }
    void stop() override { m_active = false; }
    bool isActive() const override { return m_active; }

    milliseconds due() const { return m_due; }
    void ring()
    {
        m_active = false;
        m_rang();
    }

private:
    std::shared_ptr<FakeAlarms::State> m_state;
    std::function<void()> m_rang;
    milliseconds m_due{0};
    bool m_active = false;
};

/// The active alarm that is due first, if it is by `time`.
FakeAlarm *nextDue(const QList<FakeAlarm *> &alarms, milliseconds time)
{
    FakeAlarm *next = nullptr;
    for (FakeAlarm *alarm : alarms) {
        if (alarm->isActive() && alarm->due() <= time && (!next || alarm->due() < next->due()))
            next = alarm;
    }
    return next;
}

} // namespace

client::AlarmFactory FakeAlarms::factory()
{
    if (!m_state)
        m_state = std::make_shared<State>();
    return [state = m_state](std::function<void()> rang) {
        return std::make_unique<FakeAlarm>(state, std::move(rang));
    };
}

void FakeAlarms::advance(milliseconds time)
{
    const milliseconds end = m_state->now + time;
    while (FakeAlarm *alarm = nextDue(m_state->alarms, end)) {
        m_state->now = std::max(m_state->now, alarm->due());
        alarm->ring();
    }
    m_state->now = end;
}

} // namespace teahouse::test
