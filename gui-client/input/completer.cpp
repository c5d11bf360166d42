#include "gui-client/input/completer.h"

#include "gui-client/input/slashcommand.h"
#include "shared/names.h"

#include <algorithm>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

/// Words that begin at the same place.
struct Found
{
    qsizetype start = 0;
    QStringList choices;
};

bool isBlank(QChar c)
{
    return c.isSpace();
}

/// Whether blanks are not customary beside it.
bool isIdeographic(QChar c)
{
    switch (c.script()) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
        return true;
    default:
        return false;
    }
}

/// Whether a name may begin behind this character in the middle of a word.
bool mayBeginBehind(QChar c)
{
    return isIdeographic(c) || (!c.isLetterOrNumber() && !c.isMark() && !c.isSurrogate());
}

QStringList beginningWith(const QStringList &words, QStringView begin)
{
    const QString folded = foldedName(begin);
    QStringList found;
    std::copy_if(words.cbegin(), words.cend(), std::back_inserter(found),
                 [&folded](const QString &word) { return foldedName(word).startsWith(folded); });
    return found;
}

/// The names that begin with what stands before the end of `line`, and where. Tries the whole word
/// first.
Found findNames(const QStringList &names, QStringView line)
{
    const auto blank = std::find_if(line.crbegin(), line.crend(), isBlank);
    const qsizetype word = line.crend() - blank;
    for (qsizetype start = word; start <= line.size(); ++start) {
        const QStringView begin = line.mid(start);
        if (start > word && (begin.isEmpty() || !mayBeginBehind(line.at(start - 1))))
            continue;
        const QStringList found = beginningWith(names, begin);
        if (!found.isEmpty())
            return {start, found};
    }
    return {word, {}};
}

QStringList withEnd(QStringList words, const QString &end)
{
    for (QString &word : words)
        word += end;
    return words;
}

/// Somebody's name in what is said.
Found completeSpeech(const KnownNames &known, QStringView before)
{
    const qsizetype line = before.lastIndexOf(u'\n') + 1;
    Found found = findNames(known.people, before.mid(line));
    found.start += line;
    found.choices = withEnd(found.choices, found.start == line ? u": "_s : u" "_s);
    return found;
}

QStringList commands(const KnownNames &known)
{
    QStringList names;
    for (const SlashRow &row : slashCommands()) {
        if (isPossible(row.verb, known.server))
            names.append(QLatin1StringView(row.name)
                         + (row.takes == SlashRow::Takes::Nothing ? QString() : u" "_s));
    }
    return names;
}

QStringList targets(const KnownNames &known, SlashRow::Names names)
{
    switch (names) {
    case SlashRow::Names::Nothing:
        break;
    case SlashRow::Names::Person:
        return known.people;
    case SlashRow::Names::Ignored:
        return known.ignored;
    case SlashRow::Names::Room:
        return known.rooms;
    }
    return {};
}

/// An argument of a command; `argument` is where its arguments begin.
Found completeArgument(const KnownNames &known, const SlashRow &row, QStringView before,
                       qsizetype argument)
{
    using Takes = SlashRow::Takes;
    const QStringView given = before.mid(argument);
    const auto blank = std::find_if(given.cbegin(), given.cend(), isBlank);
    const bool isFirst = blank == given.cend();
    const bool isTarget = row.takes >= Takes::Target && isFirst;
    QStringList words;
    QString end = u" "_s;
    if (isTarget) {
        words = targets(known, row.names);
        if (row.takes == Takes::Target)
            end.clear();
    } else if (row.words[0] != '\0') {
        // There is but one such word, behind the name where the command takes one.
        const bool isBehind = row.takes >= Takes::Target;
        const QStringView text = isBehind ? given.mid(blank - given.cbegin()).trimmed() : given;
        if (std::none_of(text.cbegin(), text.cend(), isBlank))
            words = QString::fromLatin1(row.words).split(u' ');
        end.clear();
    } else if (row.takes != Takes::Nothing && row.takes != Takes::Target
               && row.names != SlashRow::Names::Room) {
        words = known.people;
    }
    Found found = findNames(words, given);
    found.start += argument;
    found.choices = withEnd(found.choices, end);
    return found;
}

Found complete(const KnownNames &known, QStringView before)
{
    const auto text = std::find_if_not(before.cbegin(), before.cend(), isBlank);
    const qsizetype slash = text - before.cbegin();
    const bool isCommand = text != before.cend() && isSlash(*text)
            && (slash + 1 == before.size() || !isSlash(before.at(slash + 1)));
    if (!isCommand)
        return completeSpeech(known, before);
    const auto nameEnd = std::find_if(text, before.cend(), isBlank);
    const QStringView name = before.mid(slash + 1, nameEnd - text - 1);
    if (nameEnd == before.cend())
        return {slash + 1, beginningWith(commands(known), name)};
    const auto argument = std::find_if_not(nameEnd, before.cend(), isBlank);
    const SlashRow *row = findSlash(name);
    if (!row || !isPossible(row->verb, known.server))
        return {};
    return completeArgument(known, *row, before, argument - before.cbegin());
}

} // namespace

std::optional<Completer::Edit> Completer::next(const QString &text, qsizetype cursor)
{
    if (!goesOn(text, cursor) && !begin(text, cursor))
        return std::nullopt;
    m_chosen = (m_chosen + 1) % m_choices.size();
    m_before = text.left(m_start) + m_choices.at(m_chosen);
    return Edit{m_start, m_choices.at(m_chosen)};
}

bool Completer::begin(const QString &text, qsizetype cursor)
{
    m_choices.clear();
    if (!m_source)
        return false;
    const Found found = complete(m_source(), QStringView(text).left(cursor));
    if (found.choices.isEmpty())
        return false;
    m_start = found.start;
    m_behind = text.mid(cursor);
    m_choices = found.choices;
    if (m_behind.startsWith(u' ')) {
        for (QString &choice : m_choices)
            choice = choice.trimmed();
    }
    m_choices.append(text.mid(m_start, cursor - m_start));
    m_chosen = -1;
    return true;
}

bool Completer::isWanted(const QString &text, qsizetype cursor) const
{
    return m_source && cursor > 0 && (goesOn(text, cursor) || !text.at(cursor - 1).isSpace());
}

/// Whether the text is as the last completion has left it, and there was more than one.
bool Completer::goesOn(const QString &text, qsizetype cursor) const
{
    return m_choices.size() > 2 && text.left(cursor) == m_before && text.mid(cursor) == m_behind;
}

} // namespace teahouse::client
