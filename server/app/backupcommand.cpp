#include "server/app/datafolder.h"
#include "server/app/filecommands.h"
#include "server/store/backup.h"
#include "server/store/storeaccess.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

QString dataPath(const CommandLine &line)
{
    return line.data == CommandLine::Data::Folder
            ? line.folder
            : DataFolder::defaultPath(QProcessEnvironment::systemEnvironment());
}

Outcome backUp(const CommandLine &line)
{
    const auto result = backUpStore(storePath(dataPath(line)), line.argument);
    if (const auto *problem = std::get_if<QString>(&result))
        return {ExitCode::Failure, {*problem}};
    const auto &findings = std::get<StoreFindings>(result);
    Outcome outcome{.lines = {u"%1 has %2."_s.arg(line.argument, contentsText(findings.holds))}};
    if (findings.index == IndexState::Wrong)
        outcome.lines.append(
                u"The search index in it is wrong; restoring the file makes it anew."_s);
    if (!findings.damaged.isEmpty())
        outcome.lines.append(u"Some of it is damaged, and was copied so: %1 \"teahoused check\" "
                             "lists it."_s.arg(findings.damaged.first()));
    return outcome;
}

} // namespace teahouse::server
