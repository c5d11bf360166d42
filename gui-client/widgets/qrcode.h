#pragma once

#include <QImage>
#include <QWidget>

namespace teahouse::client {

/// A text as a QR code (ISO/IEC 18004), black on white whatever the colours are, with the border
/// that readers need. Each module has the same whole number of the screen's pixels.
class QrCode : public QWidget
{
    Q_OBJECT

public:
    static constexpr int quietZone = 4; ///< modules

    explicit QrCode(QWidget *parent = nullptr);

    /// At most 2,300 bytes of UTF-8; more is shown as nothing.
    void setText(const QString &text);
    QString text() const { return m_text; }

    /// Modules from edge to edge with the border; 0 where there is no code.
    int modules() const { return m_modules.width(); }

    /// The code with so many pixels for a module.
    QImage picture(int scale) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QImage m_modules; ///< a pixel for a module, with the border
};

} // namespace teahouse::client
