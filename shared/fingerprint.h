#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <optional>

namespace teahouse {

/// What a server's key is known by: the SHA-256 of its SubjectPublicKeyInfo (RFC 5280, 4.1; as in
/// RFC 7469, 2.4). A renewed certificate of the same key has the same fingerprint.
class Fingerprint
{
public:
    static constexpr qsizetype size = 32;      ///< bytes
    static constexpr qsizetype shortSize = 16; ///< bytes of shortText()

    /// Of the key itself, as DER. `sha256` has `size` bytes; else there is none.
    static std::optional<Fingerprint> fromSha256(const QByteArray &sha256);

    /// Reads what text() and grouped() make, in any case, with `sha256:` before it or not. Nothing
    /// for anything else, also where bits beyond the last byte are set: a key has one text.
    static std::optional<Fingerprint> parse(QStringView text);

    const QByteArray &bytes() const { return m_bytes; }

    /// 52 characters of Base32 (RFC 4648, 6, without padding).
    QString text() const;
    /// The same in groups of four, for people who compare.
    QString grouped() const;
    /// Base32 of the first 16 bytes, 26 characters, where there is no room for more.
    QString shortText() const;

    bool operator==(const Fingerprint &) const = default;

private:
    explicit Fingerprint(const QByteArray &bytes) : m_bytes(bytes) { }

    QByteArray m_bytes;
};

} // namespace teahouse
