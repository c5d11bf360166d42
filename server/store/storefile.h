#pragma once

#include "server/core/store.h"
#include "server/store/database.h"
#include "server/store/filehold.h"
#include "server/store/ledger.h"
#include "server/store/migrations.h"
#include "server/store/unkeptrooms.h"

#include <memory>
#include <variant>

namespace teahouse::server {

/// The opened database of a data folder, on its way into an SqliteStore. Opening is done at the
/// start, before the event loop runs, because it may take a while and may fail.
class StoreFile
{
public:
    /// Opens `teahouse.db` in the folder (0600; made when it is not there), and brings it to the
    /// newest schema, of an older one after a copy to `teahouse.db.before-N`. A text: why that
    /// failed and what helps. What is there already is never overwritten. `unkept` bounds what is
    /// remembered of rooms without history.
    static std::variant<std::unique_ptr<StoreFile>, QString> open(
            const QString &folder, const Migrations &migrations = schemaMigrations(),
            const MemoryBounds &unkept = {});

    /// One more connection for writing. Errors: DatabaseError.
    static std::unique_ptr<Database> connect(const QString &path);

    QString path() const { return m_path; }
    QString epoch() const { return m_epoch; }

    /// What the last run has believed of the clock, or when something was said last; zeros: there
    /// is nothing in the file.
    const ClockState &clock() const { return m_clock; }

    /// What an earlier run has left; once.
    StoredState takeState() { return std::exchange(m_state, {}); }

    /// The opened connection with its tables, for the writer; once. The file must outlive it.
    std::unique_ptr<Ledger> takeLedger() { return std::move(m_ledger); }

    /// The file itself; the writer's to ask.
    FileHold &hold() { return *m_hold; }

    /// What the ledger keeps of rooms without history.
    UnkeptRooms &unkept() { return m_unkept; }

private:
    StoreFile(QString path, const MemoryBounds &unkept) : m_path(std::move(path)), m_unkept(unkept)
    {
    }

    void bringUp(const Migrations &migrations);
    void begin();
    void startIndexAnew();
    void beginAnew();
    void load();

    QString m_path;
    std::unique_ptr<FileHold> m_hold; ///< outlives every connection
    QString m_epoch;
    bool m_hasLostTail = false; ///< of what was written last, something may be missing
    ClockState m_clock;
    StoredState m_state;
    std::unique_ptr<Database> m_database; ///< until the ledger has it
    UnkeptRooms m_unkept;
    std::unique_ptr<Ledger> m_ledger;
};

} // namespace teahouse::server
