#include "tests/bench/sentences.h"

#include <algorithm>
#include <array>

namespace teahouse::bench {

namespace {

constexpr size_t length = 60;
constexpr size_t chineseLength = 25;
constexpr size_t chineseShare = 7; ///< every seventh message

constexpr std::array syllables = {"ka", "to", "mi", "re", "su", "no", "la", "fe", "di", "pa",
                                  "ru", "ve", "gi", "bo", "he", "za", "lu", "wi", "qe", "jo"};
constexpr size_t firstCharacter = 0x4E00;
constexpr size_t characters = 1500;

std::string utf8(size_t point)
{
    return {static_cast<char>(0xE0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3F)),
            static_cast<char>(0x80 | (point & 0x3F))};
}

} // namespace

Sentences::Ranks::Ranks(size_t count)
{
    double sum = 0;
    for (size_t rank = 1; rank <= count; ++rank)
        m_sums.push_back(sum += 1.0 / static_cast<double>(rank));
}

size_t Sentences::Ranks::draw(std::mt19937_64 &random) const
{
    const double place = std::uniform_real_distribution(0.0, m_sums.back())(random);
    const auto found = std::upper_bound(m_sums.begin(), m_sums.end(), place);
    return std::min<size_t>(static_cast<size_t>(found - m_sums.begin()), m_sums.size() - 1);
}

Sentences::Sentences(uint64_t seed) : m_random(seed) { }

std::string Sentences::next()
{
    const bool isChinese = below(chineseShare) == 0;
    std::string text;
    if (isChinese) {
        const size_t wanted = 3 * (chineseLength / 2 + below(chineseLength));
        while (text.size() < wanted)
            text += chineseWord(m_chinese.draw(m_random));
        return text;
    }
    const size_t wanted = length / 2 + below(length);
    while (text.size() < wanted) {
        if (!text.empty())
            text += ' ';
        text += word(m_words.draw(m_random));
    }
    return text;
}

/// Frequent ones are short.
std::string Sentences::word(size_t rank)
{
    std::string text;
    for (size_t left = rank + 1; left > 0; left /= syllables.size())
        text += syllables[left % syllables.size()];
    return text;
}

std::string Sentences::chineseWord(size_t rank)
{
    return chineseCharacter(rank * 7 % characters) + chineseCharacter(rank * 11 % characters + 1);
}

std::string Sentences::chineseCharacter(size_t rank)
{
    return utf8(firstCharacter + rank);
}

} // namespace teahouse::bench
