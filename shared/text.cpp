#include "shared/text.h"

#include <QChar>
#include <QStringDecoder>

#include <algorithm>

#include <unicode/uchar.h>

namespace teahouse {

namespace {

// escape  = csi / string / title / shift / other
// csi     = ( ESC "[" / %x9B ) ( "[" %x20-7E          the function keys of Linux' console
//                              / *%x30-3F *%x20-2F %x40-7E )
// string  = ( ESC ( "]" / "P" / "X" / "^" / "_" ) / %x9D / %x90 / %x98 / %x9E / %x9F )
//           *( any but ESC, BEL, CAN, SUB, %x9C ) [ BEL / ESC "\" / %x9C ]
// title   = ESC "k" *( as in string ) ( ESC "\" / %x9C )
// shift   = ( ESC ( "N" / "O" ) / %x8E / %x8F ) *%x30-3F %x20-7E
// other   = ESC *%x20-2F %x30-7E
// ECMA-48, 5.3 to 5.6, and the lists of xterm, screen and Linux' console. Whatever does not belong
// to a sequence ends it and is itself again; so does the end of a line.

constexpr char16_t bel = 0x07;
constexpr char16_t cancel = 0x18;
constexpr char16_t substitute = 0x1A;
constexpr char16_t escape = 0x1B;
constexpr char16_t stringEnd = 0x9C;

bool isLineEnd(char32_t c)
{
    return c == u'\n' || c == u'\r' || c == 0x2028 || c == 0x2029;
}

bool isC1(char16_t c)
{
    return c >= 0x80 && c < 0xA0;
}

/// One escape sequence at the beginning of a text.
class EscapeSequence
{
public:
    explicit EscapeSequence(QStringView text) : m_text(text) { }

    /// Its length in code units; 0 when there is none.
    qsizetype length()
    {
        if (m_text.isEmpty() || (m_text[0] != escape && !isC1(m_text[0].unicode())))
            return 0;
        const char16_t introducer = takeIntroducer();
        if (introducer == u'[')
            takeControl();
        else if (QStringView(u"]PX^_").contains(introducer))
            takeString();
        else if (introducer == u'k')
            takeTitle();
        else if (introducer == u'N' || introducer == u'O')
            takeShifted();
        return m_end;
    }

private:
    /// The letter behind ESC that says what follows; 0 for what ends with it. A character of C1 is
    /// ESC and a letter in one.
    char16_t takeIntroducer()
    {
        m_end = 1;
        if (m_text[0] != escape)
            return m_text[0].unicode() - 0x40;
        const qsizetype behind = m_end;
        skip(0x20, 0x2F);
        const bool isDesignation = m_end > behind;
        if (!isNext(0x30, 0x7E))
            return 0;
        const char16_t letter = m_text[m_end++].unicode();
        return isDesignation ? 0 : letter;
    }
    void takeControl()
    {
        if (isNext(u'[', u'[')) {
            ++m_end;
            takeOne(0x20, 0x7E);
            return;
        }
        skip(0x30, 0x3F);
        skip(0x20, 0x2F);
        takeOne(0x40, 0x7E);
    }
    void takeString() { m_end = endOfString(m_end).end; }
    void takeTitle()
    {
        const StringEnd found = endOfString(m_end);
        if (found.isEnded)
            m_end = found.end;
    }
    void takeShifted()
    {
        skip(0x30, 0x3F);
        takeOne(0x20, 0x7E);
    }

    struct StringEnd
    {
        qsizetype end;
        bool isEnded; ///< by what ends a string
    };
    StringEnd endOfString(qsizetype at) const
    {
        for (; at < m_text.size(); ++at) {
            const char16_t c = m_text[at].unicode();
            if (c == bel || c == stringEnd)
                return {at + 1, true};
            if (c == escape) {
                const bool isEnd = at + 1 < m_text.size() && m_text[at + 1] == u'\\';
                return {isEnd ? at + 2 : at, isEnd};
            }
            if (c == cancel || c == substitute || isLineEnd(c))
                break;
        }
        return {at, false};
    }
    bool isNext(char16_t first, char16_t last) const
    {
        return m_end < m_text.size() && m_text[m_end] >= first && m_text[m_end] <= last;
    }
    void takeOne(char16_t first, char16_t last) { m_end += isNext(first, last) ? 1 : 0; }
    void skip(char16_t first, char16_t last)
    {
        while (isNext(first, last))
            ++m_end;
    }

    QStringView m_text;
    qsizetype m_end = 0;
};

/// Whether a character that Unicode calls a format character is seen, or does something that is.
bool isUsefulFormat(char32_t c)
{
    constexpr char32_t nonJoiner = 0x200C;
    constexpr char32_t joiner = 0x200D;
    constexpr char32_t annotations = 0xFFF9;
    constexpr char32_t annotationsEnd = 0xFFFB;
    if (c == nonJoiner || c == joiner)
        return true;
    // Of those that are not invisible: signs before Arabic numbers, joints of hieroglyphs.
    return !u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT)
            && (c < annotations || c > annotationsEnd);
}

bool isPlainAscii(char16_t u)
{
    return u >= 0x20 && u < 0x7F;
}

/// Whether a code unit is a whole character that is shown as it is. Of those that are, nearly all.
bool isPlain(char16_t u)
{
    return isPlainAscii(u) || (u >= 0xA0 && u < 0x600 && u != 0xAD) || (u >= 0x2010 && u < 0x2028)
            || (u >= 0x2030 && u < 0x2060) || (u >= 0x2E80 && u < 0xD800);
}

/// Each text that comes and goes passes here several times.
qsizetype plainLength(QStringView text)
{
    const char16_t *at = text.utf16();
    const char16_t *const end = at + text.size();
    while (at != end && (isPlainAscii(*at) || isPlain(*at)))
        ++at;
    return at - text.utf16();
}

enum class LineEnds { AsNewlines, AsTheyAre };

/// Adds what the first character of a text, or the escape sequence there, is shown as; how many
/// code units that was.
qsizetype cleanOne(QStringView text, LineEnds lineEnds, QString &clean)
{
    if (const qsizetype escaped = EscapeSequence(text).length())
        return escaped;
    const QChar first = text.front();
    const bool isPair = first.isHighSurrogate() && text.size() > 1 && text[1].isLowSurrogate();
    const char32_t c = isPair ? QChar::surrogateToUcs4(first, text[1]) : first.unicode();
    if (lineEnds == LineEnds::AsTheyAre && (c == u'\r' || c == u'\n')) {
        clean += first;
    } else if (isLineEnd(c)) {
        clean += u'\n';
        return c == u'\r' && text.size() > 1 && text[1] == u'\n' ? 2 : 1;
    } else if (c == u'\t') {
        clean += QStringView(u"    ");
    } else if (mayBeShown(c)) {
        clean += QChar::fromUcs4(c);
    }
    return isPair ? 2 : 1;
}

QString cleaned(QStringView text, LineEnds lineEnds)
{
    QString clean;
    clean.reserve(text.size());
    while (!text.isEmpty()) {
        const qsizetype plain = plainLength(text);
        clean += text.first(plain);
        text = text.sliced(plain);
        if (!text.isEmpty())
            text = text.sliced(cleanOne(text, lineEnds, clean));
    }
    return clean;
}

} // namespace

bool isPlainText(QStringView text)
{
    return plainLength(text) == text.size();
}

bool mayBeShown(char32_t c)
{
    switch (u_charType(static_cast<UChar32>(c))) {
    case U_CONTROL_CHAR:
    case U_SURROGATE:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        return false;
    case U_FORMAT_CHAR:
        return isUsefulFormat(c);
    case U_UNASSIGNED:
        return !QChar::isNonCharacter(c) && c <= QChar::LastValidCodePoint
                && !u_hasBinaryProperty(static_cast<UChar32>(c),
                                        UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
    default:
        return true;
    }
}

QString withoutEscapes(QStringView text)
{
    QString rest;
    rest.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype escaped = EscapeSequence(text.sliced(i)).length();
        if (escaped == 0)
            rest += text[i];
        i += std::max<qsizetype>(escaped, 1);
    }
    return rest;
}

QString cleanText(QStringView text)
{
    return isPlainText(text) ? text.toString() : cleaned(text, LineEnds::AsNewlines);
}

QString cleanLine(QStringView text)
{
    QString clean = cleanText(text);
    return clean.contains(u'\n') ? clean.replace(u'\n', u' ') : clean;
}

QString cleanOutput(QStringView text)
{
    return isPlainText(text) ? text.toString() : cleaned(text, LineEnds::AsTheyAre);
}

int codePoints(QStringView text)
{
    int count = 0;
    for (const QChar c : text)
        count += c.isLowSurrogate() ? 0 : 1;
    return count;
}

qsizetype utf8Size(QStringView text)
{
    qsizetype size = 0;
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        // The two halves of a surrogate pair are four bytes together.
        size += unit < 0x80 ? 1 : unit < 0x800 || c.isSurrogate() ? 2 : 3;
    }
    return size;
}

std::optional<QString> fromUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

} // namespace teahouse
