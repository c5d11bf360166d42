#include "shared/mentions.h"

#include "shared/limits.h"
#include "shared/names.h"
#include "shared/wordborders.h"

#include <QVarLengthArray>

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
/// And how many more inside runs of letters without blanks.
constexpr int foldingsInside = 100;

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

bool isNamePart(QStringView text, qsizetype at)
{
    const char16_t unit = text.at(at).unicode();
    return unit < folded.size() ? folded[unit] != 0 : isLetterBeyondAscii(text, at);
}

/// Letters that are already as a folded name has them: Chinese, Kana, Korean syllables, Thai and
/// Lao. A mark behind one of the others is none of them.
bool isTheSameFolded(char16_t unit)
{
    return (unit >= 0x4E00 && unit < 0xA000) || (unit >= 0x3400 && unit < 0x4DC0)
            || (unit >= 0x3041 && unit < 0x3097) || (unit >= 0x30A1 && unit < 0x30FD)
            || (unit >= 0xAC00 && unit < 0xD7A4) || (unit >= 0x0E00 && unit < 0x0F00);
}

/// What could be one name, at one place of a text. Nearly all of it is ASCII or Chinese, which is
/// folded without the library.
class Run
{
public:
    Run(QStringView text, qsizetype from)
    {
        const QStringView rest = text.sliced(from).first(std::min(longest, text.size() - from));
        quint8 seen = 0;
        qsizetype size = 0;
        qsizetype plain = 0;
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
                if (plain == size && isTheSameFolded(unit))
                    m_folded[static_cast<size_t>(size)] = unit;
                else
                    continue;
            }
            plain += plain == size ? 1 : 0;
        }
        m_hasSigns = (seen & sign) != 0;
        m_text = rest.first(size);
        m_plain = plain;
    }

    qsizetype size() const { return m_text.size(); }
    /// Whether there are signs among the letters and digits, before which a name may end.
    bool hasSigns() const { return m_hasSigns; }

    /// Who has the first so many as a name. `budget` is what is left of the foldings.
    quint64 find(qsizetype length, const Named &named, int &budget) const
    {
        if (length <= m_plain)
            return named(QStringView(m_folded.data(), length));
        return --budget < 0 ? 0 : named(foldedName(m_text.first(length)));
    }

private:
    QStringView m_text;
    std::array<char16_t, static_cast<size_t>(longest)> m_folded; // the first m_plain
    qsizetype m_plain = 0;
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

/// Finds names inside a run of letters that is written without blanks: `请ann看一下`. What may be a
/// name is looked up first, which costs next to nothing; only where somebody has that name is it
/// asked whether it stands there as a word.
class Inside
{
public:
    /// `run`: letters, digits, marks and signs.
    explicit Inside(QStringView run) : m_run(run), m_borders(run), m_folded(run.size())
    {
        for (qsizetype i = 0; i < run.size(); ++i) {
            const char16_t unit = run.at(i).unicode();
            m_folded[i] = unit < folded.size() ? folded[unit] & ~sign : unit;
        }
    }

    /// Whose name begins at `at` and where it ends; nobody: 0.
    Meant meantAt(qsizetype at, const Named &named, int &budget)
    {
        if (!m_borders.mayBegin(at))
            return {0, at};
        const qsizetype plain = plainFrom(at);
        // Characters of two units are looked for in names of half as many.
        qsizetype end = std::min(at + limits::name, m_run.size());
        for (; end > at; --end) {
            if (!m_borders.mayEnd(end))
                continue;
            const quint64 user = find(at, end, end <= plain ? nullptr : &budget, named);
            if (user != 0 && m_borders.isWord(at, end))
                return {user, end};
        }
        return {0, at};
    }

private:
    /// Up to where all is as in a folded name. Asked for one place after the other.
    qsizetype plainFrom(qsizetype at)
    {
        m_plain = std::max(m_plain, at);
        while (m_plain < m_run.size() && isPlain(m_run.at(m_plain).unicode()))
            ++m_plain;
        return m_plain;
    }

    static bool isPlain(char16_t unit) { return unit < folded.size() || isTheSameFolded(unit); }

    /// `budget`: null where nothing has to be folded by the library.
    quint64 find(qsizetype from, qsizetype end, int *budget, const Named &named) const
    {
        if (!budget)
            return named(QStringView(m_folded.data() + from, end - from));
        return --*budget < 0 ? 0 : named(foldedName(m_run.sliced(from, end - from)));
    }

    QStringView m_run;
    WordBorders m_borders;
    QVarLengthArray<char16_t, 128> m_folded;
    qsizetype m_plain = 0;
};

/// Goes through a text, and notes whom it means.
class Search
{
public:
    Search(QStringView text, const Named &named) : m_text(text), m_named(named) { }

    QList<quint64> run()
    {
        while (m_at < m_text.size() && wantsMore()) {
            if (isWordPart(m_text, m_at))
                takeWord();
            else
                ++m_at;
        }
        return m_users;
    }

private:
    bool wantsMore() const { return m_users.size() < limits::mentions; }

    void note(quint64 user)
    {
        if (user != 0 && !m_users.contains(user))
            m_users.append(user);
    }

    /// The letters, digits and marks from here on; or, where there are some without blanks, all up
    /// to what can be in no name.
    void takeWord()
    {
        measure();
        const Meant meant = meantAt(m_text, m_at, m_named, m_budget);
        note(meant.user);
        if (m_isDense)
            return lookInside(meant.user != 0 ? meant.end : m_at);
        m_at = std::max(meant.end, m_at);
        while (m_at < m_text.size() && isWordPart(m_text, m_at))
            ++m_at;
    }

    /// How far the letters and signs reach, and of what kind they are.
    void measure()
    {
        if (m_at < m_end)
            return;
        m_isDense = false;
        for (m_end = m_at; m_end < m_text.size() && isNamePart(m_text, m_end); ++m_end) {
            const QChar unit = m_text.at(m_end);
            m_isDense = m_isDense
                    || (unit.unicode() >= folded.size() && WordBorders::isDense(unit));
        }
    }

    void lookInside(qsizetype from)
    {
        Inside inside(m_text.sliced(m_at, m_end - m_at));
        for (qsizetype at = from - m_at; at < m_end - m_at && wantsMore();) {
            const Meant meant = inside.meantAt(at, m_named, m_budgetInside);
            note(meant.user);
            at = meant.user != 0 ? meant.end : at + 1;
        }
        m_at = m_end;
    }

    QStringView m_text;
    const Named &m_named;
    QList<quint64> m_users;
    int m_budget = foldings;
    int m_budgetInside = foldingsInside;
    qsizetype m_at = 0;
    qsizetype m_end = 0; ///< of the letters and signs that were measured
    bool m_isDense = false;
};

} // namespace

QList<quint64> mentionedIn(QStringView text, const Named &named)
{
    return Search(text, named).run();
}

} // namespace teahouse
