#pragma once

#include "gui-client/widgets/errandform.h"

class QLineEdit;

namespace teahouse::client {

/// Invites somebody into a room.
class InviteForm : public ErrandForm
{
    Q_OBJECT

public:
    InviteForm(Errands &errands, const QString &room, QWidget *parent);

signals:
    void carriedOut(const QString &text);

protected:
    void submit() override;
    void succeeded(const Answer &answer) override;

private:
    QString m_room;
    QLineEdit *m_name;
};

} // namespace teahouse::client
