#include "gui-client/widgets/passwordedit.h"

#include "shared/limits.h"
#include "shared/text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace teahouse::client {

PasswordEdit::PasswordEdit(QWidget *parent)
    : QWidget(parent), m_field(new QLineEdit(this)), m_eye(new QToolButton(this)),
      m_capsLock(new QLabel(this))
{
    m_field->setEchoMode(QLineEdit::Password);
    m_field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                                 | Qt::ImhNoAutoUppercase);
    m_field->setMaxLength(2 * limits::passwordMost); // in UTF-16 units
    m_field->installEventFilter(this);
    m_eye->setCheckable(true);
    m_eye->setAutoRaise(true);
    m_eye->setFocusPolicy(Qt::TabFocus);
    m_capsLock->setTextFormat(Qt::PlainText);
    m_capsLock->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_field, 1);
    row->addWidget(m_eye);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(m_capsLock);
    setFocusProxy(m_field);
    connect(m_eye, &QToolButton::toggled, this, &PasswordEdit::show);
    connect(m_field, &QLineEdit::textEdited, this, &PasswordEdit::edited);
    retranslate();
    paintEye();
}

QString PasswordEdit::text() const
{
    return m_field->text();
}

void PasswordEdit::setText(const QString &text)
{
    m_field->setText(text);
}

bool PasswordEdit::isCapsLockShown() const
{
    return !m_capsLock->isHidden();
}

void PasswordEdit::setFieldName(const QString &name)
{
    m_field->setAccessibleName(name);
}

void PasswordEdit::show(bool visible)
{
    m_field->setEchoMode(visible ? QLineEdit::Normal : QLineEdit::Password);
    paintEye();
    retranslate();
}

bool PasswordEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress)
        notice(*static_cast<QKeyEvent *>(event));
    else if (event->type() == QEvent::FocusOut)
        m_capsLock->hide();
    return QWidget::eventFilter(watched, event);
}

/// Qt does not tell whether Caps Lock is on; a capital letter without Shift does, and a small one
/// with it.
void PasswordEdit::notice(const QKeyEvent &key)
{
    if (key.key() == Qt::Key_CapsLock) {
        m_capsLock->hide(); // turned off, or turned on and seen with the next letter
        return;
    }
    const QString text = key.text();
    if (text.size() != 1 || text.toLower() == text.toUpper())
        return;
    const bool shift = key.modifiers().testFlag(Qt::ShiftModifier);
    m_capsLock->setVisible(text.front().isUpper() != shift);
}

/// An eye in the colours of the moment, crossed out while the secret is shown.
void PasswordEdit::paintEye()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    const qreal scale = devicePixelRatioF();
    QPixmap pixmap(qRound(size * scale), qRound(size * scale));
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / 16.0, size / 16.0);
    const QColor color = palette().color(QPalette::ButtonText);
    painter.setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap));
    QPainterPath lids(QPointF(1.2, 8));
    lids.quadTo(8, 0.8, 14.8, 8);
    lids.quadTo(8, 15.2, 1.2, 8);
    painter.drawPath(lids);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(8, 8), 2, 2);
    if (m_eye->isChecked())
        painter.drawLine(QPointF(2.5, 13.5), QPointF(13.5, 2.5));
    m_eye->setIcon(pixmap);
}

void PasswordEdit::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        paintEye();
}

void PasswordEdit::retranslate()
{
    const QString what = m_eye->isChecked() ? tr("Hide the password") : tr("Show the password");
    m_eye->setToolTip(what);
    m_eye->setAccessibleName(what);
    m_capsLock->setText(tr("Caps Lock seems to be on."));
}

QString newPasswordFault(const QString &password, const QString &repeated)
{
    const int length = codePoints(password);
    if (length < limits::passwordLeast)
        return PasswordEdit::tr("A password has at least %n characters.", nullptr,
                                limits::passwordLeast);
    if (length > limits::passwordMost)
        return PasswordEdit::tr("A password has at most %n characters.", nullptr,
                                limits::passwordMost);
    if (password != repeated)
        return PasswordEdit::tr("The two passwords are not the same.");
    return {};
}

} // namespace teahouse::client
