#pragma once

#include "gui-client/models/chatmodel.h"

#include <QJsonObject>

namespace teahouse::test {

/// What a model's windows have asked for, to be answered by a test.
class AskedErrands
{
public:
    struct One
    {
        quint64 ticket = 0;
        QString verb = {};
        QJsonObject fields = {};
    };

    explicit AskedErrands(client::ChatModel &model) : m_errands(*model.errands())
    {
        QObject::connect(&m_errands, &client::Errands::wanted, &m_errands,
                         [this](quint64 ticket, const QString &verb, const QJsonObject &fields) {
                             m_all.append({ticket, verb, fields});
                         });
    }

    qsizetype count() const { return m_all.size(); }

    /// The oldest that was not taken yet; without a verb when there is none.
    One take() { return m_all.isEmpty() ? One() : m_all.takeFirst(); }

    /// The same of one verb.
    One take(const QString &verb)
    {
        for (qsizetype i = 0; i < m_all.size(); ++i) {
            if (m_all.at(i).verb == verb)
                return m_all.takeAt(i);
        }
        return {};
    }

    void answer(const One &one, const Answer &answer) { m_errands.answered(one.ticket, answer); }
    void refuse(const One &one, ErrorCode code, const QString &text = {})
    {
        m_errands.refused(one.ticket, {.code = code}, text);
    }

private:
    client::Errands &m_errands;
    QList<One> m_all;
};

/// Logs `ann` in: main, and `tea`, in which she has a role.
inline void logIn(client::ChatModel &model, RoomRole role, const QString &standing = {})
{
    Welcome welcome;
    welcome.user = {QStringLiteral("ann"), true, standing};
    RoomState main;
    main.room = QStringLiteral("main");
    RoomState tea;
    tea.room = QStringLiteral("tea");
    tea.topic = QStringLiteral("Green tea");
    tea.role = role;
    welcome.rooms = {main, tea};
    model.welcome(welcome);
    model.setCurrentRoom(QStringLiteral("tea"));
    PersonList people;
    people.room = tea.room;
    Person ann;
    ann.name = QStringLiteral("ann");
    ann.registered = true;
    ann.role = role;
    Person bob = ann;
    bob.name = QStringLiteral("bob");
    bob.role = RoomRole::None;
    Person guest;
    guest.name = QStringLiteral("gus");
    people.people = {ann, bob, guest};
    model.applyMembers(tea.room, people);
}

} // namespace teahouse::test
