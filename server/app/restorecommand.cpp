#include "server/app/datafolder.h"
#include "server/app/filecommands.h"
#include "server/store/backup.h"
#include "server/store/storeaccess.h"

#include <QFileInfo>

namespace teahouse::server {

using namespace Qt::StringLiterals;

Outcome restore(const CommandLine &line)
{
    const QString path = dataPath(line);
    const auto folder = DataFolder::open(path);
    if (const auto *problem = std::get_if<QString>(&folder))
        return {ExitCode::Failure, {*problem}};
    const QString database = storePath(path);
    if (!line.force && QFileInfo::exists(database)) {
        return {ExitCode::Failure,
                {u"%1 exists already and stays as it is. With --force the copy takes its place and "
                 "it is kept under another name."_s.arg(database)}};
    }
    QString kept;
    const auto result = restoreStore(line.argument, database, &kept);
    if (const auto *problem = std::get_if<QString>(&result))
        return {ExitCode::Failure, {*problem}};
    const StoreContents &holds = std::get<StoreFindings>(result).holds;
    Outcome outcome{.lines = {u"%1 now has %2."_s.arg(database, contentsText(holds))}};
    if (!kept.isEmpty())
        outcome.lines.append(u"What stood there is kept as %1."_s.arg(kept));
    return outcome;
}

} // namespace teahouse::server
