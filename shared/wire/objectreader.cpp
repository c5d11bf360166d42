#include "shared/wire/objectreader.h"

#include "shared/limits.h"

#include <algorithm>
#include <array>
#include <cmath>

// RFC 8259:
//
//     line     = blank "{" [ field *( "," field ) ] "}" blank
//     field    = string ":" value
//     value    = "null" / "true" / "false" / number / string / list / object
//     list     = "[" [ value *( "," value ) ] "]"
//     number   = [ "-" ] ( "0" / %x31-39 *DIGIT ) [ fraction ] [ exponent ]
//     fraction = "." 1*DIGIT
//     exponent = ( "e" / "E" ) [ "-" / "+" ] 1*DIGIT
//     string   = DQUOTE *( plain / escape ) DQUOTE
//     escape   = "\" ( DQUOTE / "\" / "/" / "b" / "f" / "n" / "r" / "t" / "u" 4HEXDIG )
//     plain    = UTF-8 but DQUOTE, "\" and what is below U+0020
//     blank    = *( SP / HT / LF / CR ), also before and behind every bracket, sign and value

namespace teahouse::wire {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Which bytes stand for themselves in a string.
constexpr std::array<bool, 256> plain = [] {
    std::array<bool, 256> bytes = {};
    for (size_t byte = 0x20; byte < bytes.size(); ++byte)
        bytes.at(byte) = byte != '"' && byte != '\\';
    return bytes;
}();

/// The value of a hexadecimal digit; -1: it is none.
int hexDigit(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// What a backslash and this letter stand for; 0: nothing.
char16_t shortEscape(char letter)
{
    switch (letter) {
    case '"':
    case '\\':
    case '/':
        return static_cast<char16_t>(letter);
    case 'b':
        return u'\b';
    case 'f':
        return u'\f';
    case 'n':
        return u'\n';
    case 'r':
        return u'\r';
    case 't':
        return u'\t';
    default:
        return 0;
    }
}

bool isInRange(qint64 number)
{
    return number >= -limits::largestInteger && number <= limits::largestInteger;
}

FieldValue fromInteger(QByteArrayView digits)
{
    bool fits = false;
    const qint64 number = digits.toLongLong(&fits);
    return fits && isInRange(number) ? FieldValue(number) : Unusable{};
}

/// 2.0 and 1e3 are whole numbers, too.
FieldValue fromFraction(QByteArrayView digits)
{
    bool fits = false;
    const double number = digits.toDouble(&fits);
    const bool isWhole = fits && std::abs(number) <= static_cast<double>(limits::largestInteger)
            && std::trunc(number) == number;
    return isWhole ? FieldValue(static_cast<qint64>(number)) : Unusable{};
}

class Reader
{
public:
    explicit Reader(QByteArrayView json)
        : m_begin(json.data()), m_at(m_begin), m_end(m_begin + json.size())
    {
    }

    bool readLine(Fields &fields)
    {
        return (take('{') || fail("{ is missing")) && readObject(&fields, 1)
                && (isAtEnd() || fail("something stands behind it"));
    }

    Fault fault() const { return {m_fault, m_at - m_begin}; }

private:
    bool fail(const char *what)
    {
        m_fault = what;
        return false;
    }

    char peek() const { return m_at != m_end ? *m_at : '\0'; }

    void skipBlanks()
    {
        while (m_at != m_end && isBlank(*m_at))
            ++m_at;
    }

    bool isAtEnd()
    {
        skipBlanks();
        return m_at == m_end;
    }

    /// Whether `c` comes next, blanks aside; then it is taken.
    bool take(char c)
    {
        skipBlanks();
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }

    /// Takes what stands between the entries of an object or array, or its end.
    bool takeSeparator(char close, bool &more)
    {
        more = !take(close);
        return !more || take(',') || fail(close == '}' ? ", or } is missing" : ", or ] is missing");
    }

    bool isTooDeep(int depth)
    {
        return depth > limits::jsonDepth && !fail("it is nested too deeply");
    }

    /// From behind its bracket on. `fields` is null for an object inside another, of which nothing
    /// is kept.
    bool readObject(Fields *fields, int depth)
    {
        if (isTooDeep(depth))
            return false;
        FieldValue ignored;
        for (bool more = !take('}'); more;) {
            QByteArrayView name;
            if (!readName(name) || !readValue(fields ? fields->add(name) : ignored, depth)
                || !takeSeparator('}', more))
                return false;
        }
        return true;
    }

    bool readArray(QList<qint64> &numbers, int depth)
    {
        if (isTooDeep(depth))
            return false;
        FieldValue value;
        for (bool more = !take(']'); more;) {
            if (!readValue(value, depth) || !takeSeparator(']', more))
                return false;
            if (const qint64 *number = std::get_if<qint64>(&value))
                numbers.append(*number);
        }
        return true;
    }

    /// The name is there until the next one is read.
    bool readName(QByteArrayView &name)
    {
        if (!take('"'))
            return fail("a name in \" is missing");
        name = takePlain();
        if (peek() == '"') {
            ++m_at;
        } else {
            QString text = QString::fromUtf8(name);
            if (!readEscaped(text))
                return false;
            m_escapedName = text.toUtf8();
            name = m_escapedName;
        }
        return take(':') || fail(": is missing");
    }

    bool readValue(FieldValue &value, int depth)
    {
        skipBlanks();
        switch (const char c = peek()) {
        case '"':
            ++m_at;
            return readString(value.emplace<QString>());
        case '{':
            ++m_at;
            value = Unusable{};
            return readObject(nullptr, depth + 1);
        case '[':
            ++m_at;
            return readArray(value.emplace<QList<qint64>>(), depth + 1);
        default:
            return c == '-' || isDigit(c) ? readNumber(value) : readWord(value);
        }
    }

    bool readWord(FieldValue &value)
    {
        const auto is = [&](QByteArrayView word, const FieldValue &meaning) {
            if (!QByteArrayView(m_at, m_end).startsWith(word))
                return false;
            m_at += word.size();
            value = meaning;
            return true;
        };
        return is("null", {}) || is("true", true) || is("false", false)
                || fail("a value is missing");
    }

    bool readNumber(FieldValue &value)
    {
        const char *const begin = m_at;
        takeOneOf("-");
        if (!takeOneOf("0") && !takeDigits())
            return false;
        bool isInteger = true;
        if (takeOneOf(".")) {
            isInteger = false;
            if (!takeDigits())
                return false;
        }
        if (takeOneOf("eE")) {
            isInteger = false;
            takeOneOf("-+");
            if (!takeDigits())
                return false;
        }
        const QByteArrayView number(begin, m_at);
        value = isInteger ? fromInteger(number) : fromFraction(number);
        return true;
    }

    /// Without blanks before it.
    bool takeOneOf(QByteArrayView signs)
    {
        if (m_at == m_end || !signs.contains(*m_at))
            return false;
        ++m_at;
        return true;
    }

    bool takeDigits()
    {
        const char *const begin = m_at;
        m_at = std::find_if_not(m_at, m_end, isDigit);
        return m_at != begin || fail("a digit is missing");
    }

    QByteArrayView takePlain()
    {
        const char *const begin = m_at;
        const char *at = begin;
        while (at != m_end && plain[static_cast<unsigned char>(*at)])
            ++at;
        m_at = at;
        return {begin, at};
    }

    /// From behind the opening quote on.
    bool readString(QString &text)
    {
        text = QString::fromUtf8(takePlain());
        if (peek() != '"')
            return readEscaped(text);
        ++m_at; // nearly always so
        return true;
    }

    /// Appends to `text` what is left of a string.
    bool readEscaped(QString &text)
    {
        for (;;) {
            if (m_at == m_end)
                return fail("\" is missing");
            const char c = *m_at;
            if (c != '"' && c != '\\')
                return fail("control characters are written as \\u and their number");
            ++m_at;
            if (c == '"')
                return true;
            if (!readEscape(text))
                return false;
            text.append(QString::fromUtf8(takePlain()));
        }
    }

    bool readEscape(QString &text)
    {
        const char letter = peek();
        if (letter == 'u')
            return readUnit(text);
        const char16_t unit = shortEscape(letter);
        if (unit == 0)
            return fail("\\ is followed by none of \"\\/bfnrtu");
        ++m_at;
        text.append(QChar(unit));
        return true;
    }

    /// `u` and its digits.
    bool readUnit(QString &text)
    {
        char16_t unit = 0;
        for (int i = 1; i <= 4; ++i) {
            const int digit = m_end - m_at > i ? hexDigit(m_at[i]) : -1;
            if (digit < 0)
                return fail("\\u is followed by fewer than four hexadecimal digits");
            unit = static_cast<char16_t>(unit * 16 + digit);
        }
        m_at += 5;
        text.append(QChar(unit));
        return true;
    }

    const char *m_begin;
    const char *m_at;
    const char *m_end;
    const char *m_fault = nullptr;
    QByteArray m_escapedName;
};

} // namespace

std::optional<Fault> readObject(QByteArrayView json, Fields &fields)
{
    Reader reader(json);
    if (reader.readLine(fields))
        return std::nullopt;
    return reader.fault();
}

} // namespace teahouse::wire
