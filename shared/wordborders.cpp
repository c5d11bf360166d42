#include "shared/wordborders.h"

#include <QChar>

#include <algorithm>
#include <array>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace teahouse {

namespace {

constexpr std::array honorifics = {u"님", u"씨", u"이"};
constexpr std::array particles = {
        u"은",   u"는",   u"이",   u"가",     u"을",     u"를",   u"의",   u"에",   u"도",
        u"만",   u"와",   u"과",   u"야",     u"아",     u"로",   u"으로", u"께",   u"께서",
        u"에게", u"한테", u"에서", u"에게서", u"한테서", u"랑",   u"이랑", u"하고", u"나",
        u"이나", u"부터", u"까지", u"보다",   u"처럼",   u"마다", u"조차", u"밖에"};

bool isParticle(QStringView text)
{
    return text.isEmpty() || std::any_of(particles.begin(), particles.end(), [text](auto *one) {
               return text == QStringView(one);
           });
}

/// 가은을 or 님께: what a Korean name may have behind it.
bool isEnding(QStringView text)
{
    return isParticle(text) || std::any_of(honorifics.begin(), honorifics.end(), [text](auto *one) {
               return text.startsWith(QStringView(one))
                       && isParticle(text.sliced(QStringView(one).size()));
           });
}

} // namespace

WordBorders::WordBorders(QStringView run) : m_run(run)
{
    m_kinds.reserve(run.size());
    for (qsizetype i = 0; i < run.size(); ++i) {
        const QChar unit = run.at(i);
        if (unit.unicode() < 0x80) {
            m_kinds.append(unit.isLetterOrNumber() ? Kind::Spaced : Kind::Sign);
        } else if (unit.isHighSurrogate() && i + 1 < run.size() && run.at(i + 1).isLowSurrogate()) {
            m_kinds.append(kindOf(QChar::surrogateToUcs4(unit, run.at(++i))));
            m_kinds.append(Kind::Attached);
        } else {
            m_kinds.append(kindOf(unit.unicode()));
        }
    }
    m_borders.resize(run.size() + 1);
    for (qsizetype at = 0; at <= run.size(); ++at)
        m_borders[at] = borderAt(at);
}

bool WordBorders::isDense(QChar unit)
{
    // The planes of rare Chinese characters begin with the surrogate U+D840.
    const char16_t u = unit.unicode();
    if (u < 0x0E00)
        return false;
    if (unit.isSurrogate())
        return u >= 0xD840 && u < 0xD8C0;
    const Kind kind = kindOf(u);
    return kind == Kind::Dense || kind == Kind::Korean;
}

WordBorders::Kind WordBorders::kindOf(char32_t letter)
{
    const auto c = static_cast<UChar32>(letter);
    if ((U_MASK(u_charType(c)) & U_GC_M_MASK) != 0)
        return Kind::Attached;
    if (letter == 0x30FC || letter == 0xFF70) // the length mark of Kana belongs to no script
        return Kind::Dense;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
        return Kind::Dense;
    case USCRIPT_HANGUL:
        return Kind::Korean;
    default:
        return Kind::Spaced;
    }
}

WordBorders::Border WordBorders::borderAt(qsizetype at) const
{
    if (at <= 0 || at >= m_run.size())
        return Border::Certain;
    if (m_kinds[at] == Kind::Attached)
        return Border::None;
    qsizetype base = at - 1;
    while (base > 0 && m_kinds[base] == Kind::Attached)
        --base;
    if (m_kinds[base] != m_kinds[at])
        return Border::Certain;
    return m_kinds[at] == Kind::Spaced ? Border::None : Border::Asked;
}

/// Whether Korean goes on there: a name begins at no such place, and ends there before a particle.
bool WordBorders::isInKorean(qsizetype at) const
{
    return before(at) == Border::Asked && m_kinds[at] == Kind::Korean;
}

bool WordBorders::isWord(qsizetype from, qsizetype to)
{
    const bool begins = mayBegin(from) && isBorder(from);
    return begins && mayEnd(to) && (isInKorean(to) ? isBeforeParticle(from, to) : isBorder(to));
}

bool WordBorders::isBorder(qsizetype at)
{
    if (before(at) == Border::Certain)
        return true;
    if (m_boundaries.isEmpty())
        segment();
    return m_boundaries[at];
}

/// A name of one syllable is taken for none: `나는` is "I".
bool WordBorders::isBeforeParticle(qsizetype from, qsizetype at) const
{
    qsizetype end = at;
    while (end < m_run.size() && m_kinds[end] == Kind::Korean)
        ++end;
    return at - from > 1 && isEnding(m_run.sliced(at, end - at));
}

void WordBorders::segment()
{
    m_boundaries.resize(m_run.size() + 1);
    std::fill(m_boundaries.begin(), m_boundaries.end(), false);
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, "", m_run.utf16(),
                                      static_cast<int32_t>(m_run.size()), &status);
    if (U_FAILURE(status))
        return; // without ICU's data nothing is a word
    for (int32_t at = ubrk_first(words); at != UBRK_DONE; at = ubrk_next(words))
        m_boundaries[at] = true;
    ubrk_close(words);
}

} // namespace teahouse
