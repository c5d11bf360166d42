#pragma once

#include "server/core/store.h"
#include "server/store/database.h"

namespace teahouse::server {

/// Guests, and what users have read, on the writer's connection. Functions throw DatabaseError.
class PeopleTable
{
public:
    explicit PeopleTable(Database &database);

    /// Keeps a guest who has not registered.
    void put(const GuestRecord &guest);

    /// Takes a guest away with all that was read; who mentioned them goes step by step.
    void forget(UserId guest);

    /// One step of that. Whether there was anything to do.
    bool forgetSome();

    /// Moves a position, forwards only, in a room that there is.
    void putRead(UserId user, RoomId room, quint64 seq);

private:
    bool removeMentions(UserId user);

    Database &m_database;
    Statement m_put;
    Statement m_forget;
    Statement m_forgetPositions;
    Statement m_removeMentions;
    Statement m_addForgotten;
    Statement m_forgotten;
    Statement m_isForgotten;
    Statement m_putRead;
};

} // namespace teahouse::server
