#include "server/store/backup.h"

#include "server/store/durablefile.h"
#include "server/store/filehold.h"
#include "server/store/migrations.h"
#include "server/store/schemacheck.h"
#include "server/store/storeaccess.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <unistd.h>

#include <cerrno>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// Why nothing was done, besides what SQLite and the system say.
struct Refusal
{
    QString text;
};

std::unique_ptr<Database> opened(const QString &path)
{
    auto database = openForReading(path);
    if (const auto *problem = std::get_if<QString>(&database))
        throw Refusal{*problem};
    return std::move(std::get<std::unique_ptr<Database>>(database));
}

/// Keeps a server away from the database, also one that nobody else knows of.
std::unique_ptr<FileHold> held(const QString &path)
{
    auto hold = FileHold::take(path);
    if (const auto *problem = std::get_if<QString>(&hold))
        throw Refusal{*problem};
    return std::move(std::get<std::unique_ptr<FileHold>>(hold));
}

QString taken(const QString &path)
{
    return u"%1 exists already and stays as it is. Choose another name, or move it away."_s.arg(
            path);
}

/// Whether anything has the name, a link to nowhere too.
bool exists(const QString &path)
{
    return QFileInfo::exists(path) || QFileInfo(path).isSymLink();
}

void refuseWrong(const QString &path, const StoreFindings &findings)
{
    if (!findings.wrong.isEmpty())
        throw Refusal{u"%1 is damaged: %2 \"teahoused check\" tells more of a data folder; restore "
                      "an earlier copy with \"teahoused restore FILE\"."_s.arg(
                              path, findings.wrong.first())};
}

/// The numbers go on from the copy's, so that clients have to load everything anew.
QString beginAnew(Database &database)
{
    const QString word = u"%1"_s.arg(QRandomGenerator::system()->generate64(), 16, 16, QChar(u'0'));
    Statement epoch(database, "UPDATE store SET epoch = ?");
    epoch.with(word).run();
    return word;
}

/// Makes the server make the index anew.
void forgetIndexRules(Database &database)
{
    database.run("UPDATE store SET index_rules = ''");
}

StoreFindings prepare(const QString &copy, const QString &path)
{
    Database database(path, Database::Mode::Write);
    if (const QString doubt = schemaDoubt(database, schemaMigrations()); !doubt.isEmpty())
        throw Refusal{
                u"%1 is not as teahoused makes its databases: %2. Restore another copy."_s.arg(
                        copy, doubt)};
    migrate(database, schemaMigrations());
    StoreFindings findings = checkStore(database);
    refuseWrong(copy, findings);
    findings.holds.epoch = beginAnew(database);
    if (findings.index == IndexState::Wrong)
        forgetIndexRules(database);
    return findings;
}

/// Brings everything into the one file; false: it is damaged, or not a database.
bool gatherInOneFile(const QString &path)
{
    try {
        Database database(path, Database::Mode::Write);
        database.run("PRAGMA busy_timeout = 5000");
        if (database.number("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            throw Refusal{
                    u"%1 is being read by another program. Wait for its end and try again."_s.arg(
                            path)};
        return true;
    } catch (const DatabaseError &error) {
        if (!error.isCorrupt())
            throw;
        return false;
    }
}

/// Gives a file a second name.
void addName(const QString &path, const QString &name)
{
    if (::link(QFile::encodeName(path).constData(), QFile::encodeName(name).constData()) != 0)
        throw systemError();
}

/// Gives what stands in the place a second name and makes sure that nothing of it but the file
/// itself remains under the first.
QString keepAside(const QString &path)
{
    QString name;
    for (int i = 1; name.isEmpty() || exists(name); ++i)
        name = u"%1.before-restore-%2"_s.arg(path).arg(i);
    const QString log = path + u"-wal"_s;
    const bool isGathered = exists(path) && gatherInOneFile(path);
    if (!isGathered && exists(log)) // of a damaged database: kept, but nobody can say what is in it
        addName(log, name + u"-wal"_s);
    if (exists(path))
        addName(path, name);
    syncFolderOf(path);
    // What SQLite would take for a part of the new file.
    for (const QString &rest : {log, path + u"-shm"_s, path + u"-journal"_s})
        ::unlink(QFile::encodeName(rest).constData());
    return name;
}

} // namespace

std::variant<StoreFindings, QString> backUpStore(const QString &database, const QString &target)
{
    if (exists(target))
        return taken(target);
    try {
        const auto source = opened(database);
        DurableFile file(target);
        copyDatabase(*source, file.part());
        StoreFindings findings;
        {
            Database copied(file.part(), Database::Mode::Read);
            findings = checkStore(copied);
        }
        refuseWrong(database, findings);
        if (!file.finish())
            return taken(target);
        return findings;
    } catch (const DatabaseError &error) {
        return explained(error.isCorrupt() ? database : target, error);
    } catch (const Refusal &refusal) {
        return refusal.text;
    }
}

std::variant<StoreFindings, QString> restoreStore(const QString &copy, const QString &database,
                                                  QString *kept)
{
    try {
        const bool isThere = exists(database);
        const auto hold = isThere ? held(database) : nullptr;
        const auto source = opened(copy);
        DurableFile file(database);
        copyDatabase(*source, file.part());
        const StoreFindings findings = prepare(copy, file.part());
        const QString name = keepAside(database);
        file.replace();
        if (isThere)
            *kept = name;
        return findings;
    } catch (const DatabaseError &error) {
        return explained(error.isCorrupt() ? copy : database, error);
    } catch (const Refusal &refusal) {
        return refusal.text;
    }
}

} // namespace teahouse::server
