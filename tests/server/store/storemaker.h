#pragma once

#include "server/store/sqlitestore.h"
#include "tests/support/manualexecutor.h"

#include <memory>

namespace teahouse::server {

/// Fills the database of a folder as a server would, and leaves it closed.
class StoreMaker
{
public:
    explicit StoreMaker(const QString &folder);

    void put(const RoomRecord &room);
    /// Adds an item; its number.
    quint64 add(RoomId room, UserId sender, const Item &item);
    quint64 say(RoomId room, const QString &from, const QString &text);
    /// Lets the search index follow.
    void tick();

    Store &store() { return *m_store; }
    /// Waits until everything is written.
    void settle();

    static Item message(const QString &from, const QString &text);

private:
    ManualExecutor m_executor;
    qint64 m_now = 1'700'000'000'000;
    std::unique_ptr<SqliteStore> m_store;
};

} // namespace teahouse::server
