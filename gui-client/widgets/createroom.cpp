#include "gui-client/widgets/createroom.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/retentionedit.h"
#include "shared/limits.h"

#include <QCheckBox>
#include <QLineEdit>

namespace teahouse::client {

using namespace Qt::StringLiterals;

CreateRoom::CreateRoom(ChatModel &model, const QString &name, QWidget *parent)
    : ErrandForm(*model.errands(), parent), m_model(model), m_name(new QLineEdit(name, this)),
      m_topic(new QLineEdit(this)), m_key(new QLineEdit(this)), m_closed(new QCheckBox(this)),
      m_retention(new RetentionEdit(this))
{
    setTitle([] { return tr("Create a Room"); });
    setLimit(m_name, limits::name);
    setLimit(m_topic, limits::topic);
    setLimit(m_key, limits::roomKey);
    m_key->setEchoMode(QLineEdit::Password);
    worded(m_closed, [this] {
        m_topic->setPlaceholderText(tr("What the room is about"));
        m_key->setPlaceholderText(tr("Empty: one enters without"));
        m_closed->setText(tr("One enters by &invitation only"));
    });
    addRow([] { return tr("&Name:"); }, m_name);
    addRow([] { return tr("&Topic:"); }, m_topic);
    addRow(m_closed);
    addRow([] { return tr("&Password:"); }, m_key);
    addRow([] { return tr("&What was said:"); }, m_retention);
    if (!m_model.user().registered)
        addText([] {
            return tr("You are here as a guest: the room will belong to nobody, and vanish some "
                      "time after everybody has left.");
        });
    setSubmitText([] { return tr("&Create"); });
    m_name->setFocus();
}

void CreateRoom::submit()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) {
        complain(tr("Please enter a name for the room."), m_name);
        return;
    }
    QJsonObject fields{{u"room"_s, name}};
    if (const QString topic = m_topic->text().trimmed(); !topic.isEmpty())
        fields[u"topic"_s] = topic;
    if (m_closed->isChecked())
        fields[u"private"_s] = true;
    if (!m_key->text().isEmpty())
        fields[u"key"_s] = m_key->text();
    if (m_retention->retention() != keepForever)
        fields[u"retention"_s] = m_retention->retention();
    ask(u"create"_s, fields);
}

void CreateRoom::succeeded(const Answer &answer)
{
    if (const auto *joined = std::get_if<RoomJoined>(&answer))
        m_model.setCurrentRoom(joined->room.room);
    ErrandForm::succeeded(answer);
}

} // namespace teahouse::client
