#pragma once

#include "shared/chatprotocol.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace teahouse::client {

class MessageEdit;
class TranscriptModel;
class TranscriptView;

/// One room: its name and topic, the transcript, and the box to write in with the buttons Send,
/// Users and Close. Shows one room after the other.
class RoomView : public QWidget
{
    Q_OBJECT

public:
    explicit RoomView(QWidget *parent = nullptr);

    /// Shows a room and what was being written there; without a room nothing can be written.
    void setRoom(const QString &room, TranscriptModel *transcript, const QString &draft);
    void setTopic(const QString &topic);

    /// Hides what the server cannot do.
    void setCapabilities(const Capabilities &capabilities);

    /// A line of plain text above the message box; empty takes it away.
    void showError(const QString &text);

    TranscriptView *transcript() const { return m_transcript; }
    MessageEdit *edit() const { return m_edit; }
    QPushButton *sendButton() const { return m_send; }
    QPushButton *usersButton() const { return m_users; } ///< checkable
    QPushButton *closeButton() const { return m_close; }

    /// What stands beside the box about the length; empty while there is nothing to say.
    QString lengthNote() const;

signals:
    void sendRequested(const QString &text);
    void draftChanged(const QString &text);
    void usersToggled(bool shown);
    void closeRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *buildHeader();
    QWidget *buildComposer();
    void connectParts();
    void send();
    void updateSend();
    void typed(QKeyEvent *event);
    void retranslate();

    QLabel *m_name;
    QLabel *m_topic;
    TranscriptView *m_transcript;
    QLabel *m_error;
    MessageEdit *m_edit;
    QLabel *m_length;
    QPushButton *m_send;
    QPushButton *m_users;
    QPushButton *m_close;
    QString m_room;
    bool m_switching = false;
};

} // namespace teahouse::client
