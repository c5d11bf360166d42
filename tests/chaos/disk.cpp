#include "tests/chaos/faultrun.h"
#include "tests/chaos/faultydisk.h"
#include "tests/chaos/rigs.h"
#include "tests/chaos/serverprocess.h"

#include "server/store/database.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

/// A server on a folder, told to be broken or not.
void runOn(Report &report, ServerProcess &server, Fault fault)
{
    if (!server.start()) {
        report.promise(false, u"the server starts: "_s + server.errors());
        return;
    }
    fault.port = server.port();
    runWithFault(report, fault);
    if (report.isSkipped())
        return;
    const ServerProcess::Said check = server.call({u"check"_s});
    report.promise(check.code == 0, u"the database is whole: "_s + check.text.section(u'\n', 0, 0));
    report.promise(server.stop() == 0, u"it stops when asked to"_s);
}

/// A small file system of its own in memory; needs root.
class SmallDisk
{
public:
    explicit SmallDisk(const QString &folder) : m_folder(QFile::encodeName(folder))
    {
        QDir().mkpath(folder);
        m_isMounted = ::mount("tmpfs", m_folder.constData(), "tmpfs", MS_NOSUID | MS_NODEV,
                              "size=10m,mode=0700")
                == 0;
    }
    ~SmallDisk()
    {
        if (m_isMounted)
            ::umount2(m_folder.constData(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    bool isMounted() const { return m_isMounted; }

    /// Leaves no room at all.
    bool fill() const
    {
        QFile ballast(ballastName());
        if (!ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return false;
        for (const qint64 piece : {65536, 4096, 512}) {
            while (ballast.write(QByteArray(int(piece), 'x')) == piece) {
            }
        }
        return true;
    }
    void free() const { QFile::remove(ballastName()); }
    bool setReadOnly(bool readOnly) const
    {
        const unsigned long flag = readOnly ? MS_RDONLY : 0;
        return ::mount(nullptr, m_folder.constData(), nullptr,
                       MS_REMOUNT | MS_NOSUID | MS_NODEV | flag, "size=10m")
                == 0;
    }

private:
    QString ballastName() const { return QFile::decodeName(m_folder) + u"/ballast"_s; }

    QByteArray m_folder;
    bool m_isMounted = false;
};

/// The server that a library stands before which can make its disk faulty.
void runWithFaultyDisk(Report &report, DiskFault kind, Fault fault)
{
    const QTemporaryDir folder;
    ServerProcess server(folder.filePath(u"data"_s));
    DiskSwitch disk(folder.filePath(u"switch"_s));
    server.preload(QStringLiteral(FAULTY_DISK), QStringLiteral(TEAHOUSE_CHAOS_SWITCH), disk.path());
    fault.begin = [&] {
        disk.set(kind);
        return true;
    };
    fault.end = [&] { disk.set(DiskFault::None); };
    runOn(report, server, fault);
}

} // namespace

/// The disk fills up and has room again.
void rigFull(Report &report)
{
    const QTemporaryDir folder;
    const SmallDisk disk(folder.filePath(u"disk"_s));
    if (disk.isMounted()) {
        ServerProcess server(folder.filePath(u"disk/data"_s));
        runOn(report, server,
              {.begin = [&] { return disk.fill(); },
               .end = [&] { disk.free(); },
               .refusal = u"store-full"_s});
        return;
    }
    report.say(u"without root there is no small tmpfs: files may not grow instead"_s);
    ServerProcess server(folder.filePath(u"data"_s));
    const auto limit = [&](rlim_t bytes) {
        rlimit wanted = {bytes, RLIM_INFINITY};
        return ::prlimit(static_cast<pid_t>(server.pid()), RLIMIT_FSIZE, &wanted, nullptr) == 0;
    };
    runOn(report, server,
          {.begin = [&] { return limit(4096); },
           .end = [&] { limit(RLIM_INFINITY); },
           .refusal = u"store-full"_s});
}

/// Another program holds the database's lock.
void rigLocked(Report &report)
{
    const QTemporaryDir folder;
    ServerProcess server(folder.filePath(u"data"_s));
    std::unique_ptr<server::Database> other;
    runOn(report, server,
          {.begin =
                   [&] {
                       other = std::make_unique<server::Database>(
                               folder.filePath(u"data/teahouse.db"_s),
                               server::Database::Mode::Write);
                       other->run("PRAGMA busy_timeout = 5000");
                       other->run("BEGIN EXCLUSIVE");
                       return true;
                   },
           .end = [&] { other.reset(); },
           .fullMs = 60'000});
}

/// The file system becomes read-only under the server; and the server is started on such a one.
void rigReadOnly(Report &report)
{
    runWithFaultyDisk(report, DiskFault::ReadOnly, {});
    const QTemporaryDir folder;
    const SmallDisk disk(folder.filePath(u"disk"_s));
    if (!disk.isMounted()) {
        report.say(u"without root there is no file system to start on read-only"_s);
        return;
    }
    ServerProcess server(folder.filePath(u"disk/data"_s));
    report.promise(server.start() && server.stop() == 0 && disk.setReadOnly(true),
                   u"a disk becomes read-only while the server is stopped"_s);
    const bool refused = !server.start() && server.exitCode() == 1;
    const QString why = server.errors().trimmed();
    report.promise(refused && why.contains(u"--data DIR"_s),
                   u"it does not start on it, and says why: "_s + why);
    report.promise(disk.setReadOnly(false) && server.start(), u"it starts when that is over"_s);
}

/// The disk keeps everybody waiting, and then goes on.
void rigStalled(Report &report)
{
    runWithFaultyDisk(report, DiskFault::Stalled, {.refusal = u"unconfirmed"_s});
}

} // namespace teahouse::chaos
