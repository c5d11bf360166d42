#include "server/store/storecheck.h"

#include "server/store/migrations.h"
#include "server/store/numbercheck.h"
#include "server/store/schemacheck.h"
#include "server/store/sealcheck.h"
#include "server/store/storedtables.h"

#include <QDateTime>

#include <array>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostOfAKind = 20;

/// A rule that holds for every row; the statement gives the rows that break it.
struct Rule
{
    const char *broken; ///< its text for people
    const char *sql;    ///< with LIMIT ?
};

constexpr auto rules = std::to_array<Rule>({
        {"a position is behind its room's last number",
         "SELECT 1 FROM positions p JOIN rooms r ON r.id = p.room WHERE p.seq > r.last LIMIT ?"},
        {"a mention is behind its room's last number",
         "SELECT 1 FROM mentions m JOIN rooms r ON r.id = m.room WHERE m.seq > r.last LIMIT ?"},
        {"a retry would get a number behind its room's last one",
         "SELECT 1 FROM (SELECT room, seq FROM cids UNION ALL SELECT room, seq FROM new_cids) c"
         " JOIN rooms r ON r.id = c.room WHERE c.seq > r.last LIMIT ?"},
        {"a position is in a room that does not exist",
         "SELECT 1 FROM positions WHERE room NOT IN (SELECT id FROM rooms)"
         " AND room NOT IN (SELECT room FROM leftovers) LIMIT ?"},
        {"the ids given do not reach those of the rooms",
         "SELECT 1 FROM rooms, store WHERE rooms.id > store.last_room LIMIT ?"},
        {"the ids given do not reach those of the guests",
         "SELECT 1 FROM guests, store WHERE guests.id > store.last_user LIMIT ?"},
        {"the ids given do not reach those of the speakers",
         "SELECT 1 FROM items, store WHERE items.sender > store.last_user LIMIT ?"},
        {"the ids given do not reach those of the items",
         "SELECT 1 FROM store WHERE last_item < (SELECT max(id) FROM items) LIMIT ?"},
        {"the ids given do not reach those of the accounts",
         "SELECT 1 FROM accounts, store WHERE accounts.id > store.last_user LIMIT ?"},
        {"somebody is an account and a guest",
         "SELECT 1 FROM accounts JOIN guests ON guests.id = accounts.id LIMIT ?"},
        {"two accounts have one name",
         "SELECT 1 FROM accounts GROUP BY name HAVING count(*) > 1 LIMIT ?"},
        {"a role is in a room that does not exist",
         "SELECT 1 FROM memberships WHERE room NOT IN (SELECT id FROM rooms) LIMIT ?"},
        {"a role belongs to no account",
         "SELECT 1 FROM memberships WHERE user_id NOT IN (SELECT id FROM accounts) LIMIT ?"},
        {"a ban is in a room that does not exist",
         "SELECT 1 FROM sanctions WHERE room <> 0 AND room NOT IN (SELECT id FROM rooms) LIMIT ?"},
        {"an invite code opens a room that does not exist",
         "SELECT 1 FROM invites WHERE room <> 0 AND room NOT IN (SELECT id FROM rooms) LIMIT ?"},
        {"two rooms have one name",
         "SELECT 1 FROM rooms WHERE name <> '' GROUP BY name HAVING count(*) > 1 LIMIT ?"},
});

void addCounted(QStringList &wrong, const QString &text, int count)
{
    if (count == 1)
        wrong.append(text + u'.');
    else if (count > 1)
        wrong.append(u"%1 (%2%3 times)."_s.arg(text).arg(count).arg(
                count == mostOfAKind ? u" or more"_s : QString()));
}

void checkPages(Database &database, QStringList &wrong)
{
    Statement pages(database, "PRAGMA integrity_check(20)");
    while (pages.next()) {
        if (pages.text(0) != "ok"_L1)
            wrong.append(pages.text(0).simplified() + u'.');
    }
    Statement keys(database, "PRAGMA foreign_key_check");
    int broken = 0;
    while (broken < mostOfAKind && keys.next())
        ++broken;
    addCounted(wrong, u"a row refers to one that does not exist"_s, broken);
}

void checkRules(Database &database, QStringList &wrong)
{
    if (database.number("SELECT count(*) FROM store") != 1)
        wrong.append(u"the table \"store\" has not one row."_s);
    for (const Rule &rule : rules) {
        Statement rows(database, rule.sql);
        rows.with(mostOfAKind);
        int broken = 0;
        while (rows.next())
            ++broken;
        addCounted(wrong, QString::fromLatin1(rule.broken), broken);
    }
}

void checkValues(Database &database, StoreFindings &findings)
{
    for (const StoredTable &table : storedTables()) {
        const TableFaults faults = lookAt(database, table, mostOfAKind);
        for (const QString &fault : faults.whole)
            findings.wrong.append(u"In the "_s + fault + u'.');
        for (const QString &fault : faults.rows)
            findings.damaged.append(u"In the "_s + fault + u'.');
    }
}

void readContents(Database &database, StoreContents &holds)
{
    Statement store(database, "SELECT epoch FROM store");
    if (store.next())
        holds.epoch = store.text(0);
    holds.rooms = database.number("SELECT count(*) FROM rooms WHERE name <> ''");
    holds.conversations = database.number("SELECT count(*) FROM rooms WHERE name = ''");
    holds.accounts = database.number("SELECT count(*) FROM accounts WHERE password_hash <> ''");
    holds.items = database.number("SELECT count(*) FROM items");
    holds.newest = database.number("SELECT time FROM items ORDER BY id DESC LIMIT 1");
}

void look(Database &database, StoreFindings &findings)
{
    const Snapshot snapshot(database);
    findings.holds.schema = schemaVersion(database);
    checkPages(database, findings.wrong);
    if (const QString doubt = schemaDoubt(database, schemaMigrations()); !doubt.isEmpty())
        findings.wrong.append(u"The schema: "_s + doubt + u'.');
    if (!findings.wrong.isEmpty() || findings.holds.schema != schemaMigrations().size())
        return;
    readContents(database, findings.holds);
    checkRules(database, findings.wrong);
    findings.wrong += checkNumbers(database, mostOfAKind);
    checkValues(database, findings);
    findings.damaged += checkSeals(database, mostOfAKind);
    if (findings.wrong.isEmpty())
        findings.index = checkIndex(database);
}

} // namespace

StoreFindings checkStore(Database &database)
{
    StoreFindings findings;
    try {
        look(database, findings);
    } catch (const DatabaseError &error) {
        if (!error.isCorrupt())
            throw;
        findings.wrong.append(error.text + u'.');
    }
    return findings;
}

QString contentsText(const StoreContents &contents)
{
    if (contents.epoch.isEmpty())
        return u"schema %1"_s.arg(contents.schema);
    const QString newest = contents.newest == 0
            ? u"nothing said yet"_s
            : u"the newest of %1"_s.arg(
                    QDateTime::fromMSecsSinceEpoch(contents.newest).toString(Qt::ISODate));
    return u"rooms: %1, private conversations: %2, accounts: %3, items: %4, %5 (schema %6, epoch "
           "%7)"_s.arg(contents.rooms)
                   .arg(contents.conversations)
                   .arg(contents.accounts)
                   .arg(contents.items)
                   .arg(newest)
                   .arg(contents.schema)
                   .arg(contents.epoch);
}

} // namespace teahouse::server
