#include "tests/chaos/faultrun.h"
#include "tests/chaos/rigs.h"
#include "tests/chaos/serverprocess.h"

#include <QFile>
#include <QTemporaryDir>

#include <array>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

struct Damage
{
    QString name;
    std::function<void(QFile &file)> strike;
};

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const std::array damages = {
        Damage{u"another beginning"_s, [](QFile &file) { file.write(QByteArray(100, '\xA5')); }},
        Damage{u"half of it"_s, [](QFile &file) { file.resize(file.size() / 2); }},
        Damage{u"no table is whole"_s,
               [](QFile &file) {
                   file.seek(100);
                   file.write(QByteArray(int(file.size()) - 100, '\xA5'));
               }},
        Damage{u"another program's"_s, [](QFile &file) { file.write("PK\3\4 something else"); }},
};

/// A folder that somebody has talked into, with a backup beside it.
bool prepare(Report &report, ServerProcess &server, const QString &copy)
{
    Party party(2);
    const bool talked = server.start() && party.enter(server.port()).isEmpty();
    if (talked)
        party.talk(500, 500);
    const bool done = talked && party.settle(10'000) && server.call({u"backup"_s, copy}).code == 0
            && server.stop() == 0;
    report.promise(done, u"a server has run and was backed up while it did"_s);
    return done;
}

} // namespace

/// A damaged file is refused with the way out of it, and stays as it is.
void rigCorrupt(Report &report)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"data/teahouse.db"_s);
    const QString copy = folder.filePath(u"copy"_s);
    ServerProcess server(folder.filePath(u"data"_s));
    if (!prepare(report, server, copy))
        return;
    for (const Damage &damage : damages) {
        QFile file(path);
        if (!file.open(QIODevice::ReadWrite))
            return report.promise(false, u"the file can be damaged"_s);
        damage.strike(file);
        file.close();
        const QByteArray before = bytesOf(path);
        const bool refused = !server.start() && server.exitCode() == 1;
        report.promise(refused && server.errors().contains(u"teahoused restore FILE"_s),
                       u"%1: refused: %2"_s.arg(damage.name, server.errors().trimmed()));
        report.promise(bytesOf(path) == before, damage.name + u": left as it is"_s);
        report.promise(server.call({u"check"_s}).code == 1, damage.name + u": check finds it"_s);
        const ServerProcess::Said restored = server.call({u"restore"_s, copy, u"--force"_s});
        report.promise(restored.code == 0 && server.start() && server.stop() == 0,
                       damage.name + u": restored"_s);
    }
}

} // namespace teahouse::chaos
