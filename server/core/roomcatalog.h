#pragma once

#include "server/core/records.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <map>

namespace teahouse::server {

/// The public rooms by name, as each user may know of them: the listed ones, and of the hidden
/// ones those that were revealed to the user. A page costs what it shows, however many rooms are
/// hidden. Owned by the House, which decides what is hidden from whom.
class RoomCatalog
{
public:
    /// A part of the list, in the order of the folded names.
    struct Page
    {
        QList<RoomId> rooms;
        bool more = false;
    };

    /// Everybody may know of the room; what was revealed of it is forgotten.
    void list(RoomId room, const QString &name);
    /// Nobody may but those to whom it is revealed from now on.
    void hide(RoomId room, const QString &name);
    bool isHidden(RoomId room) const { return m_hidden.contains(room); }
    void remove(RoomId room);

    /// The user may know of a hidden room, or not any more; nothing else is one.
    void reveal(RoomId room, UserId user);
    void conceal(RoomId room, UserId user);

    /// At most `limit` rooms behind a name, which need not be one's; empty: from the start.
    Page page(UserId viewer, const QString &after, int limit) const;
    /// The same of all rooms, for those from whom nothing is hidden.
    Page wholePage(const QString &after, int limit) const;

private:
    using ByName = std::map<QString, RoomId>; ///< folded names

    struct Hidden
    {
        QString folded;
        QSet<UserId> viewers;
    };

    static Page merged(const ByName &rooms, const ByName &others, const QString &after, int limit);

    ByName m_listed;
    ByName m_unlisted; ///< the hidden ones, as nobody but administrators sees them
    QHash<RoomId, Hidden> m_hidden;
    QHash<RoomId, QString> m_names;   ///< folded; of all rooms
    QHash<UserId, ByName> m_revealed; ///< no empty ones
};

} // namespace teahouse::server
