#pragma once

#include <QString>

#include <memory>
#include <optional>
#include <variant>

#include <sys/types.h>

namespace teahouse::server {

/// Which file it is, whatever its names are.
struct FileIdentity
{
    dev_t device = 0;
    ino_t inode = 0;

    bool operator==(const FileIdentity &) const = default;

    /// Of what has this name now; a symbolic link is one itself. Nothing: nothing has it.
    static std::optional<FileIdentity> of(const QString &path);
};

/// Holds the file of a database: makes it, keeps a second server away from it, and tells whether
/// its name still means it. Has to live longer than all connections: where a process closes a file,
/// the system takes away the locks that SQLite has on it.
class FileHold
{
public:
    /// Makes the file when it is not there, for its owner alone (0600); made by root it belongs to
    /// the folder's owner. A text: why it is not to be used, and what helps.
    static std::variant<std::unique_ptr<FileHold>, QString> take(const QString &path);
    ~FileHold();
    Q_DISABLE_COPY_MOVE(FileHold)

    const FileIdentity &identity() const { return m_identity; }

    /// What has become of the file behind the back of whoever writes it, or of the log beside it,
    /// which has at least so many bytes: nothing of what is written would be there after a
    /// restart. Empty: all is well. Takes some microseconds; for one thread.
    QString trouble(qint64 leastLog);

    /// Whether the trouble is only that the log is too short.
    bool isLogShort() const { return m_isLogShort; }

    /// The log may be another one from now on: all connections were closed.
    void forgetLog() { m_log.reset(); }

private:
    FileHold(QString path, int file);

    QString logTrouble(qint64 least);

    QString m_path;
    QByteArray m_name;    ///< as the system wants it
    QByteArray m_logName; ///< the same of the log
    int m_file;           ///< holds the lock; belongs to this
    FileIdentity m_identity;
    qint64 m_size = 0; ///< the largest so far: the file only grows
    std::optional<FileIdentity> m_log;
    bool m_isLogShort = false;
};

} // namespace teahouse::server
