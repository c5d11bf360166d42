#include "server/app/filecommands.h"
#include "server/store/storeaccess.h"
#include "server/store/storecheck.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

QString indexText(IndexState state)
{
    switch (state) {
    case IndexState::Fine:
        return u"The search index agrees with the messages."_s;
    case IndexState::Old:
        return u"The search index follows other rules; the server makes it anew when it starts."_s;
    case IndexState::Wrong:
        break;
    }
    return u"The search index does not agree with the messages. Take a backup, stop the server and "
           "restore the backup with --force: that makes the index anew."_s;
}

Outcome report(const QString &path, const StoreFindings &findings)
{
    Outcome outcome;
    outcome.lines.append(u"%1 has %2."_s.arg(path, contentsText(findings.holds)));
    if (!findings.damaged.isEmpty()) {
        outcome.lines += findings.damaged;
        outcome.lines.append(u"The server leaves damaged rows out, shows such items as gone, and "
                             "shows changed ones as they are. An earlier backup may have them."_s);
    }
    if (findings.wrong.isEmpty()) {
        if (!findings.holds.epoch.isEmpty()) {
            outcome.lines += {u"Its pages are whole; rows refer to rows that exist."_s,
                              u"Numbers are dense from the first to the last in each room; "
                              "positions, mentions and retries stay within them."_s,
                              indexText(findings.index)};
        } else {
            outcome.lines.append(u"Its pages are whole. It was written by an older teahoused; the "
                                 "rest can be looked at once this one has been started on it."_s);
        }
    } else {
        outcome.lines += findings.wrong;
        outcome.lines.append(u"Stop the server, keep a copy of the whole data folder, and put the "
                             "newest backup in place with \"teahoused restore FILE --force\"."_s);
    }
    if (!findings.isFine())
        outcome.code = ExitCode::Failure;
    return outcome;
}

} // namespace

Outcome check(const CommandLine &line)
{
    const QString path = storePath(dataPath(line));
    const auto opened = openForReading(path);
    if (const auto *problem = std::get_if<QString>(&opened))
        return {ExitCode::Failure, {*problem}};
    try {
        return report(path, checkStore(*std::get<std::unique_ptr<Database>>(opened)));
    } catch (const DatabaseError &error) {
        return {ExitCode::Failure, {explained(path, error)}};
    }
}

} // namespace teahouse::server
