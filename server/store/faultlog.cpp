#include "server/store/faultlog.h"

#include "server/store/storelog.h"

#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostKinds = 100; ///< of texts of SQLite's, of which there are not many

bool isPowerOfTen(quint64 number)
{
    while (number > 1 && number % 10 == 0)
        number /= 10;
    return number == 1;
}

} // namespace

FaultLog::FaultLog(QString path, const char *doing) : m_path(std::move(path)), m_doing(doing) { }

void FaultLog::note(const DatabaseError &error)
{
    // A lock is one kind, whatever it is called.
    const QString kind = error.isBusy() ? u"locked"_s : u"%1 %2"_s.arg(error.code).arg(error.text);
    QHash<QString, quint64> &counts = error.isCorrupt() ? m_lasting : m_passing;
    if (counts.size() >= mostKinds && !counts.contains(kind))
        return;
    const quint64 count = ++counts[kind];
    if (isPowerOfTen(count))
        tell(error, count);
}

void FaultLog::tell(const DatabaseError &error, quint64 count) const
{
    const QString times = count == 1 ? QString() : u" (repeated %1 times)"_s.arg(count);
    if (error.isBusy())
        qCWarning(storeLog,
                  "another program has locked %ls; nothing is written until it is done%ls",
                  qUtf16Printable(m_path), qUtf16Printable(times));
    else if (error.isFull())
        qCWarning(storeLog, "no room to write %ls: %ls%ls", qUtf16Printable(m_path),
                  qUtf16Printable(error.text), qUtf16Printable(times));
    else
        qCCritical(storeLog, "%s %ls: %ls (%d, errno %d)%ls", m_doing, qUtf16Printable(m_path),
                   qUtf16Printable(error.text), error.code, error.systemError,
                   qUtf16Printable(times));
}

void FaultLog::noteWorking(const char *how)
{
    if (!std::exchange(m_passing, {}).isEmpty())
        qCInfo(storeLog, "%s", how);
}

} // namespace teahouse::server
