#pragma once

#include "shared/limits.h"

namespace teahouse::server {

/// So many at once, then so many a second.
struct FloodRate
{
    int burst = 1;
    int perSecond = 1;
};

/// How much may come in before it has to wait.
struct FloodSettings
{
    bool isOn = true;
    FloodRate messages = {limits::messageBurst, limits::messagesPerSecond}; ///< of a session
    FloodRate queries = {limits::queryBurst, limits::queriesPerSecond};     ///< all other requests
    /// How many times the rate of messages all share who have no name, of one address.
    int addressTimes = limits::addressTimes;
    FloodRate frames = {limits::frameBurst,
                        limits::framesPerSecond}; ///< of a connection, of any kind
    FloodRate kibibytes = {limits::inputBurst, limits::inputPerSecond}; ///< of a connection
};

} // namespace teahouse::server
