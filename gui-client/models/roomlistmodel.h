#pragma once

#include "shared/roominfo.h"

#include <QAbstractListModel>
#include <QCollator>
#include <QSet>

#include <optional>

namespace teahouse::client {

/// Whether a room of this name is a conversation of two; these are called `@NAME`.
bool isPrivateRoom(const QString &room);

/// The rooms one is in: `main` first, then the others in the order of the user's language, the
/// private conversations behind them. Owned by ChatModel.
class RoomListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole,
        TopicRole,
        UnreadRole,
        MentionsRole,
        PrivateRole,
        MembersRole,
        LevelRole,    ///< NotifyLevel as int
        OwnRoleRole,  ///< one's own RoomRole as int
        ClosedRole,   ///< one enters by invitation only
        LockedRole,   ///< one enters with a password
        ReadOnlyRole, ///< only moderators speak
        OverRole,     ///< the user is no longer in it
    };

    explicit RoomListModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Adds the room or replaces what is known about it.
    void upsert(const RoomState &room);
    void remove(const QString &room);

    /// The user is no longer in a room that stays in the list; or is back.
    void close(const QString &room);
    void reopen(const QString &room);

    /// Another name for the same room, which keeps its row. Nothing happens when `to` is taken.
    void rename(const QString &from, const QString &to);

    /// Upper and lower case are the same.
    std::optional<int> rowOf(const QString &room) const;
    std::optional<RoomState> find(const QString &room) const;
    const RoomState &at(int row) const { return m_rooms.at(row); }

    /// The unread messages of all rooms.
    int unread() const;

private:
    bool isBefore(const RoomState &left, const RoomState &right) const;

    void changed(int row);

    QList<RoomState> m_rooms;
    QSet<QString> m_over; ///< folded names
    QCollator m_collator;
};

} // namespace teahouse::client
