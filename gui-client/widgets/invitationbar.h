#pragma once

#include "gui-client/models/chatmodel.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace teahouse::client {

/// Says who has invited one to which room, one invitation after the other. Hidden while there is
/// none.
class InvitationBar : public QFrame
{
    Q_OBJECT

public:
    explicit InvitationBar(QWidget *parent = nullptr);

    static constexpr int most = 20; ///< more are not kept

    void add(const Invitation &invitation);

    /// The room was entered in another way.
    void remove(const QString &room);

signals:
    void joinRequested(const QString &room);
    void focusReleased(); ///< it has hidden itself, and had the keyboard

protected:
    void changeEvent(QEvent *event) override;

private:
    void showFirst();

    QList<Invitation> m_invitations;
    QLabel *m_text;
    QPushButton *m_join;
    QPushButton *m_dismiss;
};

} // namespace teahouse::client
