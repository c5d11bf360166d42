#pragma once

#include "shared/roominfo.h"

#include <QAbstractListModel>
#include <QCollator>

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
    };

    explicit RoomListModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Adds the room or replaces what is known about it.
    void upsert(const RoomState &room);
    void remove(const QString &room);

    /// Upper and lower case are the same.
    std::optional<int> rowOf(const QString &room) const;
    std::optional<RoomState> find(const QString &room) const;
    const RoomState &at(int row) const { return m_rooms.at(row); }

    /// The unread messages of all rooms.
    int unread() const;

private:
    bool isBefore(const RoomState &left, const RoomState &right) const;

    QList<RoomState> m_rooms;
    QCollator m_collator;
};

} // namespace teahouse::client
