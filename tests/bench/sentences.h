#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace teahouse::bench {

/// Makes messages as people write them, as far as a search index is concerned: some thousand words,
/// of which few make up most of what is said; now and then a message is Chinese. The same seed
/// makes the same messages.
class Sentences
{
public:
    static constexpr size_t words = 5000;
    static constexpr size_t chineseWords = 3000;

    explicit Sentences(uint64_t seed);

    /// About 60 characters, 25 of Chinese. UTF-8, nothing that JSON would escape.
    std::string next();

    /// The words by rank, the most frequent first; no rank has another's word.
    static std::string word(size_t rank);

    /// Two characters.
    static std::string chineseWord(size_t rank);
    static std::string chineseCharacter(size_t rank);

    /// A number below `end`.
    size_t below(size_t end) { return m_random() % end; }

private:
    /// Ranks, of which the n-th is drawn as often as 1/n.
    class Ranks
    {
    public:
        explicit Ranks(size_t count);
        size_t draw(std::mt19937_64 &random) const;

    private:
        std::vector<double> m_sums;
    };

    std::mt19937_64 m_random;
    Ranks m_words{words};
    Ranks m_chinese{chineseWords};
};

} // namespace teahouse::bench
