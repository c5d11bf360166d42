#pragma once

#include "gui-client/widgets/errandform.h"

class QCheckBox;
class QLineEdit;

namespace teahouse::client {

class ChatModel;
class RetentionEdit;

/// The form for a new room, which is shown once it is there.
class CreateRoom : public ErrandForm
{
    Q_OBJECT

public:
    /// `name`: to begin with, may be empty.
    CreateRoom(ChatModel &model, const QString &name, QWidget *parent);

protected:
    void submit() override;
    void succeeded(const Answer &answer) override;

private:
    ChatModel &m_model;
    QLineEdit *m_name;
    QLineEdit *m_topic;
    QLineEdit *m_key;
    QCheckBox *m_closed;
    RetentionEdit *m_retention;
};

} // namespace teahouse::client
