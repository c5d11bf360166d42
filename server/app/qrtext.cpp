#include "server/app/qrtext.h"

#include <qrcodegen.hpp>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int quietZone = 4; ///< modules around the code
// Of the palette of 256 colours, whose upper part themes leave as it is.
constexpr QLatin1StringView blackOnWhite("\x1b[38;5;16;48;5;231m");
constexpr QLatin1StringView colourOff("\x1b[0m");

QChar halfBlocks(const qrcodegen::QrCode &code, int x, int y)
{
    const bool upper = code.getModule(x, y); // white outside
    const bool lower = code.getModule(x, y + 1);
    if (upper)
        return lower ? QChar(u'█') : QChar(u'▀');
    return lower ? QChar(u'▄') : QChar(u' ');
}

} // namespace

QString qrText(const QString &text)
try {
    const auto code = qrcodegen::QrCode::encodeText(text.toUtf8().constData(),
                                                    qrcodegen::QrCode::Ecc::LOW);
    QString drawn;
    for (int y = -quietZone; y < code.getSize() + quietZone; y += 2) {
        drawn += blackOnWhite;
        for (int x = -quietZone; x < code.getSize() + quietZone; ++x)
            drawn += halfBlocks(code, x, y);
        drawn += colourOff + u'\n';
    }
    return drawn;
} catch (const qrcodegen::data_too_long &) {
    return {};
}

} // namespace teahouse::server
