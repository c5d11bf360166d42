#pragma once

#include "server/core/store.h"
#include "server/store/database.h"
#include "server/store/logreader.h"
#include "server/store/unkeptrooms.h"

#include <functional>
#include <memory>
#include <variant>

namespace teahouse::server {

/// Reads the rooms of a data folder's database, while a server runs on it too, page by page: no
/// page holds the server up, and memory does not grow with the room.
class RoomExport
{
public:
    /// Opens the database. A text: why that failed and what helps.
    static std::variant<std::unique_ptr<RoomExport>, QString> open(const QString &path);

    /// The rooms that somebody means: the one called so, in any case, or for `@ANN,BOB` the private
    /// conversations of people called so, in either order; there may be several, of guests with the
    /// same names. `@ANN,BOB#ID` is one of them. Empty: there is none. A text: what failed.
    std::variant<QList<RoomRecord>, QString> find(const QString &wanted);

    /// Calls `take` for each item kept, oldest first, until it returns false. An error's text, or
    /// nothing.
    QString forEach(RoomId room, const std::function<bool(const Item &item)> &take);

private:
    RoomExport(QString path, std::unique_ptr<Database> database);

    QString m_path;
    std::unique_ptr<Database> m_database;
    UnkeptRooms m_unkept; ///< none: they are in the memory of a server
    LogReader m_reader;
};

/// What a room is called when it is asked for: its name, or `@ANN,BOB#ID`.
QString exportName(const RoomRecord &room);

} // namespace teahouse::server
