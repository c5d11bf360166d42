#include "shared/wire/objectwriter.h"

#include <algorithm>
#include <array>
#include <charconv>

// string  = '"' *char '"'
// char    = '\' ( '"' / '\' / 'b' / 'f' / 'n' / 'r' / 't' )
//         / "\u" 4HEX     other controls below U+0020, lone surrogates
//         / UTF-8         everything else
// RFC 8259, section 7; which of its forms is taken is as in Qt's qjsonwriter.cpp.

namespace teahouse::wire {

using namespace Qt::StringLiterals;

namespace {

/// What one UTF-16 unit becomes at the most: \uXXXX.
constexpr qsizetype longest = 6;

constexpr char shortEscape(char16_t unit)
{
    switch (unit) {
    case u'"':
    case u'\\':
        return static_cast<char>(unit);
    case u'\b':
        return 'b';
    case u'\f':
        return 'f';
    case u'\n':
        return 'n';
    case u'\r':
        return 'r';
    case u'\t':
        return 't';
    default:
        return 0;
    }
}

char *putEscaped(char *to, char16_t unit)
{
    *to++ = '\\';
    if (const char letter = shortEscape(unit)) {
        *to++ = letter;
        return to;
    }
    *to++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4)
        *to++ = "0123456789abcdef"[(unit >> shift) & 0xF];
    return to;
}

/// Code points from U+0080 on (RFC 3629).
char *putUtf8(char *to, char32_t c)
{
    const auto tail = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
    if (c < 0x800) {
        *to++ = static_cast<char>(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        *to++ = static_cast<char>(0xE0 | (c >> 12));
        *to++ = tail(6);
    } else {
        *to++ = static_cast<char>(0xF0 | (c >> 18));
        *to++ = tail(12);
        *to++ = tail(6);
    }
    *to++ = tail(0);
    return to;
}

/// Which ASCII characters stand for themselves.
constexpr std::array<bool, 0x80> plain = [] {
    std::array<bool, 0x80> characters = {};
    for (size_t c = 0x20; c < characters.size(); ++c)
        characters.at(c) = c != '"' && c != '\\';
    return characters;
}();

/// `to` has room for `longest` bytes a unit; the end of what was written.
char *putText(char *to, QStringView text)
{
    const char16_t *unit = text.utf16();
    const char16_t *const end = unit + text.size();
    for (; unit != end; ++unit) {
        if (*unit < plain.size() && plain[*unit]) {
            *to++ = static_cast<char>(*unit);
        } else if (QChar::isHighSurrogate(*unit) && unit + 1 != end
                   && QChar::isLowSurrogate(unit[1])) {
            to = putUtf8(to, QChar::surrogateToUcs4(unit[0], unit[1]));
            ++unit;
        } else if (*unit >= 0x80 && !QChar::isSurrogate(*unit)) {
            to = putUtf8(to, *unit);
        } else {
            to = putEscaped(to, *unit);
        }
    }
    return to;
}

} // namespace

void ObjectWriter::text(QLatin1StringView key, QStringView value)
{
    char *to = begin(key, value.size() * longest + 2);
    *to++ = '"';
    to = putText(to, value);
    *to++ = '"';
    end(to);
}

void ObjectWriter::word(QLatin1StringView key, QByteArrayView value)
{
    char *to = begin(key, value.size() + 2);
    *to++ = '"';
    to = std::copy(value.begin(), value.end(), to);
    *to++ = '"';
    end(to);
}

void ObjectWriter::number(QLatin1StringView key, qint64 value)
{
    constexpr qsizetype digits = 20; // of the longest, with its sign
    char *const to = begin(key, digits);
    const auto [last, error] = std::to_chars(to, to + digits, value);
    Q_ASSERT(error == std::errc());
    end(last);
}

void ObjectWriter::boolean(QLatin1StringView key, bool value)
{
    bare(key, value ? "true"_L1 : "false"_L1);
}

void ObjectWriter::null(QLatin1StringView key)
{
    bare(key, "null"_L1);
}

QByteArray ObjectWriter::line()
{
    if (m_size == 0)
        return QByteArrayLiteral("{}\n");
    char *const to = room(2);
    to[0] = '}';
    to[1] = '\n';
    end(to + 2);
    return {m_bytes.data(), m_size};
}

void ObjectWriter::bare(QLatin1StringView key, QLatin1StringView value)
{
    end(std::copy(value.begin(), value.end(), begin(key, value.size())));
}

/// Writes what stands before a value; then there is room for so many bytes of it.
char *ObjectWriter::begin(QLatin1StringView key, qsizetype most)
{
    char *to = room(key.size() + 4 + most);
    *to++ = m_size == 0 ? '{' : ',';
    *to++ = '"';
    to = std::copy(key.begin(), key.end(), to);
    *to++ = '"';
    *to++ = ':';
    return to;
}

/// Where so many more bytes can be written.
char *ObjectWriter::room(qsizetype more)
{
    if (m_bytes.size() - m_size < more)
        m_bytes.resize(2 * m_size + more);
    return m_bytes.data() + m_size;
}

} // namespace teahouse::wire
