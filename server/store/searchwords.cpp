#include "server/store/searchwords.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestIndexed = 64; ///< code units of a word in the index
constexpr int shortestBeginning = 3;     ///< code points before a `*`
constexpr qsizetype mostTerms = 32;      ///< of one query; the words behind them do not count
constexpr int mostMarks = 8;             ///< on one letter; those behind them do not count

enum class Letter { None, Spaced, Unspaced, Symbol };

bool isUnspaced(UScriptCode script)
{
    switch (script) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
        return true;
    default:
        return false;
    }
}

/// What stands in several scripts (the sound mark of Kana, for instance) has none of its own.
bool isUnspaced(char32_t c)
{
    if (c < 0x0E00) // Thai is the first of them
        return false;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED)
        return isUnspaced(script);
    return uscript_hasScript(static_cast<UChar32>(c), USCRIPT_HAN)
            || uscript_hasScript(static_cast<UChar32>(c), USCRIPT_KATAKANA);
}

/// Emoji, also those that ICU's Unicode does not know yet, and symbols that mean something by
/// themselves, which modifiers (skin colours among them) do not.
bool isSymbol(char32_t c, uint32_t kind)
{
    constexpr uint32_t symbols = U_GC_SO_MASK | U_GC_SC_MASK | U_GC_SM_MASK;
    return (kind & symbols) != 0
            || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EXTENDED_PICTOGRAPHIC);
}

Letter letter(char32_t c)
{
    if (c < 0x80) {
        const bool isWord = (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9');
        return isWord ? Letter::Spaced : Letter::None;
    }
    constexpr uint32_t inWords = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
    const uint32_t kind = U_MASK(u_charType(static_cast<UChar32>(c)));
    if ((kind & inWords) == 0)
        return isSymbol(c, kind) ? Letter::Symbol : Letter::None;
    return isUnspaced(c) ? Letter::Unspaced : Letter::Spaced;
}

QString normalized(const UNormalizer2 *normalizer, const QString &text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto *source = reinterpret_cast<const UChar *>(text.utf16());
    const auto size = static_cast<int32_t>(text.size());
    QString result(text.size() * 2 + 32, Qt::Uninitialized);
    for (int attempt = 0; attempt < 2; ++attempt) {
        status = U_ZERO_ERROR;
        const int32_t length = unorm2_normalize(normalizer, source, size,
                                                reinterpret_cast<UChar *>(result.data()),
                                                static_cast<int32_t>(result.size()), &status);
        if (status != U_BUFFER_OVERFLOW_ERROR) {
            result.truncate(U_FAILURE(status) ? 0 : length);
            return result;
        }
        result.resize(length);
    }
    return {};
}

struct Point
{
    char32_t character = 0;
    qsizetype units = 1;
};

Point pointAt(QStringView text, qsizetype i)
{
    const bool isPair = text.at(i).isHighSurrogate() && i + 1 < text.size()
            && text.at(i + 1).isLowSurrogate();
    if (isPair)
        return {QChar::surrogateToUcs4(text.at(i), text.at(i + 1)), 2};
    return {text.at(i).unicode(), 1};
}

/// A text without the marks that do not count. To bring a run of marks into order takes the square
/// of its length, which is why Unicode has a limit like this, too (Unicode Standard Annex #15, 13
/// "Stream-Safe Text Format").
QString withFewMarks(const UNormalizer2 *normalizer, QStringView text)
{
    QString few;
    few.reserve(text.size());
    int marks = 0;
    for (qsizetype i = 0; i < text.size();) {
        const Point point = pointAt(text, i);
        const auto c = static_cast<UChar32>(point.character);
        marks = unorm2_hasBoundaryBefore(normalizer, c) != 0 ? 0 : marks + 1;
        if (marks <= mostMarks)
            few.append(text.sliced(i, point.units));
        i += point.units;
    }
    return few;
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c < QChar(0x80); });
}

/// Without letter case, compatibility forms and accents, but not yet cut into words.
QString folded(QStringView text)
{
    if (isAscii(text))
        return text.toString().toLower();
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *caseFolding = unorm2_getNFKCCasefoldInstance(&status);
    const UNormalizer2 *apart = unorm2_getNFDInstance(&status);
    const UNormalizer2 *together = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status))
        return text.toString().toLower();
    const QString few = withFewMarks(caseFolding, text);
    QString letters = normalized(apart, normalized(caseFolding, few));
    letters.removeIf([](QChar c) { return c >= QChar(0x0300) && c <= QChar(0x036F); });
    return normalized(together, letters);
}

struct Word
{
    qsizetype begin = 0;
    qsizetype end = 0;
    Letter letters = Letter::None;
    int points = 0;
};

/// The words of a folded text in order.
QList<Word> wordsOf(const QString &text)
{
    QList<Word> words;
    Letter last = Letter::None;
    for (qsizetype i = 0; i < text.size();) {
        const Point point = pointAt(text, i);
        const qsizetype next = i + point.units;
        const Letter kind = letter(point.character);
        if (kind != Letter::None) {
            if (kind != last)
                words.append({.begin = i, .end = i, .letters = kind});
            words.last().end = next;
            ++words.last().points;
        }
        last = kind;
        i = next;
    }
    return words;
}

/// The search form of ASCII, which has neither pieces nor marks nor compatibility forms.
QString asciiForm(QStringView text)
{
    QString form(text.size() + 2, Qt::Uninitialized);
    QChar *end = form.data();
    *end++ = u' ';
    for (const QChar c : text) {
        const QChar small = c >= u'A' && c <= u'Z' ? QChar(c.unicode() + (u'a' - u'A')) : c;
        if (letter(small.unicode()) == Letter::Spaced)
            *end++ = small;
        else if (end[-1] != u' ')
            *end++ = u' ';
    }
    if (end[-1] != u' ')
        *end++ = u' ';
    const qsizetype size = end - form.constData();
    form.truncate(size > 1 ? size : 0);
    return form;
}

/// The characters of a piece, each with its surrogates.
QStringList characters(QStringView piece)
{
    QStringList list;
    for (const QChar c : piece) {
        if (c.isLowSurrogate() && !list.isEmpty())
            list.last().append(c);
        else
            list.append(QString(c));
    }
    return list;
}

bool isPiece(QStringView word)
{
    return letter(pointAt(word, 0).character) > Letter::Spaced;
}

QString quoted(QStringView word)
{
    return u"\"%1\""_s.arg(word.left(longestIndexed));
}

/// Any word that begins so.
QString anyOf(const QString &beginning, const SearchWords::WordsWith &wordsWith)
{
    QStringList words = wordsWith(beginning.left(longestIndexed));
    if (words.isEmpty())
        return quoted(beginning) + u" *"_s;
    for (QString &word : words)
        word = quoted(word);
    return u'(' + words.join(u" OR "_s) + u')';
}

} // namespace

QString searchForm(QStringView text)
{
    if (isAscii(text))
        return asciiForm(text);
    const QString letters = folded(text);
    QString form;
    form.reserve(letters.size() + 2);
    for (const Word &word : wordsOf(letters)) {
        if (form.isEmpty())
            form.append(u' ');
        form.append(QStringView(letters).sliced(word.begin, word.end - word.begin)).append(u' ');
    }
    return form;
}

QString indexWords(const QString &form)
{
    QString result;
    result.reserve(form.size());
    const auto words = QStringView(form).tokenize(u' ', Qt::SkipEmptyParts);
    for (const QStringView word : words) {
        if (!isPiece(word)) {
            result.append(word.left(longestIndexed)).append(u' ');
            continue;
        }
        QString previous;
        for (const QString &character : characters(word)) {
            result.append(character).append(u' ');
            if (!previous.isEmpty())
                result.append(previous).append(character).append(u' ');
            previous = character;
        }
    }
    return result;
}

SearchWords::SearchWords(QStringView text)
{
    const QString letters = folded(text);
    const QList<Word> words = wordsOf(letters);
    for (const Word &word : words) {
        Term term{Term::Kind::Word, letters.sliced(word.begin, word.end - word.begin)};
        const bool isOpen = &word == &words.last()
                || (word.end < letters.size() && letters.at(word.end) == u'*');
        if (word.letters != Letter::Spaced)
            term.kind = Term::Kind::Piece;
        else if (isOpen && word.points >= shortestBeginning)
            term.kind = Term::Kind::Beginning;
        if (m_terms.size() < mostTerms)
            m_terms.append(std::move(term));
    }
}

bool SearchWords::match(const QString &form) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [&form](const Term &term) {
        switch (term.kind) {
        case Term::Kind::Word:
            return form.contains(u' ' + term.text + u' ');
        case Term::Kind::Beginning:
            return form.contains(u' ' + term.text);
        case Term::Kind::Piece:
            break;
        }
        return form.contains(term.text);
    });
}

Error SearchWords::emptyError()
{
    return {.code = ErrorCode::BadRequest,
            .subject = u"enter a word, a number or an emoji to search for, other signs are not "
                       "found"_s};
}

QString SearchWords::indexQuery(const WordsWith &wordsWith) const
{
    QStringList query;
    for (const Term &term : m_terms) {
        if (term.kind != Term::Kind::Piece) {
            query.append(term.kind == Term::Kind::Word ? quoted(term.text)
                                                       : anyOf(term.text, wordsWith));
            continue;
        }
        const QStringList parts = characters(term.text);
        if (parts.size() == 1)
            query.append(quoted(parts.first()));
        for (qsizetype i = 1; i < parts.size(); ++i)
            query.append(quoted(parts.at(i - 1) + parts.at(i)));
    }
    query.removeDuplicates();
    return query.join(u" AND "_s);
}

QString searchRules()
{
    std::array<uint8_t, U_MAX_VERSION_LENGTH> version = {};
    u_getUnicodeVersion(version.data());
    return u"3 %1.%2"_s.arg(version.at(0)).arg(version.at(1));
}

} // namespace teahouse::server
