#pragma once

#include "tests/bench/load.h"

namespace teahouse::bench {

/// How long both programs of `folder` take to start: the server until it says `ready`, the client
/// until its window is on a screen of its own (left out without Xvfb and xdotool).
void addStartUps(Loads &loads, const std::filesystem::path &folder);

} // namespace teahouse::bench
