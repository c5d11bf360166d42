#include "gui-client/widgets/qrcode.h"

#include <QPainter>

#include <qrcodegen/qrcodegen.hpp>

#include <algorithm>

namespace teahouse::client {

namespace {

constexpr qsizetype mostBytes = 2300; // of the largest code with medium correction, 2,331
constexpr int usualScale = 4;

QImage modulesOf(const QByteArray &utf8)
{
    if (utf8.isEmpty() || utf8.size() > mostBytes)
        return {};
    using qrcodegen::QrCode;
    const QrCode code = QrCode::encodeText(utf8.constData(), QrCode::Ecc::MEDIUM);
    const int zone = teahouse::client::QrCode::quietZone;
    const int side = code.getSize() + 2 * zone;
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int y = 0; y < code.getSize(); ++y) {
        for (int x = 0; x < code.getSize(); ++x) {
            if (code.getModule(x, y))
                image.setPixel(x + zone, y + zone, qRgb(0, 0, 0));
        }
    }
    return image;
}

} // namespace

QrCode::QrCode(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void QrCode::setText(const QString &text)
{
    m_text = text;
    m_modules = modulesOf(text.toUtf8());
    setAccessibleName(text);
    updateGeometry();
    update();
}

QImage QrCode::picture(int scale) const
{
    return m_modules.scaled(m_modules.size() * scale, Qt::KeepAspectRatio, Qt::FastTransformation);
}

QSize QrCode::sizeHint() const
{
    return m_modules.size() * usualScale;
}

QSize QrCode::minimumSizeHint() const
{
    return m_modules.size() * 2;
}

void QrCode::paintEvent(QPaintEvent *)
{
    if (m_modules.isNull())
        return;
    const qreal ratio = devicePixelRatioF();
    const QSize device = (QSizeF(size()) * ratio).toSize();
    const int scale = std::max(1, std::min(device.width(), device.height()) / modules());
    const int side = modules() * scale;
    QPainter painter(this);
    painter.scale(1 / ratio, 1 / ratio);
    painter.drawImage(QRect((device.width() - side) / 2, (device.height() - side) / 2, side, side),
                      m_modules);
}

} // namespace teahouse::client
