#include "gui-client/widgets/absencenote.h"

#include "gui-client/models/peoplemodel.h"
#include "gui-client/models/roomlistmodel.h"
#include "gui-client/widgets/rowtext.h"

#include <QEvent>

namespace teahouse::client {

AbsenceNote::AbsenceNote(QWidget *parent) : WrappedLabel(parent)
{
    setContentsMargins(14, 6, 14, 0);
    hide();
}

void AbsenceNote::watch(PeopleModel *people, const QString &room)
{
    if (m_people)
        m_people->disconnect(this);
    m_people = isPrivateRoom(room) ? people : nullptr;
    m_room = room;
    if (m_people) {
        connect(m_people, &PeopleModel::rowsInserted, this, &AbsenceNote::update);
        connect(m_people, &PeopleModel::rowsRemoved, this, &AbsenceNote::update);
        connect(m_people, &PeopleModel::dataChanged, this, &AbsenceNote::update);
    }
    update();
}

void AbsenceNote::update()
{
    const QString text = words();
    setText(text);
    setVisible(!text.isEmpty());
}

QString AbsenceNote::words() const
{
    const auto row = m_people ? m_people->rowOf(m_room.mid(1)) : std::nullopt;
    if (!row || m_people->at(*row).online)
        return {};
    const Person &person = m_people->at(*row);
    const QString name = rowtext::isolated(person.name);
    return person.registered ? tr("%1 is not here and will read it later.").arg(name)
                             : tr("%1 is not here any more.").arg(name);
}

void AbsenceNote::changeEvent(QEvent *event)
{
    WrappedLabel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        update();
}

} // namespace teahouse::client
