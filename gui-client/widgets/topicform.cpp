#include "gui-client/widgets/topicform.h"

#include "shared/limits.h"

#include <QLineEdit>

namespace teahouse::client {

using namespace Qt::StringLiterals;

TopicForm::TopicForm(Errands &errands, const QString &room, const QString &topic, QWidget *parent)
    : ErrandForm(errands, parent), m_room(room), m_topic(new QLineEdit(topic, this))
{
    setTitle([] { return tr("Topic"); });
    addRow([] { return tr("&Topic of this room:"); }, m_topic);
    setLimit(m_topic, limits::topic);
    setSubmitText([] { return tr("&Save"); });
    m_topic->selectAll();
    m_topic->setFocus();
}

void TopicForm::submit()
{
    ask(u"topic"_s, {{u"room"_s, m_room}, {u"text"_s, m_topic->text().trimmed()}});
}

} // namespace teahouse::client
