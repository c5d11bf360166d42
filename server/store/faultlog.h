#pragma once

#include "server/store/database.h"

#include <QHash>
#include <QString>

namespace teahouse::server {

/// What the log is told of faults that come again and again: each kind once, and then how often it
/// was there when that has become ten times as often, until all is well again. A damaged file does
/// not become well: what works besides says nothing of it.
class FaultLog
{
public:
    /// `doing` is what does not work, "cannot write" for instance.
    FaultLog(QString path, const char *doing);

    void note(const DatabaseError &error);

    /// It has worked again; `how` is what to say of it when anything was noted.
    void noteWorking(const char *how);

    /// Whether a fault was noted that can pass, and has not yet.
    bool isFailing() const { return !m_passing.isEmpty(); }

private:
    void tell(const DatabaseError &error, quint64 count) const;

    QString m_path;
    const char *m_doing;
    QHash<QString, quint64> m_passing; ///< by kind
    QHash<QString, quint64> m_lasting; ///< of damage
};

} // namespace teahouse::server
