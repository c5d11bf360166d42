#include "tests/chaos/faultrun.h"
#include "tests/chaos/rigs.h"
#include "tests/chaos/serverprocess.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

constexpr int speakers = 8;
constexpr int perSecond = 1100;
constexpr double readyMs = 2000;

/// One life of the server, to its end at a random moment. False: something is broken already.
bool live(Report &report, ServerProcess &server, Party &party, Times &starts)
{
    if (!server.start()) {
        report.promise(false, u"it starts again: "_s + server.errors());
        return false;
    }
    starts.add(static_cast<qint64>(server.readyMs() * nsPerMs));
    if (const QString problem = party.enter(server.port()); !problem.isEmpty()) {
        report.promise(false, problem);
        return false;
    }
    party.sendAgain();
    party.talk(perSecond, QRandomGenerator::global()->bounded(100, 1200));
    server.kill();
    party.drop();
    const ServerProcess::Said check = server.call({u"check"_s});
    if (check.code != 0)
        report.promise(false, u"the database is whole after a kill: "_s + check.text);
    return check.code == 0;
}

} // namespace

/// `kill -9` at random moments while a thousand messages a second are acknowledged.
void rigKill(Report &report)
{
    const QTemporaryDir folder;
    ServerProcess server(folder.filePath(u"data"_s));
    Party party(speakers);
    const int kills = report.form() == Form::Full ? 50 : 5;
    Times starts;
    const qint64 begin = steadyNs();
    for (int i = 0; i < kills; ++i) {
        if (!live(report, server, party, starts))
            return;
    }
    report.say(u"        %1 kills, ready again after %2; %3 acknowledged in %4 s"_s.arg(kills)
                       .arg(starts.text())
                       .arg(party.counts().acknowledged)
                       .arg((steadyNs() - begin) / (1000 * nsPerMs)));
    tellCounts(report, party);
    report.promise(server.start() && party.enter(server.port()).isEmpty(),
                   u"it starts once more, and everybody comes back"_s);
    report.promiseInTime(starts.maxMs() <= readyMs, u"ready within 2 s each time"_s);
    report.promise(party.sendUntilAcknowledged(20'000), u"all was said when sent again"_s);
    promiseAudit(report, party, server.port());
    const ServerProcess::Said check = server.call({u"check"_s});
    report.promise(check.code == 0, u"the database is whole: "_s + check.text.section(u'\n', 0, 0));
    report.promise(server.stop() == 0, u"it stops when asked to"_s);
}

} // namespace teahouse::chaos
