#pragma once

#include <QString>

#include <atomic>

/// The environment variable that tells the library below where its switch is.
#define TEAHOUSE_CHAOS_SWITCH "TEAHOUSE_CHAOS_SWITCH"

namespace teahouse::chaos {

/// What a disk does to those who write.
enum class DiskFault : int {
    None,
    ReadOnly, ///< nothing can be written
    Stalled,  ///< whoever wants to be sure that it is written waits
};

/// Tells a library that was loaded before a program (faultydisk.cpp) how the disk is.
class DiskSwitch
{
public:
    explicit DiskSwitch(const QString &path);
    ~DiskSwitch();
    Q_DISABLE_COPY_MOVE(DiskSwitch)

    QString path() const { return m_path; }
    void set(DiskFault fault) { *m_fault = static_cast<int>(fault); }

private:
    QString m_path;
    std::atomic<int> *m_fault;
};

} // namespace teahouse::chaos
