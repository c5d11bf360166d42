#include "gui-client/widgets/inviteform.h"

#include "gui-client/widgets/rowtext.h"
#include "shared/limits.h"

#include <QLineEdit>

namespace teahouse::client {

using namespace Qt::StringLiterals;

InviteForm::InviteForm(Errands &errands, const QString &room, QWidget *parent)
    : ErrandForm(errands, parent), m_room(room), m_name(new QLineEdit(this))
{
    setTitle([] { return tr("Invite"); });
    addText([room] {
        return tr("They are told that you invite them to %1, and may enter it.")
                .arg(rowtext::isolated(room));
    });
    addRow([] { return tr("&Name:"); }, m_name);
    setLimit(m_name, limits::name);
    setSubmitText([] { return tr("&Invite"); });
    m_name->setFocus();
}

void InviteForm::submit()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        complain(tr("Please enter a name."), m_name);
    else
        ask(u"invite"_s, {{u"room"_s, m_room}, {u"name"_s, name}});
}

void InviteForm::succeeded(const Answer &answer)
{
    emit carriedOut(
            tr("%1 was invited to %2.")
                    .arg(rowtext::isolated(m_name->text().trimmed()), rowtext::isolated(m_room)));
    ErrandForm::succeeded(answer);
}

} // namespace teahouse::client
