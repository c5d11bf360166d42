#include "gui-client/widgets/screenkeeper.h"

#include <QDialog>
#include <QEvent>
#include <QLayout>
#include <QScreen>
#include <QStyle>
#include <QWidget>
#include <QWindow>

#include <algorithm>

namespace teahouse::client {

namespace {

/// What the window manager puts around a window; guessed while it has not.
QMargins frameOf(const QWidget &window)
{
    const QRect inner = window.geometry();
    const QRect outer = window.frameGeometry();
    if (outer != inner)
        return {inner.left() - outer.left(), inner.top() - outer.top(),
                outer.right() - inner.right(), outer.bottom() - inner.bottom()};
    const int title = window.style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, &window);
    constexpr int border = 4;
    return {border, std::max(title, window.fontMetrics().height() + 2 * border), border, border};
}

QRect freeFor(const QWidget &window)
{
    return window.screen()->availableGeometry().marginsRemoved(frameOf(window));
}

/// Into what is free, its beginning before its end.
void moveInto(QWidget &window, const QRect &free)
{
    const QRect now = window.geometry();
    const int x = std::max(free.left(), std::min(now.left(), free.right() + 1 - now.width()));
    const int y = std::max(free.top(), std::min(now.top(), free.bottom() + 1 - now.height()));
    if (QPoint(x, y) != now.topLeft())
        window.move(QPoint(x, y) + window.pos() - now.topLeft());
}

bool fillsTheScreen(const QWidget &window)
{
    return window.isMaximized() || window.isFullScreen();
}

} // namespace

int characterWidth(const QWidget &widget)
{
    const QFontMetrics metrics = widget.fontMetrics();
    return std::min(metrics.averageCharWidth(), metrics.horizontalAdvance(QLatin1Char('0')));
}

ScreenKeeper::ScreenKeeper(QWidget &window) : QObject(&window), m_window(window)
{
    // It would make the window as large as all that is in it, however small the screen is.
    window.layout()->setSizeConstraint(QLayout::SetNoConstraint);
    window.installEventFilter(this);
}

bool ScreenKeeper::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show && !event->spontaneous())
        show();
    else if (event->type() == QEvent::LayoutRequest && m_window.isVisible() && fit())
        place();
    return QObject::eventFilter(watched, event);
}

void ScreenKeeper::show()
{
    follow();
    if (m_window.testAttribute(Qt::WA_Moved))
        place();
    else if (qobject_cast<QDialog *>(&m_window)) // gets its place, over its parent, after this
        QMetaObject::invokeMethod(this, &ScreenKeeper::place, Qt::QueuedConnection);
    // All others get one from the window manager.
}

/// Somebody who moves the window to another screen does so with the mouse: it stays where it is.
void ScreenKeeper::follow()
{
    connect(m_window.windowHandle(), &QWindow::screenChanged, this, &ScreenKeeper::follow,
            Qt::UniqueConnection);
    if (m_screen != m_window.screen()) {
        if (m_screen)
            m_screen->disconnect(this);
        m_screen = m_window.screen();
        connect(m_screen, &QScreen::availableGeometryChanged, this, [this] {
            fit();
            place();
        });
    }
    fit();
}

/// Whether its size has changed.
bool ScreenKeeper::fit()
{
    const QSize before = m_window.size();
    const QSize free = freeFor(m_window).size();
    m_window.setMinimumSize(m_window.layout()->totalMinimumSize().boundedTo(free));
    if (!fillsTheScreen(m_window))
        m_window.resize(m_window.size().boundedTo(free));
    return m_window.size() != before;
}

void ScreenKeeper::place()
{
    if (!fillsTheScreen(m_window))
        moveInto(m_window, freeFor(m_window));
}

void keepOnScreen(QWidget &window)
{
    new ScreenKeeper(window);
}

void growToContents(QWidget &window)
{
    if (!window.isVisible() || fillsTheScreen(window))
        return;
    // What is inside tells the layout only with the next event that it has become higher.
    for (QWidget *child : window.findChildren<QWidget *>()) {
        if (child->layout() || child->hasHeightForWidth())
            child->updateGeometry();
    }
    QLayout *layout = window.layout();
    layout->invalidate();
    const QRect free = freeFor(window);
    const int needed = layout->hasHeightForWidth() ? layout->totalHeightForWidth(window.width())
                                                   : layout->totalSizeHint().height();
    const int wanted = std::min(needed, free.height());
    if (window.height() >= wanted)
        return;
    window.resize(window.width(), wanted);
    if (window.geometry().bottom() > free.bottom())
        moveInto(window, free);
}

} // namespace teahouse::client
