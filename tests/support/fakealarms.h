#pragma once

#include "gui-client/link/alarm.h"

#include <QList>

#include <memory>

namespace teahouse::test {

/// Alarms on a clock that stands still until advance().
class FakeAlarms
{
public:
    client::AlarmFactory factory();

    /// Lets time pass; alarms ring in the order they are due.
    void advance(std::chrono::milliseconds time);

    struct State;

private:
    std::shared_ptr<State> m_state;
};

} // namespace teahouse::test
