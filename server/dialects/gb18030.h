#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>
#include <optional>

struct UConverter;

namespace teahouse::server {

/// Text in GB18030, which has all that GBK has, and in four bytes every other character. Converts
/// one text after another.
class Gb18030
{
public:
    Gb18030();
    ~Gb18030();
    Q_DISABLE_COPY_MOVE(Gb18030)

    /// Nothing when the bytes are not all of them whole characters. The byte 0x80 is the euro, as
    /// in Windows' code page 936.
    std::optional<QString> decode(QByteArrayView bytes);

    /// What it cannot express, which is halves of surrogate pairs only, becomes `?`.
    QByteArray encode(QStringView text);

    /// How many bytes belong to what begins like a character; at least 1 of a text that is not
    /// empty.
    static qsizetype characterSize(QByteArrayView bytes);

private:
    struct Close
    {
        void operator()(UConverter *converter) const;
    };
    std::unique_ptr<UConverter, Close> m_converter; ///< null where ICU has no data
};

} // namespace teahouse::server
