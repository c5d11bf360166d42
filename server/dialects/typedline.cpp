#include "server/dialects/typedline.h"

#include "server/dialects/gb18030.h"
#include "server/dialects/keys.h"

#include "shared/text.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace teahouse::server {

namespace {

/// Stands for bytes that are no text, until it is known whether they were taken back. No text has
/// half a surrogate pair.
constexpr QChar broken(0xDC80);

/// Code units that belong to one character as it is seen, at most; of a longer one only these are
/// erased at once.
constexpr qsizetype longestCharacter = 64;

/// RFC 3629, 3: the bytes that the first of a character announces, as far as they are there.
qsizetype utf8CharacterSize(QByteArrayView bytes)
{
    const auto lead = static_cast<unsigned char>(bytes.front());
    const qsizetype announced = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    qsizetype size = 1;
    while (size < std::min(announced, bytes.size())
           && (static_cast<unsigned char>(bytes[size]) & 0xC0) == 0x80)
        ++size;
    return size;
}

/// The bytes as text, each character that is none as `broken`.
template <typename Decode, typename Size>
QString decoded(QByteArrayView line, Decode decode, Size characterSize)
{
    if (const auto whole = decode(line))
        return *whole;
    QString text;
    while (!line.isEmpty()) {
        const qsizetype size = characterSize(line);
        const std::optional<QString> character = decode(line.first(size));
        text += character ? *character : QString(broken);
        line = line.sliced(size);
    }
    return text;
}

QString decoded(QByteArrayView line, Charset charset)
{
    if (charset == Charset::Utf8)
        return decoded(line, fromUtf8, utf8CharacterSize);
    Gb18030 gb18030;
    return decoded(
            line, [&](QByteArrayView bytes) { return gb18030.decode(bytes); },
            Gb18030::characterSize);
}

bool isKey(QChar c, char key)
{
    return c == QLatin1Char(key);
}

void eraseCharacter(QString &line)
{
    qsizetype begin = std::max<qsizetype>(line.size() - longestCharacter, 0);
    if (begin > 0 && line.at(begin).isLowSurrogate())
        --begin;
    const QString end = line.sliced(begin);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, end);
    finder.toEnd();
    line.truncate(begin + std::max<qsizetype>(finder.toPreviousBoundary(), 0));
}

void eraseWord(QString &line)
{
    const auto isBlank = [&] { return line.back().isSpace(); };
    while (!line.isEmpty() && isBlank())
        line.chop(1);
    while (!line.isEmpty() && !isBlank())
        line.chop(1);
}

/// What is left when everything has been taken back that was. Control characters, which are not
/// seen, are not erased instead of what is.
QString edited(const QString &typed)
{
    QString line;
    line.reserve(typed.size());
    for (const QChar c : typed) {
        if (isKey(c, keys::backspace) || isKey(c, keys::erase))
            eraseCharacter(line);
        else if (isKey(c, keys::eraseLine))
            line.clear();
        else if (isKey(c, keys::eraseWord))
            eraseWord(line);
        else if (c == u'\t' || c.category() != QChar::Other_Control)
            line += c;
    }
    return line;
}

bool hasBroken(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else if (text[i].isSurrogate())
            return true;
    }
    return false;
}

} // namespace

std::optional<QString> typedText(QByteArrayView line, Charset charset)
{
    QString text = decoded(line, charset);
    if (isPlainText(text))
        return text;
    text = edited(withoutEscapes(text));
    if (hasBroken(text))
        return std::nullopt;
    return text;
}

} // namespace teahouse::server
