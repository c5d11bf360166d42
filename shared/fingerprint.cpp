#include "shared/fingerprint.h"

#include <QLatin1StringView>

namespace teahouse {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
constexpr int bitsPerDigit = 5;
constexpr qsizetype groupSize = 4;

QString base32(const QByteArray &bytes)
{
    QString text;
    quint32 held = 0;
    int bits = 0;
    for (const char byte : bytes) {
        held = (held << 8) | static_cast<uchar>(byte);
        for (bits += 8; bits >= bitsPerDigit; bits -= bitsPerDigit)
            text += alphabet[(held >> (bits - bitsPerDigit)) & 31];
    }
    if (bits > 0)
        text += alphabet[(held << (bitsPerDigit - bits)) & 31];
    return text;
}

/// Nothing where something else than digits is in it, or the bits behind the last byte are not 0.
std::optional<QByteArray> fromBase32(QStringView text)
{
    QByteArray bytes;
    quint32 held = 0;
    int bits = 0;
    for (const QChar digit : text) {
        const qsizetype value = digit.unicode() < 128 ? alphabet.indexOf(digit.toUpper()) : -1;
        if (value < 0)
            return std::nullopt;
        held = (held << bitsPerDigit) | static_cast<quint32>(value);
        bits += bitsPerDigit;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(held >> bits);
            held &= (1U << bits) - 1;
        }
    }
    if (held != 0 || bits >= bitsPerDigit)
        return std::nullopt;
    return bytes;
}

} // namespace

std::optional<Fingerprint> Fingerprint::fromSha256(const QByteArray &sha256)
{
    if (sha256.size() != size)
        return std::nullopt;
    return Fingerprint(sha256);
}

std::optional<Fingerprint> Fingerprint::parse(QStringView text)
{
    text = text.trimmed();
    constexpr QLatin1StringView prefix("sha256:");
    if (text.startsWith(prefix, Qt::CaseInsensitive))
        text = text.sliced(prefix.size());
    const auto bytes = fromBase32(text.toString().remove(u' '));
    return bytes ? fromSha256(*bytes) : std::nullopt;
}

QString Fingerprint::text() const
{
    return base32(m_bytes);
}

QString Fingerprint::grouped() const
{
    QString grouped = text();
    for (qsizetype at = grouped.size() - groupSize; at > 0; at -= groupSize)
        grouped.insert(at, u' ');
    return grouped;
}

QString Fingerprint::shortText() const
{
    return base32(m_bytes.first(shortSize));
}

} // namespace teahouse
