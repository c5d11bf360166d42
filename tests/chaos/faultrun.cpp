#include "tests/chaos/faultrun.h"

#include <chrono>
#include <future>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int speakers = 4;
constexpr int perSecond = 200;
constexpr int fewerPerSecond = 60; ///< during the fault
constexpr double answerMs = 1000;
constexpr double lagMs = 20;
constexpr int recoveryMs = 10'000;

/// Talks on while visitors come and go.
QStringList talkWithVisitors(Party &party, const Fault &fault, int ms)
{
    QStringList problems;
    const qint64 end = steadyNs() + ms * nsPerMs;
    while (steadyNs() < end) {
        auto visit = std::async(std::launch::async, [&] { return party.visit(fault.port); });
        party.talk(fewerPerSecond, 500);
        while (visit.wait_for(0ms) != std::future_status::ready)
            party.talk(fewerPerSecond, 20);
        if (const QString problem = visit.get(); !problem.isEmpty())
            problems.append(problem);
    }
    return problems;
}

QString refusalsText(const QMap<QString, int> &refusals)
{
    QStringList parts;
    for (auto it = refusals.cbegin(); it != refusals.cend(); ++it)
        parts.append(u"%1 %2"_s.arg(it.key()).arg(it.value()));
    return parts.isEmpty() ? u"none"_s : parts.join(", "_L1);
}

} // namespace

void tellCounts(Report &report, const Party &party)
{
    const Party::Counts counts = party.counts();
    report.say(u"        said %1, acknowledged %2; refused lately: %3"_s.arg(counts.said)
                       .arg(counts.acknowledged)
                       .arg(refusalsText(counts.refusals)));
    report.say(u"        answers %1; pings %2"_s.arg(party.answers().text(), party.pings().text()));
}

void promiseAudit(Report &report, Party &party, quint16 port)
{
    const QStringList wrong = party.audit(port);
    for (const QString &text : wrong.mid(0, 10))
        report.say(u"        "_s + text);
    report.promise(wrong.isEmpty(),
                   u"lost, doubled, heard but not kept, out of order: %1"_s.arg(wrong.size()));
}

void runWithFault(Report &report, const Fault &fault)
{
    Party party(speakers);
    if (const QString problem = party.enter(fault.port); !problem.isEmpty()) {
        report.promise(false, problem);
        return;
    }
    party.talk(perSecond, 1000);
    report.promise(party.settle(recoveryMs), u"before the fault everything is answered"_s);
    tellCounts(report, party);
    party.clearTimes();
    party.talk(perSecond, 100); // so that some are under way when it begins
    if (!fault.begin()) {
        report.skip(u"the fault cannot be had here"_s);
        return;
    }
    party.talk(perSecond, 100);
    const int ms = report.form() == Form::Full ? fault.fullMs : fault.shortMs;
    const QStringList problems = talkWithVisitors(party, fault, ms);
    const bool allAnswered = party.settle(recoveryMs);
    report.say(u"during %1 s of it:"_s.arg(ms / 1000.0));
    tellCounts(report, party);
    report.promise(!party.counts().refusals.isEmpty(), u"the fault was felt"_s);
    // By chance nothing but the once-a-second work is under way when it begins.
    report.promiseInTime(party.counts().refusals.contains(fault.refusal),
                         u"some sends were answered with "_s + fault.refusal);
    report.promise(allAnswered, u"every send is answered while it lasts"_s);
    report.promiseInTime(party.answers().maxMs() <= answerMs, u"each within 1 s"_s);
    report.promise(problems.isEmpty(),
                   problems.isEmpty() ? u"others read, come and go meanwhile"_s : problems.first());
    report.promiseInTime(party.pings().ms(0.99) <= lagMs, u"99 % of the pings within 20 ms"_s);

    fault.end();
    party.clearTimes();
    const qint64 ended = steadyNs();
    const bool recovered = party.sendUntilAcknowledged(recoveryMs);
    report.promise(recovered,
                   u"it recovers by itself: all was said when sent again, %1 ms later"_s.arg(
                           (steadyNs() - ended) / nsPerMs));
    party.talk(perSecond, 1000);
    report.promise(party.settle(recoveryMs) && party.sendUntilAcknowledged(recoveryMs),
                   u"afterwards everything is acknowledged"_s);
    promiseAudit(report, party, fault.port);
}

} // namespace teahouse::chaos
