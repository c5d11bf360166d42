#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace teahouse::bench {

/// What a message says about itself: `#@NNNNNNNNN:TTTTTTTTTTTTTTTTTTT` and dots, so that a line of
/// the floor has 64 bytes with its end.
struct Stamp
{
    uint32_t number = 0; ///< of the message in its load
    int64_t sentAt = 0;  ///< steadyNs()
};

/// How many characters of the text the stamp itself has; the rest are dots.
constexpr size_t stampSize = 2 + 9 + 1 + 19;

std::string toText(const Stamp &stamp);

/// Finds the stamp in a line of any protocol. False: the line is no message of ours.
bool findStamp(std::string_view line, Stamp &stamp);

} // namespace teahouse::bench
