#pragma once

#include "gui-client/widgets/errandform.h"

class QLineEdit;

namespace teahouse::client {

/// Asks for the topic of a room. One that is refused stays in the form.
class TopicForm : public ErrandForm
{
    Q_OBJECT

public:
    /// `topic`: as it is.
    TopicForm(Errands &errands, const QString &room, const QString &topic, QWidget *parent);

protected:
    void submit() override;

private:
    QString m_room;
    QLineEdit *m_topic;
};

} // namespace teahouse::client
