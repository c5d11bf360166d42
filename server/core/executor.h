#pragma once

#include <functional>

namespace teahouse::server {

/// Runs tasks later, on the thread that core lives on, in the order they were given and never
/// inside post(), which any thread may call. The way in which answers of a Store come back.
class Executor
{
public:
    virtual ~Executor() = default;
    virtual void post(std::function<void()> task) = 0;
};

} // namespace teahouse::server
