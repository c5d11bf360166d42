#include "gui-client/widgets/personactions.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/question.h"
#include "gui-client/widgets/roomwords.h"
#include "gui-client/widgets/rowtext.h"
#include "shared/names.h"

#include <QAction>
#include <QMenu>

namespace teahouse::client {

using namespace Qt::StringLiterals;

PersonActions::PersonActions(ChatModel &model, QWidget *window)
    : QObject(window), m_model(model), m_window(window)
{
}

PersonActions::Subject PersonActions::subjectOf(const QString &room, const QString &name) const
{
    Subject subject;
    subject.own = {m_model.user(), m_model.rooms()->find(room).value_or(RoomState{})};
    subject.own.room.room = room;
    const PeopleModel *people = m_model.people(room);
    if (const auto person = people ? people->find(name) : std::nullopt) {
        subject.person = *person;
        subject.isHere = person->online;
    } else {
        // Of those who are gone nothing is known; the server knows.
        subject.person.name = name;
        subject.person.registered = true;
    }
    return subject;
}

void PersonActions::fill(QMenu *menu, const QString &room, const QString &name)
{
    const Subject subject = subjectOf(room, name);
    menu->setToolTipsVisible(true);
    if (!menu->isEmpty())
        menu->addSeparator();
    addInvitations(menu, subject);
    if (isPrivateRoom(room) && barrierTo(Deed::BanFromServer, subject.own) != Barrier::None)
        return; // in a conversation of two nobody is above the other
    menu->addSeparator();
    addSanctions(menu, subject);
    if (!isPrivateRoom(room)) {
        menu->addSeparator();
        addRoles(menu, subject);
    }
}

QAction *PersonActions::add(QMenu *menu, const QString &text, const QString &why,
                            const std::function<void()> &triggered)
{
    QAction *action = menu->addAction(text, this, triggered);
    action->setEnabled(why.isEmpty());
    action->setToolTip(why);
    action->setStatusTip(why);
    return action;
}

void PersonActions::addInvitations(QMenu *menu, const Subject &subject)
{
    QMenu *rooms = menu->addMenu(tr("In&vite to Room"));
    rooms->setToolTipsVisible(true);
    const RoomListModel &known = *m_model.rooms();
    for (int row = 0; row < known.rowCount(); ++row) {
        const RoomState &state = known.at(row);
        if (isPrivateRoom(state.room) || state.room == "main"_L1
            || (subject.isHere && foldedName(state.room) == foldedName(subject.own.room.room)))
            continue;
        const Barrier barrier = barrierTo(Deed::Invite, {m_model.user(), state}, subject.person);
        const QString name = subject.person.name;
        add(rooms, roomwords::unmarked(state.room), roomwords::barrier(barrier),
            [this, room = state.room, name] {
                ask(u"invite"_s, {{u"room"_s, room}, {u"name"_s, name}},
                    tr("%1 was invited to %2.")
                            .arg(rowtext::isolated(name), rowtext::isolated(room)));
            });
    }
    const bool self = foldedName(subject.person.name) == foldedName(m_model.ownName());
    rooms->menuAction()->setEnabled(!rooms->isEmpty() && !self);
    if (self)
        rooms->menuAction()->setToolTip(roomwords::barrier(Barrier::Oneself));
    else if (rooms->isEmpty())
        rooms->menuAction()->setToolTip(tr("You are in no other room."));
}

void PersonActions::addSanctions(QMenu *menu, const Subject &subject)
{
    using Kind = SanctionForm::Kind;
    const auto why = [&subject](Deed deed) {
        return roomwords::barrier(barrierTo(deed, subject.own, subject.person));
    };
    const QString room = subject.own.room.room;
    const QString name = subject.person.name;
    const QJsonObject fields{{u"room"_s, room}, {u"name"_s, name}};
    const QString shown = rowtext::isolated(name);
    const bool inRoom = !isPrivateRoom(room);
    if (inRoom) {
        QString kick = why(Deed::Kick);
        if (kick.isEmpty() && !subject.isHere)
            kick = tr("They are not in this room.");
        add(menu, tr("&Kick\u2026"), kick, [this, subject] { openForm(subject, Kind::Kick); });
        add(menu, tr("&Mute\u2026"), why(Deed::Mute),
            [this, subject] { openForm(subject, Kind::Mute); });
        add(menu, tr("&Unmute"), why(Deed::Mute), [this, fields, shown] {
            ask(u"unmute"_s, fields, tr("%1 may speak again.").arg(shown));
        });
    }
    const Deed ban = inRoom ? Deed::Ban : Deed::BanFromServer;
    add(menu, tr("&Ban\u2026"), why(ban), [this, subject] { openForm(subject, Kind::Ban); });
    if (inRoom)
        add(menu, tr("U&nban"), why(Deed::Ban), [this, fields, shown] {
            ask(u"unban"_s, fields, tr("%1 may enter this room again.").arg(shown));
        });
    if (barrierTo(Deed::BanFromServer, subject.own) == Barrier::None)
        add(menu, tr("Unban from the &Server"), why(Deed::BanFromServer), [this, name, shown] {
            ask(u"unban"_s, {{u"name"_s, name}}, tr("%1 may log in again.").arg(shown));
        });
}

void PersonActions::addRoles(QMenu *menu, const Subject &subject)
{
    const auto offer = [&](const QString &text, RoomRole role, Deed deed) {
        QString why = roomwords::barrier(barrierTo(deed, subject.own, subject.person));
        if (why.isEmpty() && subject.person.role == role)
            why = role == RoomRole::None ? tr("They have no role here.")
                                         : tr("That is what they are.");
        add(menu, text, why, [this, subject, role] { giveRole(subject, role); });
    };
    offer(tr("Make M&oderator"), RoomRole::Moderator, Deed::GiveRole);
    offer(tr("Make M&ember"), RoomRole::Member, Deed::GiveRole);
    offer(tr("&Take the Role Away"), RoomRole::None, Deed::GiveRole);
    offer(tr("Make O&wner\u2026"), RoomRole::Owner, Deed::HandOver);
}

void PersonActions::openForm(const Subject &subject, SanctionForm::Kind kind)
{
    using Reach = SanctionForm::Reach;
    const bool server = kind == SanctionForm::Kind::Ban
            && barrierTo(Deed::BanFromServer, subject.own, subject.person) == Barrier::None;
    const bool inRoom = !isPrivateRoom(subject.own.room.room);
    const SanctionForm::Order order{
            kind, !inRoom ? Reach::Server : (server ? Reach::RoomOrServer : Reach::Room),
            inRoom ? subject.own.room.room : QString(), subject.person.name};
    auto *form = new SanctionForm(m_model, order, m_window);
    connect(form, &SanctionForm::carriedOut, this, &PersonActions::done);
    form->open();
}

void PersonActions::giveRole(const Subject &subject, RoomRole role)
{
    static const QStringList words{QString(), u"member"_s, u"moderator"_s, u"owner"_s};
    const QString name = subject.person.name;
    const QJsonObject fields{{u"room"_s, subject.own.room.room},
                             {u"name"_s, name},
                             {u"role"_s, words.at(static_cast<qsizetype>(role))}};
    if (role != RoomRole::Owner) {
        ask(u"role"_s, fields, {}); // everybody sees the new role
        return;
    }
    const auto question = [name] {
        return Question{tr("Hand Over the Room"),
                        tr("Make %1 the owner of this room? Only they can give it back.")
                                .arg(rowtext::isolated(name)),
                        tr("&Hand Over"), tr("&Keep")};
    };
    teahouse::client::ask(m_window, question, [this, fields] { ask(u"role"_s, fields, {}); });
}

void PersonActions::ask(const QString &verb, const QJsonObject &fields, const QString &doneText)
{
    const auto ended = [this, verb, fields, doneText](const Reply &reply, const QString &text) {
        if (reply) {
            if (!doneText.isEmpty())
                emit done(doneText);
            return;
        }
        Error error = reply.error();
        error.subject = fields[u"name"_s].toString();
        emit failed(roomwords::refusal(verb, error, text));
    };
    m_model.errands()->ask(verb, fields, this, ended);
}

} // namespace teahouse::client
