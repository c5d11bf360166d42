#pragma once

#include "shared/reply.h"

#include <functional>

namespace teahouse::client {

/// How a request ended.
struct Outcome
{
    enum class Kind {
        Answered, ///< `answer` holds what the server said
        Refused,  ///< `error` and `text`
        Lost,     ///< the connection ended first; whether it was carried out is not known
    };

    Kind kind = Kind::Lost;
    Answer answer = {};
    Error error = {};
    QString text = {}; ///< with Refused: the server's own sentence

    /// The answer as one of the types it may have; nothing when it is another, or none.
    template <typename T>
    const T *as() const
    {
        return kind == Kind::Answered ? std::get_if<T>(&answer) : nullptr;
    }
};

using OutcomeHandler = std::function<void(const Outcome &)>;

} // namespace teahouse::client
