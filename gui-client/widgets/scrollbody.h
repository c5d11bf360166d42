#pragma once

#include <QPointer>
#include <QScrollArea>

namespace teahouse::client {

/// The fields of a form, which scroll where the window cannot be as high as they are. Wants to be
/// as large as they are and looks as if it were not there. The field with the focus is in sight.
class ScrollBody : public QScrollArea
{
    Q_OBJECT

public:
    /// Takes over `fields`, which has a layout.
    explicit ScrollBody(QWidget *fields, QWidget *parent);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// Brings a part of it into sight, as much as there is room for; the last one asked for counts.
    void reveal(QWidget *part);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void reviewBar();
    void follow(QWidget *focused);

    QPointer<QWidget> m_wanted; ///< in sight, soon
};

} // namespace teahouse::client
