#include "gui-client/widgets/roomkeyform.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/rowtext.h"
#include "shared/limits.h"

#include <QLineEdit>

namespace teahouse::client {

using namespace Qt::StringLiterals;

RoomKeyForm::RoomKeyForm(ChatModel &model, const QString &room, QWidget *parent)
    : ErrandForm(*model.errands(), parent), m_model(model), m_room(room), m_key(new QLineEdit(this))
{
    setTitle([] { return tr("Password of the Room"); });
    addText([room] { return tr("One enters %1 with a password.").arg(rowtext::isolated(room)); });
    setLimit(m_key, limits::roomKey);
    m_key->setEchoMode(QLineEdit::Password);
    addRow([] { return tr("&Password of the room:"); }, m_key);
    setSubmitText([] { return tr("&Join"); });
    m_key->setFocus();
}

void RoomKeyForm::submit()
{
    ask(u"join"_s, {{u"room"_s, m_room}, {u"key"_s, m_key->text()}});
}

void RoomKeyForm::succeeded(const Answer &answer)
{
    if (const auto *joined = std::get_if<RoomJoined>(&answer))
        m_model.setCurrentRoom(joined->room.room);
    ErrandForm::succeeded(answer);
}

void RoomKeyForm::refused(const QString &verb, const Error &error, const QString &text)
{
    ErrandForm::refused(verb, error, text);
    m_key->selectAll();
}

} // namespace teahouse::client
