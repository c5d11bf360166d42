#include "gui-client/models/roomlistmodel.h"

#include "shared/names.h"

#include <numeric>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

int groupOf(const RoomState &room)
{
    if (isPrivateRoom(room.room))
        return 2;
    return room.room == "main"_L1 ? 0 : 1;
}

} // namespace

bool isPrivateRoom(const QString &room)
{
    return room.startsWith(u'@');
}

RoomListModel::RoomListModel(QObject *parent) : QAbstractListModel(parent)
{
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_collator.setNumericMode(true);
}

int RoomListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rooms.size());
}

QVariant RoomListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RoomState &room = m_rooms.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return room.room;
    case TopicRole:
        return room.topic;
    case UnreadRole:
        return room.unread;
    case MentionsRole:
        return room.mentions;
    case PrivateRole:
        return isPrivateRoom(room.room);
    case MembersRole:
        return room.members;
    case LevelRole:
        return static_cast<int>(room.level);
    case OwnRoleRole:
        return static_cast<int>(room.role);
    case ClosedRole:
        return room.isClosed;
    case LockedRole:
        return room.hasKey;
    case ReadOnlyRole:
        return room.isReadOnly;
    case OverRole:
        return m_over.contains(foldedName(room.room));
    default:
        return {};
    }
}

QHash<int, QByteArray> RoomListModel::roleNames() const
{
    return {{NameRole, "name"},         {TopicRole, "topic"},       {UnreadRole, "unread"},
            {MentionsRole, "mentions"}, {PrivateRole, "private"},   {MembersRole, "members"},
            {LevelRole, "level"},       {OwnRoleRole, "ownRole"},   {ClosedRole, "closed"},
            {LockedRole, "locked"},     {ReadOnlyRole, "readOnly"}, {OverRole, "over"}};
}

void RoomListModel::upsert(const RoomState &room)
{
    if (const auto row = rowOf(room.room)) {
        RoomState &known = m_rooms[*row];
        const QString name = known.room; // a room keeps its place, so also its spelling
        if (known == room)
            return;
        known = room;
        known.room = name;
        emit dataChanged(index(*row), index(*row));
        return;
    }
    const auto place = std::lower_bound(m_rooms.cbegin(), m_rooms.cend(), room,
                                        [this](const RoomState &left, const RoomState &right) {
                                            return isBefore(left, right);
                                        });
    const auto row = static_cast<int>(std::distance(m_rooms.cbegin(), place));
    beginInsertRows({}, row, row);
    m_rooms.insert(row, room);
    endInsertRows();
}

void RoomListModel::remove(const QString &room)
{
    const auto row = rowOf(room);
    if (!row)
        return;
    beginRemoveRows({}, *row, *row);
    m_rooms.removeAt(*row);
    m_over.remove(foldedName(room));
    endRemoveRows();
}

void RoomListModel::changed(int row)
{
    emit dataChanged(index(row), index(row));
}

void RoomListModel::close(const QString &room)
{
    const auto row = rowOf(room);
    if (!row)
        return;
    m_over.insert(foldedName(room));
    changed(*row);
}

void RoomListModel::reopen(const QString &room)
{
    if (m_over.remove(foldedName(room)))
        changed(rowOf(room).value_or(0));
}

void RoomListModel::rename(const QString &from, const QString &to)
{
    const auto row = rowOf(from);
    if (!row || rowOf(to))
        return;
    m_rooms[*row].room = to;
    if (m_over.remove(foldedName(from)))
        m_over.insert(foldedName(to));
    changed(*row);
}

std::optional<int> RoomListModel::rowOf(const QString &room) const
{
    const QString key = foldedName(room);
    for (qsizetype i = 0; i < m_rooms.size(); ++i) {
        if (m_rooms.at(i).room == room || foldedName(m_rooms.at(i).room) == key)
            return static_cast<int>(i);
    }
    return std::nullopt;
}

std::optional<RoomState> RoomListModel::find(const QString &room) const
{
    const auto row = rowOf(room);
    return row ? std::optional(m_rooms.at(*row)) : std::nullopt;
}

int RoomListModel::unread() const
{
    return std::accumulate(m_rooms.cbegin(), m_rooms.cend(), 0,
                           [](int sum, const RoomState &room) { return sum + room.unread; });
}

bool RoomListModel::isBefore(const RoomState &left, const RoomState &right) const
{
    if (groupOf(left) != groupOf(right))
        return groupOf(left) < groupOf(right);
    const int order = m_collator.compare(left.room, right.room);
    return order != 0 ? order < 0 : left.room < right.room;
}

} // namespace teahouse::client
