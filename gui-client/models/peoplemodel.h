#pragma once

#include "shared/reply.h"

#include <QAbstractListModel>
#include <QCollator>
#include <QSet>
#include <QStringList>

#include <optional>

namespace teahouse::client {

/// Who is in a room: those online first, in the order of the user's language. Owned by ChatModel.
class PeopleModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole,
        AwayRole, ///< empty: present
        ViaRole,  ///< the door
        OnlineRole,
        IgnoredRole, ///< one does not want to hear them
    };

    explicit PeopleModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void upsert(const Person &person);
    void remove(const QString &name);
    void setAway(const QString &name, const QString &away);

    /// Whom one does not want to hear, by folded names.
    void setIgnored(const QSet<QString> &keys);

    /// The pages of a whole list: whoever is on none of them is removed behind the last one.
    void applyPage(const PersonList &page);

    std::optional<int> rowOf(const QString &name) const;
    const Person &at(int row) const { return m_people.at(row).person; }
    QStringList names() const;

private:
    struct Entry
    {
        Person person;
        QString key; ///< the folded name
    };

    bool isBefore(const Entry &left, const Entry &right) const;
    void insert(const Entry &entry);
    void removeAt(int row);
    void fill(const QList<Person> &people);

    QList<Entry> m_people;
    QSet<QString> m_listed; ///< on the pages so far
    QSet<QString> m_ignored;
    QCollator m_collator;
    bool m_listing = false;
};

} // namespace teahouse::client
