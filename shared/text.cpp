#include "shared/text.h"

#include <QChar>
#include <QStringDecoder>

#include <algorithm>

namespace teahouse {

namespace {

bool mayBeShown(char32_t c)
{
    return c >= 0x20 && !(c >= 0x7F && c < 0xA0) && !QChar::isNonCharacter(c)
            && !QChar::isSurrogate(c);
}

bool isLineEnd(char32_t c)
{
    return c == u'\n' || c == u'\r' || c == 0x2028 || c == 0x2029;
}

/// Whether every unit is a plain character of its own, as nearly every text is: then there is
/// nothing to clean.
bool isPlain(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return u >= 0x20 && (u < 0x7F || (u >= 0xA0 && u < 0x2028) || (u > 0x2029 && u < 0xD800));
    });
}

} // namespace

QString cleanText(QStringView text)
{
    if (isPlain(text))
        return text.toString();
    QString clean;
    clean.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        if (isLineEnd(c)) {
            if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
                ++i;
            clean += u'\n';
        } else if (c == u'\t') {
            clean += QStringView(u"    ");
        } else if (mayBeShown(c)) {
            clean += QChar::fromUcs4(c);
        }
    }
    return clean;
}

QString cleanLine(QStringView text)
{
    QString clean = cleanText(text);
    return clean.contains(u'\n') ? clean.replace(u'\n', u' ') : clean;
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
