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

/// Letters, digits and marks.
bool isWordPart(QStringView text, qsizetype at)
{
    const char16_t unit = text.at(at).unicode();
    if (unit < 0x80)
        return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z')
                || (unit >= u'0' && unit <= u'9');
    const char32_t c = characterAt(text, at);
    return QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

bool isNamePart(QStringView text, qsizetype at)
{
    const QChar c = text.at(at);
    return c == u'-' || c == u'_' || c == u'.' || isWordPart(text, at);
}

/// Folds the readings of one place; nearly all texts are ASCII, which needs no library.
class Folder
{
public:
    explicit Folder(QStringView run) : m_run(run)
    {
        for (qsizetype i = 0; i < run.size(); ++i) {
            const char16_t unit = run.at(i).unicode();
            m_isAscii = m_isAscii && unit < 0x80;
            m_lower[static_cast<size_t>(i)] = unit >= u'A' && unit <= u'Z'
                    ? static_cast<char16_t>(unit + 0x20)
                    : unit;
        }
    }

    /// `budget` is what is left of the foldings.
    quint64 find(qsizetype length, const Named &named, int &budget) const
    {
        if (m_isAscii)
            return named(QStringView(m_lower.data(), length));
        return --budget < 0 ? 0 : named(foldedName(m_run.first(length)));
    }

private:
    QStringView m_run;
    std::array<char16_t, static_cast<size_t>(longest)> m_lower{};
    bool m_isAscii = true;
};

/// The user whose name begins at `from`, and where it ends; nobody: 0.
struct Meant
{
    quint64 user = 0;
    qsizetype end = 0;
};

Meant meantAt(QStringView text, qsizetype from, const Named &named, int &budget)
{
    const bool addressed = from > 0 && text.at(from - 1) == u'@';
    qsizetype end = from;
    while (end < text.size() && end - from < longest && isNamePart(text, end))
        ++end;
    const Folder folder(text.sliced(from, end - from));
    int tried = 0;
    for (qsizetype cut = end; cut > from && tried < readings; --cut) {
        const bool alone = cut == text.size() || !isWordPart(text, cut);
        if (!addressed && !alone)
            continue;
        tried += addressed ? 0 : 1;
        if (const quint64 user = folder.find(cut - from, named, budget))
            return {user, cut};
    }
    return {};
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
        at = std::max(at, meant.end);
        while (at < text.size() && isWordPart(text, at))
            ++at;
    }
    return users;
}

} // namespace teahouse
