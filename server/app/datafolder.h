#pragma once

#include <QProcessEnvironment>
#include <QString>

#include <memory>
#include <variant>

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

private:
    DataFolder(QString path, int lock);

    QString m_path;
    int m_lock; ///< the descriptor that holds the lock; belongs to this
};

} // namespace teahouse::server
