#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace teahouse::client {

/// The line above the message box of a room that the user is no longer in: what happened, and the
/// ways on. Hidden while there is nothing to say. Takes the focus by Tab only: somebody may be
/// writing when it appears.
class ClosedBar : public QWidget
{
    Q_OBJECT

public:
    explicit ClosedBar(QWidget *parent = nullptr);

    /// Whether the room may be entered again from here.
    enum class Return { Offered, Hidden };

    /// `why`: plain text; empty hides the bar.
    void show(const QString &why, Return way);

    QPushButton *joinButton() const { return m_join; }
    QPushButton *leaveButton() const { return m_leave; }

signals:
    void joinRequested();
    void leaveRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QLabel *m_text;
    QPushButton *m_join;
    QPushButton *m_leave;
};

} // namespace teahouse::client
