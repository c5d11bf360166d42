#pragma once

#include "gui-client/widgets/errandform.h"

class QLineEdit;

namespace teahouse::client {

class ChatModel;

/// Asks for a room's password, and enters the room with it.
class RoomKeyForm : public ErrandForm
{
    Q_OBJECT

public:
    RoomKeyForm(ChatModel &model, const QString &room, QWidget *parent);

protected:
    void submit() override;
    void succeeded(const Answer &answer) override;
    void refused(const QString &verb, const Error &error, const QString &text) override;

private:
    ChatModel &m_model;
    QString m_room;
    QLineEdit *m_key;
};

} // namespace teahouse::client
