#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace teahouse::client {

/// A timer that rings once. Behind an interface so that tests need not wait for time to pass.
class Alarm
{
public:
    virtual ~Alarm() = default;

    /// Rings after `delay`, in place of any earlier setting.
    virtual void start(std::chrono::milliseconds delay) = 0;
    virtual void stop() = 0;
    virtual bool isActive() const = 0;
};

/// Makes an alarm that calls `rang`. The alarm's owner is alive whenever it is called.
using AlarmFactory = std::function<std::unique_ptr<Alarm>(std::function<void()> rang)>;

/// Alarms on Qt's event loop.
AlarmFactory eventLoopAlarms();

} // namespace teahouse::client
