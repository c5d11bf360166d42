#include "shared/wire/objectwriter.h"

#include <array>
#include <charconv>

// string  = '"' *char '"'
// char    = '\' ( '"' / '\' / 'b' / 'f' / 'n' / 'r' / 't' )
//         / "\u" 4HEX     other controls below U+0020, lone surrogates
//         / UTF-8         everything else
// RFC 8259, section 7; which of its forms is taken is as in Qt's qjsonwriter.cpp.

namespace teahouse::wire {

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

bool isPlain(char16_t unit)
{
    return unit >= 0x20 && unit < 0x80 && unit != u'"' && unit != u'\\';
}

/// `to` has room for `longest` bytes a unit; the end of what was written.
char *putText(char *to, QStringView text)
{
    const char16_t *unit = text.utf16();
    const char16_t *const end = unit + text.size();
    for (; unit != end; ++unit) {
        if (isPlain(*unit)) {
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
    begin(key);
    add("\"");
    const qsizetype size = m_bytes.size();
    m_bytes.resize(size + value.size() * longest);
    const char *end = putText(m_bytes.data() + size, value);
    m_bytes.resize(end - m_bytes.data());
    add("\"");
}

void ObjectWriter::word(QLatin1StringView key, QByteArrayView value)
{
    begin(key);
    add("\"");
    add(value);
    add("\"");
}

void ObjectWriter::number(QLatin1StringView key, qint64 value)
{
    begin(key);
    std::array<char, 20> digits; // as long as the longest, with its sign
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    Q_ASSERT(error == std::errc());
    add({digits.data(), end - digits.data()});
}

void ObjectWriter::boolean(QLatin1StringView key, bool value)
{
    begin(key);
    add(value ? QByteArrayView("true") : QByteArrayView("false"));
}

void ObjectWriter::null(QLatin1StringView key)
{
    begin(key);
    add("null");
}

QByteArray ObjectWriter::line()
{
    add(m_bytes.isEmpty() ? QByteArrayView("{}\n") : QByteArrayView("}\n"));
    return {m_bytes.data(), m_bytes.size()};
}

void ObjectWriter::begin(QLatin1StringView key)
{
    add(m_bytes.isEmpty() ? QByteArrayView("{\"") : QByteArrayView(",\""));
    add(key);
    add("\":");
}

} // namespace teahouse::wire
