#include "tests/bench/stamp.h"

#include <cstddef>
#include <cstring>

namespace teahouse::bench {

namespace {

constexpr size_t numberDigits = 9;
constexpr size_t timeDigits = 19;
static_assert(stampSize == 2 + numberDigits + 1 + timeDigits);
constexpr size_t textSize = 63;

void putDigits(std::string &text, int64_t value, size_t digits)
{
    const size_t begin = text.size();
    text.append(digits, '0');
    for (size_t i = begin + digits; i > begin && value > 0; value /= 10)
        text[--i] = static_cast<char>('0' + value % 10);
}

int64_t readDigits(const char *at, size_t digits)
{
    int64_t value = 0;
    for (size_t i = 0; i < digits; ++i)
        value = value * 10 + (at[i] - '0');
    return value;
}

} // namespace

std::string toText(const Stamp &stamp)
{
    std::string text = "#@";
    text.reserve(textSize);
    putDigits(text, stamp.number, numberDigits);
    text += ':';
    putDigits(text, stamp.sentAt, timeDigits);
    text.resize(textSize, '.');
    return text;
}

bool findStamp(std::string_view line, Stamp &stamp)
{
    const char *at = line.data();
    const char *end = at + line.size();
    while (end - at >= static_cast<std::ptrdiff_t>(stampSize)) {
        at = static_cast<const char *>(std::memchr(at, '#', static_cast<size_t>(end - at)));
        if (!at || end - at < static_cast<std::ptrdiff_t>(stampSize))
            return false;
        if (at[1] == '@') {
            stamp.number = static_cast<uint32_t>(readDigits(at + 2, numberDigits));
            stamp.sentAt = readDigits(at + 3 + numberDigits, timeDigits);
            return true;
        }
        ++at;
    }
    return false;
}

} // namespace teahouse::bench
