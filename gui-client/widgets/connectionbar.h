#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace teahouse::client {

/// How the connection is.
enum class ConnectionState {
    Connected,
    Waiting,    ///< lost; tried again in some seconds
    Connecting, ///< lost; being tried again now
    Offline,    ///< lost; not tried again unless the person asks for it
    Ended,      ///< the server ended the session; the user has to log in again
};

/// The bar that says that the connection is lost and what happens about it. Hidden while there is
/// nothing to say.
class ConnectionBar : public QFrame
{
    Q_OBJECT

public:
    explicit ConnectionBar(QWidget *parent = nullptr);

    /// `seconds`: until the next attempt, when Waiting. `reason`: plain text, may be empty.
    void showState(ConnectionState state, int seconds = 0, const QString &reason = {});

signals:
    void reconnectNow();
    void stopReconnecting();
    void loginWanted(); ///< after the session has ended

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_now;
    QPushButton *m_stop;
    ConnectionState m_state = ConnectionState::Connected;
    int m_seconds = 0;
    QString m_reason;
};

} // namespace teahouse::client
