#include "shared/mentions.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <algorithm>
#include <array>

namespace teahouse {

namespace {

/// Code units that a name can have at most: two for each of its characters.
constexpr qsizetype longest = 2 * limits::name;
/// How many shorter readings of `a.b.c` are tried, so that a hostile text is not costly.
constexpr int readings = 8;
/// How many readings of one message are folded by the library, for the same reason: some 5 us each.
constexpr int foldings = 300;

char32_t characterAt(QStringView text, qsizetype at)
{
    const QChar c = text.at(at);
    if (c.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate())
        return QChar::surrogateToUcs4(c, text.at(at + 1));
    if (c.isLowSurrogate() && at > 0 && text.at(at - 1).isHighSurrogate())
        return QChar::surrogateToUcs4(text.at(at - 1), c);
    return c.unicode();
}

/// What ASCII characters are in a folded name; 0: no part of one.
constexpr quint8 sign = 0x80; ///< added to what a name can have besides letters and digits
constexpr std::array<quint8, 0x80> folded = [] {
    std::array<quint8, 0x80> characters = {};
    for (quint8 c = '0'; c <= '9'; ++c)
        characters.at(c) = c;
    for (quint8 c = 'a'; c <= 'z'; ++c)
        characters.at(c) = characters.at(c - 'a' + 'A') = c;
    for (const quint8 c : {'-', '_', '.'})
        characters.at(c) = c | sign;
    return characters;
}();

bool isLetterBeyondAscii(QStringView text, qsizetype at)
{
    const char32_t c = characterAt(text, at);
    return QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

/// Letters, digits and marks.
bool isWordPart(QStringView text, qsizetype at)
{
    const char16_t unit = text.at(at).unicode();
    return unit < folded.size() ? folded[unit] != 0 && folded[unit] < sign
                                : isLetterBeyondAscii(text, at);
}

/// What could be one name, at one place of a text. Nearly all of it is ASCII, which is folded
/// without the library.
class Run
{
public:
    Run(QStringView text, qsizetype from)
    {
        const QStringView rest = text.sliced(from).first(std::min(longest, text.size() - from));
        quint8 seen = 0;
        qsizetype size = 0;
        for (; size < rest.size(); ++size) {
            const char16_t unit = rest.at(size).unicode();
            if (unit < folded.size()) {
                if (folded[unit] == 0)
                    break;
                seen |= folded[unit];
                m_folded[static_cast<size_t>(size)] = folded[unit] & ~sign;
            } else {
                if (!isLetterBeyondAscii(text, from + size))
                    break;
                m_isAscii = false;
            }
        }
        m_hasSigns = (seen & sign) != 0;
        m_text = rest.first(size);
    }

    qsizetype size() const { return m_text.size(); }
    /// Whether there are signs among the letters and digits, before which a name may end.
    bool hasSigns() const { return m_hasSigns; }

    /// Who has the first so many as a name. `budget` is what is left of the foldings.
    quint64 find(qsizetype length, const Named &named, int &budget) const
    {
        if (m_isAscii)
            return named(QStringView(m_folded.data(), length));
        return --budget < 0 ? 0 : named(foldedName(m_text.first(length)));
    }

private:
    QStringView m_text;
    std::array<char16_t, static_cast<size_t>(longest)> m_folded; // while it is all ASCII
    bool m_isAscii = true;
    bool m_hasSigns = false;
};

/// The user whose name begins at `from`, and up to where that is looked at; nobody: 0.
struct Meant
{
    quint64 user = 0;
    qsizetype end = 0;
};

Meant meantAt(QStringView text, qsizetype from, const Named &named, int &budget)
{
    const bool addressed = from > 0 && text.at(from - 1) == u'@';
    const Run run(text, from);
    // Without signs in it a word is a name as a whole, or none.
    const bool asWhole = !addressed && !run.hasSigns();
    int tried = 0;
    for (qsizetype length = run.size(); length > 0 && tried < readings; --length) {
        const qsizetype cut = from + length;
        const bool alone = cut == text.size() || !isWordPart(text, cut);
        if (addressed || alone) {
            tried += addressed ? 0 : 1;
            if (const quint64 user = run.find(length, named, budget))
                return {user, cut};
        }
        if (asWhole)
            return {0, cut};
    }
    return {0, from};
}

} // namespace

QList<quint64> mentionedIn(QStringView text, const Named &named)
{
    QList<quint64> users;
    int budget = foldings;
    qsizetype at = 0;
    while (at < text.size() && users.size() < limits::mentions) {
        if (!isWordPart(text, at)) {
            ++at;
            continue;
        }
        const Meant meant = meantAt(text, at, named, budget);
        if (meant.user != 0 && !users.contains(meant.user))
            users.append(meant.user);
        at = meant.end;
        while (at < text.size() && isWordPart(text, at))
            ++at;
    }
    return users;
}

} // namespace teahouse
