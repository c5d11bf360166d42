#include "gui-client/widgets/wrappedlabel.h"

#include "gui-client/widgets/screenkeeper.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QStyleOption>
#include <QTextLayout>
#include <QToolTip>

#include <cmath>

namespace teahouse::client {

namespace {

constexpr int fewest = 12; ///< digits for which there is room at least

/// Lays the text out, line under line.
QSizeF layOut(QTextLayout &layout, int width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QSizeF size;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, size.height()});
        size = {std::max(size.width(), line.naturalTextWidth()), size.height() + line.height()};
    }
    layout.endLayout();
    return size;
}

QString laidOut(QString text)
{
    return text.replace(QLatin1Char('\n'), QChar(QChar::LineSeparator));
}

} // namespace

WrappedLabel::WrappedLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

/// What is around the text, its frame among it.
QSize WrappedLabel::around() const
{
    const QMargins margins = contentsMargins();
    return {margins.left() + margins.right() + 2 * margin(),
            margins.top() + margins.bottom() + 2 * margin()};
}

int WrappedLabel::heightForWidth(int width) const
{
    QTextLayout layout(laidOut(text()), font());
    const int inner = std::max(1, width - around().width());
    return static_cast<int>(std::ceil(layOut(layout, inner).height())) + around().height();
}

QSize WrappedLabel::sizeHint() const
{
    QTextLayout layout(laidOut(text()), font());
    const QSizeF size = layOut(layout, characterWidth(*this) * 60);
    return QSize(static_cast<int>(std::ceil(size.width())),
                 static_cast<int>(std::ceil(size.height())))
            + around();
}

QSize WrappedLabel::minimumSizeHint() const
{
    const QSize least(characterWidth(*this) * fewest, fontMetrics().height());
    return {std::min(least.width() + around().width(), sizeHint().width()),
            least.height() + around().height()};
}

void WrappedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawFrame(&painter);
    const QRect area = contentsRect().adjusted(margin(), margin(), -margin(), -margin());
    QTextLayout layout(laidOut(text()), font());
    const QSizeF size = layOut(layout, std::max(1, area.width()));
    painter.setPen(palette().color(foregroundRole()));
    const double above = std::max(0.0, (area.height() - size.height()) / 2);
    layout.draw(&painter, area.topLeft() + QPointF(0, above));
}

void WrappedLabel::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Copy"), this, [this] { QApplication::clipboard()->setText(text()); });
    menu->popup(event->globalPos());
}

ElidedLabel::ElidedLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QString ElidedLabel::shownText() const
{
    return fontMetrics().elidedText(text(), Qt::ElideMiddle, contentsRect().width());
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QSize whole = QLabel::minimumSizeHint();
    return {std::min(whole.width(), characterWidth(*this) * fewest), whole.height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawFrame(&painter);
    style()->drawItemText(&painter, contentsRect(),
                          QStyle::visualAlignment(layoutDirection(), alignment()), palette(),
                          isEnabled(), shownText(), foregroundRole());
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QLabel::event(event);
    const bool isWhole = shownText() == text();
    QToolTip::showText(
            static_cast<QHelpEvent *>(event)->globalPos(),
            isWhole ? QString() : QStringLiteral("<p>%1</p>").arg(text().toHtmlEscaped()), this);
    return true;
}

} // namespace teahouse::client
