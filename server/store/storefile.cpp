#include "server/store/storefile.h"

#include "server/store/schemacheck.h"
#include "server/store/searchwords.h"
#include "server/store/standingtables.h"
#include "server/store/storedtables.h"
#include "server/store/storelog.h"
#include "server/store/walcheck.h"

#include <QRandomGenerator>

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// "Teah": tells our databases from those of other programs.
constexpr qint64 applicationId = 0x54656168;

const QByteArray pragmas = "PRAGMA synchronous = FULL;"
                           "PRAGMA foreign_keys = ON;"
                           "PRAGMA secure_delete = ON;"
                           "PRAGMA temp_store = MEMORY;"
                           "PRAGMA cache_size = -65536;"    // KiB
                           "PRAGMA wal_autocheckpoint = 0;" // the writer does it, between commits
                           "PRAGMA journal_size_limit = 67108864;";

QByteArray randomBytes()
{
    std::array<quint32, 4> words = {};
    QRandomGenerator::system()->fillRange(words.data(), std::ssize(words));
    return {reinterpret_cast<const char *>(words.data()), sizeof words};
}

/// Why a file is not opened, besides what SQLite says.
struct Refusal
{
    QString text;
};

/// Makes a connection what the writer needs. False: the file system lacks what the log beside the
/// file needs.
bool prepare(Database &database)
{
    Statement journal(database, "PRAGMA journal_mode = WAL");
    const bool hasLog = journal.next() && journal.text(0) == "wal"_L1;
    journal.reset();
    database.run(pragmas);
    return hasLog;
}

/// A run that was killed may have left text in the log that was erased since.
void emptyLog(Database &database)
{
    try {
        database.number("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const DatabaseError &error) {
        if (!error.isFull()) // reading goes on with a full disk
            throw;
    }
}

QString restoreHint()
{
    return u"Restore a copy with \"teahoused restore FILE\", or move the file away to begin with "
           "an empty one."_s;
}

QString explained(const QString &path, const DatabaseError &error)
{
    if (error.isCorrupt() || error.code == SQLITE_ERROR) // what the statements need is not there
        return u"%1 is damaged or not a database: %2. %3"_s.arg(path, error.text, restoreHint());
    if (error.isFull())
        return u"There is no room on the disk for %1. Make some and start again."_s.arg(path);
    if (error.isBusy())
        return u"%1 is locked by another program. End that program and start again."_s.arg(path);
    const QString cause = error.systemError == 0
            ? error.text
            : error.text + u", "_s + QString::fromLocal8Bit(std::strerror(error.systemError));
    return u"%1 cannot be opened: %2. Make the file and its folder writable for this user, or "
           "choose another folder with --data DIR."_s.arg(path, cause);
}

/// What stands in the file does not fit together.
void refuseDoubt(const QString &path, const QString &doubt)
{
    if (!doubt.isEmpty())
        throw Refusal{u"%1 is damaged: %2. \"teahoused check\" tells more. %3"_s.arg(
                path, doubt, restoreHint())};
}

} // namespace

std::variant<std::unique_ptr<StoreFile>, QString> StoreFile::open(const QString &folder,
                                                                  const Migrations &migrations,
                                                                  const MemoryBounds &unkept)
{
    auto file = std::unique_ptr<StoreFile>(new StoreFile(folder + u"/teahouse.db"_s, unkept));
    try {
        auto hold = FileHold::take(file->m_path);
        if (const auto *text = std::get_if<QString>(&hold))
            return *text;
        file->m_hold = std::get<std::unique_ptr<FileHold>>(std::move(hold));
        file->bringUp(migrations);
        file->load();
        file->m_ledger = std::make_unique<Ledger>(std::move(file->m_database), file->m_unkept);
    } catch (const DatabaseError &error) {
        return explained(file->m_path, error);
    } catch (const Refusal &refusal) {
        return refusal.text;
    }
    return file;
}

std::unique_ptr<Database> StoreFile::connect(const QString &path)
{
    auto database = std::make_unique<Database>(path, Database::Mode::Write);
    if (!prepare(*database))
        throw DatabaseError{.code = SQLITE_CANTOPEN, .text = u"no log beside the file"_s};
    return database;
}

void StoreFile::bringUp(const Migrations &migrations)
{
    m_hasLostTail = hasLostTail(m_path + u"-wal"_s); // as long as it is as it was left
    // Looked at before anything is written: it may be somebody else's.
    auto database = std::make_unique<Database>(m_path, Database::Mode::Write);
    const int version = schemaVersion(*database);
    const bool isEmpty = database->number("SELECT count(*) FROM sqlite_master") == 0;
    const qint64 owner = database->number("PRAGMA application_id");
    if (owner != applicationId && (owner != 0 || !isEmpty || version != 0))
        throw Refusal{u"%1 is the database of another program. Choose another folder with --data "
                      "DIR, or move the file away."_s.arg(m_path)};
    if (version > migrations.size())
        throw Refusal{u"%1 was written by a newer teahoused (schema %2; this one knows %3). Start "
                      "that one, or restore a copy made by this one with \"teahoused restore "
                      "FILE\"."_s.arg(m_path)
                              .arg(version)
                              .arg(migrations.size())};
    refuseDoubt(m_path, schemaDoubt(*database, migrations));
    if (!prepare(*database))
        throw Refusal{
                u"%1 is on a file system that cannot share memory between programs, as some "
                "network drives. Choose a folder on a local disk with --data DIR."_s.arg(m_path)};
    if (version == 0) {
        database->run("PRAGMA application_id = " + QByteArray::number(applicationId));
    } else if (version < migrations.size()) {
        const QString copy = u"%1.before-%2"_s.arg(m_path).arg(version + 1);
        backUp(*database, copy);
        qCInfo(storeLog, "schema %d becomes %d; a copy is in %ls", version,
               static_cast<int>(migrations.size()), qUtf16Printable(copy));
    }
    migrate(*database, migrations);
    emptyLog(*database);
    m_database = std::move(database);
}

/// Fills the row that a new database does not have yet.
void StoreFile::begin()
{
    Statement insert(*m_database,
                     "INSERT INTO store (epoch, digest_key, last_user, last_room,"
                     " last_item, indexed, index_rules, erased)"
                     " VALUES (?, ?, 0, 0, 0, 0, ?, 0)");
    insert.with(QString::fromLatin1(randomBytes().left(8).toHex()), randomBytes(), searchRules())
            .run();
}

/// The writer makes it anew, step by step.
void StoreFile::startIndexAnew()
{
    m_database->run("BEGIN IMMEDIATE; INSERT INTO words (words) VALUES ('delete-all')");
    Statement put(*m_database, "UPDATE store SET indexed = 0, index_rules = ?");
    put.with(searchRules()).run();
    m_database->run("COMMIT");
}

/// What was told may be missing, and its numbers be given again: clients have to load anew.
void StoreFile::beginAnew()
{
    m_epoch = QString::fromLatin1(randomBytes().left(8).toHex());
    Statement put(*m_database, "UPDATE store SET epoch = ?");
    put.with(m_epoch).run();
    qCCritical(storeLog,
               "%ls-wal is damaged: what was said last before the server ended may be lost. "
               "Everybody loads the rooms anew",
               qUtf16Printable(m_path));
}

void StoreFile::load()
{
    Statement store(*m_database,
                    "SELECT epoch, last_user, last_room, index_rules, is_claimed,"
                    " indexed > last_item, clock, clock_steady, digest_key FROM store");
    if (!store.next()) {
        if (m_database->number("SELECT count(*) FROM rooms") != 0)
            refuseDoubt(m_path, u"its table \"store\" is empty"_s);
        begin();
        store.next();
    }
    m_epoch = store.text(0);
    m_state.lastUser = store.number(1);
    m_state.lastRoom = store.number(2);
    m_state.isClaimed = store.integer(4) != 0;
    const bool isIndexOld = store.text(3) != searchRules() || store.integer(5) != 0;
    m_clock = {store.integer(6), store.integer(7)};
    m_state.secret = store.bytes(8);
    store.reset();
    refuseDoubt(m_path, doubtAboutWhole(*m_database));
    if (m_hasLostTail)
        beginAnew();
    if (isIndexOld)
        startIndexAnew();

    const StoredTable &table = storedTable("rooms");
    Statement rooms(*m_database,
                    "SELECT id, name, user_a, name_a, user_b, name_b, topic, retention, first,"
                    " last, is_closed, is_read_only, key_hash, last_time, is_answered, ended_by"
                    " FROM rooms LEFT JOIN conversations ON room = id ORDER BY id");
    qint64 newest = 0;
    while (rooms.next()) {
        newest = std::max(newest, rooms.integer(13));
        const quint64 first = rooms.number(8);
        const quint64 last = rooms.number(9);
        const int retention = static_cast<int>(rooms.integer(7));
        m_state.rooms.append(
                {.id = rooms.number(0),
                 .name = rooms.text(1),
                 .pair = {Partner{rooms.number(2), shownText(rooms, 3, table.column("name_a"))},
                          Partner{rooms.number(4), shownText(rooms, 5, table.column("name_b"))}},
                 .topic = shownText(rooms, 6, table.column("topic")),
                 .retention = retention,
                 .first = retention != 0 && first <= last ? first : 0,
                 .last = last,
                 .isClosed = rooms.integer(10) != 0,
                 .isReadOnly = rooms.integer(11) != 0,
                 .keyHash = rooms.text(12).toLatin1(),
                 .isAnswered = rooms.integer(14) != 0,
                 .isEnded = {(rooms.integer(15) & 1) != 0, (rooms.integer(15) & 2) != 0}});
    }
    if (m_clock.believed == 0)
        m_clock = {newest, 0};
    Statement guests(*m_database, "SELECT id, name, secret_hash, until FROM guests ORDER BY id");
    while (guests.next())
        m_state.guests.append(
                {guests.number(0), guests.text(1), guests.bytes(2), guests.integer(3)});
    loadStandings(*m_database, m_state);
}

} // namespace teahouse::server
