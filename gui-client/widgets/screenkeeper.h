#pragma once

#include <QObject>
#include <QPointer>

class QScreen;
class QWidget;

namespace teahouse::client {

/// The width by which windows are measured, in pixels: the average of the widget's font, but no
/// more than a digit's. The average of a font with Chinese characters is twice as wide.
int characterWidth(const QWidget &widget);

/// Keeps a window on its screen: it is never shown larger than what is free there, whatever it was
/// given as a size or needs at least, and what was remembered of a larger screen comes back inside
/// this one. What does not fit then has to scroll. Belongs to the window, whose layout no longer
/// decides how small it may be.
class ScreenKeeper : public QObject
{
    Q_OBJECT

public:
    explicit ScreenKeeper(QWidget &window);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show();
    void follow();
    bool fit();
    void place();

    QWidget &m_window;
    QPointer<QScreen> m_screen;
};

/// Gives a window a ScreenKeeper. Once for each, with its layout set.
void keepOnScreen(QWidget &window);

/// Makes a window that is shown as high as its layout needs at the present width, which its size
/// hint does not say of wrapped texts, but no higher than its screen. One that would reach below
/// that moves up.
void growToContents(QWidget &window);

} // namespace teahouse::client
