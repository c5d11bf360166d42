#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <memory>
#include <variant>

#include <sys/stat.h>

namespace teahouse::server {

/// The folder with the server's files, locked against a second server for as long as this lives.
class DataFolder
{
public:
    /// Where the folder is when nobody says: `$STATE_DIRECTORY`, which systemd sets, else
    /// teahoused in the user's data folder.
    static QString defaultPath(const QProcessEnvironment &environment);

    /// Makes the folder when it is not there (0700, with all above it) and locks it. A text: why
    /// that failed and what helps.
    static std::variant<std::unique_ptr<DataFolder>, QString> open(const QString &path);

    ~DataFolder();
    Q_DISABLE_COPY_MOVE(DataFolder)

    QString path() const { return m_path; }

    /// What is unsafe about the folder, a sentence each with what to do: others may use it, or it
    /// is somebody else's.
    QStringList warnings() const;

    /// To be called about once a second: whether the folder and the lock are still what they were.
    /// A lock that was removed is made again. A sentence when something has happened since the
    /// last call.
    QString look();

private:
    DataFolder(QString path, int lock);

    QString takeLockAgain();

    QString m_path;
    int m_lock;                ///< the descriptor that holds the lock; belongs to this
    struct stat m_folder = {}; ///< as it was opened
    bool m_isThere = true;     ///< the folder, when it was looked at last
    bool m_isLocked = true;    ///< the same of the lock
};

} // namespace teahouse::server
