#include "gui-client/models/roomdirectorymodel.h"

#include "shared/names.h"
#include "shared/text.h"

namespace teahouse::client {

using namespace Qt::StringLiterals;

RoomDirectoryModel::RoomDirectoryModel(Errands &errands, QObject *parent)
    : PagedRows(errands, {u"rooms"_s}, Topic + 1, parent)
{
}

int RoomDirectoryModel::marksOf(const RoomState &room)
{
    return (room.isClosed ? Closed : 0) | (room.hasKey ? Locked : 0)
            | (room.isReadOnly ? ReadOnly : 0);
}

QVariant RoomDirectoryModel::cell(int index, int column) const
{
    const RoomState &room = row(index);
    switch (column) {
    case Name:
        return room.room;
    case Members:
        return room.isNameOnly ? QVariant() : QVariant(room.members);
    case Marks:
        return marksOf(room);
    case Topic:
        return room.topic;
    default:
        return {};
    }
}

QString RoomDirectoryModel::keyOf(const RoomState &row) const
{
    return foldedName(row.room);
}

std::optional<PagedTable::Rest> RoomDirectoryModel::take(const Answer &answer)
{
    const auto *list = std::get_if<RoomList>(&answer);
    if (!list)
        return std::nullopt;
    QList<RoomState> rooms = list->rooms;
    for (RoomState &room : rooms) {
        room.room = cleanLine(room.room);
        room.topic = cleanLine(room.topic);
    }
    merge(rooms);
    return Rest{list->more, list->next};
}

} // namespace teahouse::client
