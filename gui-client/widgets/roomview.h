#pragma once

#include "gui-client/input/sentlines.h"
#include "gui-client/widgets/closedbar.h"
#include "shared/chatprotocol.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;

namespace teahouse::client {

struct Excess;
class AbsenceNote;
class MessageEdit;
class PeopleModel;
class TranscriptModel;
class TranscriptView;

/// One room: its name and topic, the transcript, and the box to write in with the buttons Send,
/// Users and Close. Shows one room after the other. One's own messages are edited in the same box,
/// with a line above it that says so.
class RoomView : public QWidget
{
    Q_OBJECT

public:
    explicit RoomView(QWidget *parent = nullptr);

    /// Shows a room and what was being written there; without a room nothing can be written.
    void setRoom(const QString &room, TranscriptModel *transcript, const QString &draft);
    void setTopic(const QString &topic);

    /// The room has another name.
    void rename(const QString &from, const QString &to);

    /// Of a private conversation: whether the other is there is said above the box.
    void setPeople(PeopleModel *people);
    void setUnread(int count);

    /// Hides what the server cannot do.
    void setCapabilities(const Capabilities &capabilities);

    /// Whether it makes sense to try to speak before one is told that one may.
    enum class SpeakAgain { Later, OnTrial };

    /// Nothing can be written, and why; empty: something can.
    void setSilent(const QString &why, SpeakAgain again);

    /// The user is no longer in the room, and why; empty: they are. What they are writing stays in
    /// the box, which takes more text and sends none.
    void setClosed(const QString &why, ClosedBar::Return way);

    /// Gives the keyboard to the message box, or to the transcript while nothing can be written.
    void focusBox();

    /// A line of plain text above the message box; empty takes it away.
    void showError(const QString &text);

    /// Brings a message of one's own into the box; nothing happens when it is not loaded.
    void startEditing(quint64 seq);
    void editLast();
    quint64 editing() const { return m_editing; } ///< the message's number; 0: none

    /// Numbers of messages mean other messages now: what is being edited cannot be saved.
    void voidEdits();

    /// A line that was not understood stands in the box again.
    void returnLine(const QString &text);

    /// What became of an edit that failed stands in the box again, or can be recalled.
    void returnEdit(const QString &room, quint64 seq, const QString &text);

    /// Whether there is text in the box that was not sent.
    bool isWriting() const;

    /// Brings back into the box what a server did not take, behind nothing that stands there;
    /// false: it does not, since another room is shown or something is being written.
    bool takeBack(const QString &room, const QString &text);

    /// Brings a message that was not sent into the box, before what stands there.
    void rewrite(const QString &text);

    TranscriptView *transcript() const { return m_transcript; }
    MessageEdit *edit() const { return m_edit; }
    ClosedBar *closedBar() const { return m_closedBar; }
    QPushButton *sendButton() const { return m_send; }
    QPushButton *usersButton() const { return m_users; } ///< checkable
    QPushButton *closeButton() const { return m_close; }

    /// What stands beside the box about the length; empty while there is nothing to say.
    QString lengthNote() const;

signals:
    void sendRequested(const QString &text);
    void editRequested(quint64 seq, const QString &text);
    void deleteRequested(quint64 seq);
    void draftChanged(const QString &room, const QString &text);
    void written(); ///< the text in the box has changed, whatever it is
    void usersToggled(bool shown);
    void closeRequested();
    void speakAgainRequested();
    void escaped();            ///< Esc, and nothing is edited
    void joinAgainRequested(); ///< the room that is closed
    void leaveRequested();     ///< likewise

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *buildHeader();
    QWidget *buildComposer();
    void buildEditBar();
    void buildSilentBar();
    void connectParts();
    void send();
    void sendEdit();
    void beginEdit(quint64 seq, const QString &text);
    void endEdit();
    void setText(const QString &text);
    void keepBox();
    void takeBox(const QString &draft);
    void followEdited();
    void setVoid();
    void rememberAside(const QString &text);
    bool isSpoken(const QString &text) const;
    void escape();
    static QString excessNote(const Excess &excess);
    void updateSend();
    void typed(QKeyEvent *event);
    void retranslate();

    QLabel *m_name;
    QLabel *m_topic;
    TranscriptView *m_transcript;
    AbsenceNote *m_absence;
    QLabel *m_error;
    QWidget *m_editBar;
    QLabel *m_editLabel;
    QPushButton *m_editCancel;
    QWidget *m_silentBar;
    QLabel *m_silentLabel;
    QPushButton *m_speakAgain;
    ClosedBar *m_closedBar;
    MessageEdit *m_edit;
    QLabel *m_length;
    QPushButton *m_send;
    QPushButton *m_users;
    QPushButton *m_close;

    /// What stands in the message box of a room.
    struct Box
    {
        SentLines sent;
        QString text;
        quint64 editing = 0; ///< the message that is being edited; 0: none
        QString edited = {}; ///< what is to become of it
        bool isVoid = false; ///< it cannot be saved: the message is not there any more
    };
    QHash<QString, Box> m_boxes; ///< of rooms that are not shown
    QString m_room;
    Box m_before; ///< as it was before an edit began
    quint64 m_editing = 0;
    bool m_isVoid = false;   ///< what is edited is not there any more
    bool m_isClosed = false; ///< the user is no longer in the room
    bool m_canEdit = true;
    bool m_silent = false;
    bool m_wasWriting = false; ///< when one was silenced
    bool m_switching = false;
};

} // namespace teahouse::client
