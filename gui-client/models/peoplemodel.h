#pragma once

#include "shared/reply.h"

#include <QAbstractListModel>
#include <QCollator>
#include <QSet>
#include <QStringList>

#include <functional>
#include <optional>

namespace teahouse::client {

/// Who is in a room: those online first, then accounts that are absent; of each the owner before
/// the moderators before all others, in the order of the user's language. Owned by ChatModel.
class PeopleModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole,
        AwayRole, ///< empty: present
        ViaRole,  ///< the door
        OnlineRole,
        IgnoredRole,  ///< one does not want to hear them
        RoomRoleRole, ///< RoomRole as int
        RegisteredRole,
        AdminRole,
        AddressRole, ///< for those who may see it; empty otherwise
    };

    explicit PeopleModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void upsert(const Person &person);
    void remove(const QString &name);
    void setAway(const QString &name, const QString &away);
    void setRole(const QString &name, RoomRole role);
    void setStanding(const QString &name, bool registered, bool admin);

    /// Somebody is not on the server any more, and stays in the list.
    void setAbsent(const QString &name);

    /// Somebody has gone; an account with a role in the room is absent from now on.
    void leave(const QString &name);

    /// Whom one does not want to hear, by folded names.
    void setIgnored(const QSet<QString> &keys);

    /// The pages of a whole list: whoever is on none of them is removed behind the last one.
    void applyPage(const PersonList &page);

    std::optional<int> rowOf(const QString &name) const;
    const Person &at(int row) const { return m_people.at(row).person; }
    QStringList names() const;
    int onlineCount() const;

    /// Nothing when nobody of that name is in the list.
    std::optional<Person> find(const QString &name) const;

private:
    struct Entry
    {
        Person person;
        QString key; ///< the folded name
    };

    bool isBefore(const Entry &left, const Entry &right) const;
    void insert(const Entry &entry);
    void removeAt(int row);
    void change(const QString &name, const std::function<void(Person &)> &change);
    void replace(int row, const Entry &entry);
    void fill(const QList<Person> &people);

    QList<Entry> m_people;
    QSet<QString> m_listed; ///< on the pages so far
    QSet<QString> m_ignored;
    QCollator m_collator;
    bool m_listing = false;
};

/// Somebody as a row of the list, or of a view of it, tells.
Person personOf(const QModelIndex &index);

} // namespace teahouse::client
