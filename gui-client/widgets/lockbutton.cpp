#include "gui-client/widgets/lockbutton.h"

#include "gui-client/widgets/screenkeeper.h"
#include "gui-client/widgets/wrappedlabel.h"

#include <QEvent>
#include <QFontDatabase>
#include <QFrame>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace teahouse::client {

LockButton::LockButton(QWidget *parent) : QToolButton(parent)
{
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus); // a click takes no keys from the message box
    connect(this, &QToolButton::clicked, this, &LockButton::showDetails);
    retranslate();
}

void LockButton::showState(State state, const std::optional<Fingerprint> &key, const QDate &since)
{
    m_state = state;
    m_key = key;
    m_since = since;
    retranslate();
}

QString LockButton::words() const
{
    switch (m_state) {
    case State::Plain:
        return tr("Not encrypted: others on the network can read along.");
    case State::Trusted:
        //: the day is written as the next text says
        return tr("Encrypted; you trusted this key on %1.")
                .arg(QLocale().toString(m_since, tr("d MMMM yyyy", "a day, as Qt formats it")));
    case State::Authorised:
        return tr("Encrypted; a certificate authority vouches for this server.");
    }
    return {};
}

void LockButton::retranslate()
{
    setIcon(lock());
    setToolTip(words());
    setAccessibleName(words());
}

/// Within a square of side 1; open where nothing is encrypted.
QIcon LockButton::lock() const
{
    QPainterPath shackle;
    const bool isOpen = m_state == State::Plain;
    shackle.moveTo(0.3, 0.5);
    shackle.lineTo(0.3, 0.3);
    shackle.arcTo(QRectF(0.3, 0.1, 0.4, 0.4), 180, -180);
    if (!isOpen)
        shackle.lineTo(0.7, 0.5);
    QPainterPath body;
    body.addRoundedRect(QRectF(0.18, 0.46, 0.64, 0.46), 0.08, 0.08);

    const int size = fontMetrics().height();
    QPixmap picture(QSize(size, size) * devicePixelRatio());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(picture.width(), picture.height());
    const QColor colour = palette().color(QPalette::WindowText);
    painter.strokePath(shackle, QPen(colour, 0.1));
    if (isOpen)
        painter.strokePath(body, QPen(colour, 0.08));
    else
        painter.fillPath(body, colour);
    picture.setDevicePixelRatio(devicePixelRatio());
    return picture;
}

void LockButton::showDetails()
{
    auto *details = new QFrame(this, Qt::Popup);
    details->setFrameShape(QFrame::StyledPanel);
    details->setAttribute(Qt::WA_DeleteOnClose);
    details->setAccessibleName(words());
    auto *column = new QVBoxLayout(details);
    auto *text = new WrappedLabel(details);
    text->setText(words());
    column->addWidget(text);
    if (m_key) {
        auto *key = new QLabel(m_key->grouped(), details);
        key->setTextFormat(Qt::PlainText);
        key->setWordWrap(true);
        key->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        key->setAccessibleName(tr("Fingerprint: %1").arg(m_key->grouped()));
        QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        fixed.setPointSizeF(font().pointSizeF());
        key->setFont(fixed);
        column->addWidget(key);
    }
    keepOnScreen(*details);
    const QSize size(characterWidth(*this) * 50, 1);
    details->resize(size);
    details->move(mapToGlobal(QPoint(width() - size.width(), height())));
    details->show();
    growToContents(*details);
}

void LockButton::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::FontChange)
        retranslate();
}

} // namespace teahouse::client
