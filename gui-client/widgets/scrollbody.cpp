#include "gui-client/widgets/scrollbody.h"

#include <QApplication>
#include <QEvent>
#include <QLayout>
#include <QScrollBar>

namespace teahouse::client {

ScrollBody::ScrollBody(QWidget *fields, QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setWidget(fields);
    fields->installEventFilter(this);
    fields->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { follow(now); });
}

int ScrollBody::heightForWidth(int width) const
{
    const QLayout *layout = widget()->layout();
    return layout->hasHeightForWidth() ? layout->totalHeightForWidth(width)
                                       : layout->totalSizeHint().height();
}

QSize ScrollBody::sizeHint() const
{
    return widget()->layout()->totalSizeHint();
}

QSize ScrollBody::minimumSizeHint() const
{
    const int width = widget()->layout()->totalMinimumSize().width();
    return {width + verticalScrollBar()->sizeHint().width(), fontMetrics().height() * 3};
}

bool ScrollBody::eventFilter(QObject *watched, QEvent *event)
{
    // Its fields have become more or fewer, and so it wants to be higher or lower itself.
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    const bool isDone = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        reviewBar();
    return isDone;
}

void ScrollBody::resizeEvent(QResizeEvent *event)
{
    reviewBar();
    QScrollArea::resizeEvent(event);
}

/// Without the bar the fields are wider, and their texts take fewer lines: Qt asks only whether
/// they fit beside a bar that is there already, which then never goes.
void ScrollBody::reviewBar()
{
    const QSize whole = maximumViewportSize();
    const bool fits = heightForWidth(whole.width()) <= whole.height();
    setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
}

void ScrollBody::follow(QWidget *focused)
{
    if (focused && widget()->isAncestorOf(focused))
        reveal(focused);
}

void ScrollBody::reveal(QWidget *part)
{
    // Fields that have just become more have their places with the next event.
    m_wanted = part;
    QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_wanted)
                    ensureWidgetVisible(m_wanted, 0, fontMetrics().height());
                m_wanted = nullptr;
            },
            Qt::QueuedConnection);
}

} // namespace teahouse::client
