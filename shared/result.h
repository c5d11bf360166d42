#pragma once

#include "shared/error.h"

#include <utility>
#include <variant>

namespace teahouse {

/// What an operation without a value of its own gives when it succeeds.
struct Done
{
    bool operator==(const Done &) const = default;
};

/// A value, or the reason why there is none: for everything that may fail in operation.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::move(value)) { }
    Result(Error error) : m_state(std::move(error)) { }

    bool ok() const { return std::holds_alternative<T>(m_state); }
    explicit operator bool() const { return ok(); }

    /// The value; only when ok().
    const T &value() const { return std::get<T>(m_state); }
    T &value() { return std::get<T>(m_state); }
    const T &operator*() const { return value(); }
    const T *operator->() const { return &value(); }

    /// The reason; only when not ok().
    const Error &error() const { return std::get<Error>(m_state); }

private:
    std::variant<T, Error> m_state;
};

} // namespace teahouse
