#include "tests/chaos/rigs.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QStringList>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>

using namespace teahouse::chaos;
using namespace Qt::StringLiterals;

namespace {

constexpr int skipped = 77; ///< for ctest

struct Rig
{
    QLatin1StringView name;
    void (*run)(Report &report);
};

constexpr std::array rigs = {
        Rig{"kill"_L1, rigKill},       Rig{"full"_L1, rigFull},
        Rig{"locked"_L1, rigLocked},   Rig{"readonly"_L1, rigReadOnly},
        Rig{"stalled"_L1, rigStalled}, Rig{"stopped"_L1, rigStopped},
        Rig{"corrupt"_L1, rigCorrupt}, Rig{"openers"_L1, rigOpeners},
        Rig{"aborts"_L1, rigAborts},   Rig{"readers"_L1, rigReaders},
        Rig{"nearby"_L1, rigNearby},
};

int usage()
{
    std::fputs("usage: teahouse_chaos [--short] [RIG...]\nrigs:", stderr);
    for (const Rig &rig : rigs)
        std::fprintf(stderr, " %s", rig.name.data());
    std::fputs("\n", stderr);
    return 2;
}

} // namespace

/// Breaks things around a server and tells whether it keeps its promises. 0: it does; 1: it does
/// not; 77: nothing could be tried here.
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    QLoggingCategory::setFilterRules(u"teahouse.*.info=false"_s);
    QStringList wanted = QCoreApplication::arguments().mid(1);
    const Form form = wanted.removeAll(u"--short"_s) > 0 ? Form::Short : Form::Full;
    const bool known = std::all_of(wanted.begin(), wanted.end(), [](const QString &name) {
        return std::any_of(rigs.begin(), rigs.end(),
                           [&name](const Rig &rig) { return rig.name == name; });
    });
    if (!known)
        return usage();
    int run = 0;
    QStringList broken;
    for (const Rig &rig : rigs) {
        if (!wanted.isEmpty() && !wanted.contains(rig.name))
            continue;
        Report report(rig.name, form);
        rig.run(report);
        run += report.isSkipped() ? 0 : 1;
        if (report.isBroken())
            broken.append(rig.name);
    }
    std::printf("%d rigs, broken: %s\n", run,
                broken.isEmpty() ? "none" : qPrintable(broken.join(", "_L1)));
    if (!broken.isEmpty())
        return 1;
    return run == 0 ? skipped : 0;
}
