#include "server/dialects/gb18030.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

// character = %x00-80
//           / %x81-FE ( %x40-7E / %x80-FE )
//           / %x81-FE %x30-39 %x81-FE %x30-39
// GB 18030-2005, 6; a lone %x80 is code page 936's.

namespace teahouse::server {

namespace {

bool isBetween(QByteArrayView bytes, qsizetype i, unsigned char first, unsigned char last)
{
    if (i >= bytes.size())
        return false;
    const auto byte = static_cast<unsigned char>(bytes[i]);
    return byte >= first && byte <= last;
}

bool isLead(QByteArrayView bytes, qsizetype i)
{
    return isBetween(bytes, i, 0x81, 0xFE);
}

/// With GB18030's own euro for that of code page 936.
QByteArray withTheEuro(QByteArrayView bytes)
{
    if (!bytes.contains('\x80'))
        return bytes.toByteArray();
    QByteArray result;
    while (!bytes.isEmpty()) {
        const QByteArrayView character = bytes.first(Gb18030::characterSize(bytes));
        result += character == "\x80" ? QByteArrayView("\xA2\xE3") : character;
        bytes = bytes.sliced(character.size());
    }
    return result;
}

} // namespace

void Gb18030::Close::operator()(UConverter *converter) const
{
    ucnv_close(converter);
}

Gb18030::Gb18030()
{
    UErrorCode status = U_ZERO_ERROR;
    m_converter.reset(ucnv_open("gb18030", &status));
    ucnv_setToUCallBack(m_converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
    ucnv_setSubstChars(m_converter.get(), "?", 1, &status);
    if (U_FAILURE(status))
        m_converter.reset();
}

Gb18030::~Gb18030() = default;

std::optional<QString> Gb18030::decode(QByteArrayView bytes)
{
    if (!m_converter)
        return std::nullopt;
    const QByteArray plain = withTheEuro(bytes);
    UErrorCode status = U_ZERO_ERROR;
    QString text(plain.size() + 1, Qt::Uninitialized); // no character has more units than bytes
    const int32_t size = ucnv_toUChars(m_converter.get(), reinterpret_cast<UChar *>(text.data()),
                                       static_cast<int32_t>(text.size()), plain.constData(),
                                       static_cast<int32_t>(plain.size()), &status);
    if (U_FAILURE(status))
        return std::nullopt;
    text.truncate(size);
    return text;
}

QByteArray Gb18030::encode(QStringView text)
{
    if (!m_converter)
        return {};
    UErrorCode status = U_ZERO_ERROR;
    QByteArray bytes(text.size() * 4 + 1, Qt::Uninitialized);
    const int32_t size = ucnv_fromUChars(m_converter.get(), bytes.data(),
                                         static_cast<int32_t>(bytes.size()),
                                         reinterpret_cast<const UChar *>(text.utf16()),
                                         static_cast<int32_t>(text.size()), &status);
    bytes.truncate(U_FAILURE(status) ? 0 : size);
    return bytes;
}

qsizetype Gb18030::characterSize(QByteArrayView bytes)
{
    if (!isLead(bytes, 0))
        return 1;
    if (isBetween(bytes, 1, 0x40, 0xFE) && bytes[1] != '\x7F')
        return 2;
    return isBetween(bytes, 1, '0', '9') && isLead(bytes, 2) && isBetween(bytes, 3, '0', '9') ? 4
                                                                                              : 1;
}

} // namespace teahouse::server
