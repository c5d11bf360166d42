#include "server/app/datafolder.h"

#include "server/store/durablefile.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

QString cause(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

QString unusable(const QString &path, int error)
{
    return u"The data folder %1 cannot be used: %2. Make it writable for this user, or choose "
           "another with --data DIR, or none with --data none."_s.arg(path, cause(error));
}

/// Makes the folder and those above it; what stood there already keeps its rights. 0, or errno.
int makePath(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat found = {};
    if (::stat(name.constData(), &found) == 0)
        return S_ISDIR(found.st_mode) ? 0 : ENOTDIR;
    const qsizetype slash = path.lastIndexOf(u'/');
    if (slash > 0) {
        if (const int error = makePath(path.first(slash)))
            return error;
    }
    // Another process may have made it meanwhile.
    return ::mkdir(name.constData(), 0700) == 0 || errno == EEXIST ? 0 : errno;
}

/// Who holds the lock, as that server has written it.
QString holder(int lock)
{
    std::array<char, 32> bytes;
    const ssize_t length = ::pread(lock, bytes.data(), bytes.size(), 0);
    const QByteArray pid = QByteArray(bytes.data(), std::max<ssize_t>(0, length)).trimmed();
    return pid.isEmpty() ? u"another server"_s
                         : u"the server with process id %1"_s.arg(QString::fromLatin1(pid));
}

/// 0, or errno: a lock whose owner nobody can tell is better than none, but a full disk is not
/// something to begin with.
int writePid(int lock)
{
    const QByteArray pid = QByteArray::number(::getpid()) + '\n';
    if (::ftruncate(lock, 0) != 0 || ::pwrite(lock, pid.constData(), size_t(pid.size()), 0) < 0)
        return errno;
    return 0;
}

bool isSame(const struct stat &a, const struct stat &b)
{
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/// The lock file of a folder, made when it is not there; of the folder's owner. -1: errno says why
/// not.
int openLock(const QString &folder)
{
    const QString path = folder + u"/lock"_s;
    const QByteArray name = QFile::encodeName(path);
    constexpr int how = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    int lock = ::open(name.constData(), how | O_CREAT | O_EXCL, 0600);
    if (lock < 0)
        return errno == EEXIST ? ::open(name.constData(), how) : -1;
    if (giveToOwnerOfFolder(lock, path))
        return lock;
    const int error = errno;
    ::close(lock);
    errno = error;
    return -1;
}

/// 0, or errno: the lock is a file that nobody has under another name.
int checkLock(int lock)
{
    struct stat found = {};
    if (::fstat(lock, &found) != 0)
        return errno;
    return S_ISREG(found.st_mode) && found.st_nlink == 1 ? 0 : EMLINK;
}

} // namespace

QString DataFolder::defaultPath(const QProcessEnvironment &environment)
{
    // systemd gives several folders, separated by colons, when a unit asks for several.
    const QString state = environment.value(u"STATE_DIRECTORY"_s).section(u':', 0, 0);
    if (!state.isEmpty())
        return state;
    const QString data = environment.value(u"XDG_DATA_HOME"_s);
    if (QDir::isAbsolutePath(data)) // others are to be ignored, says the XDG specification
        return data + u"/teahoused"_s;
    return QDir::homePath() + u"/.local/share/teahoused"_s;
}

std::variant<std::unique_ptr<DataFolder>, QString> DataFolder::open(const QString &path)
{
    const QString full = QDir::cleanPath(QDir::current().absoluteFilePath(path));
    if (const int error = makePath(full))
        return unusable(full, error);
    const int lock = openLock(full);
    if (lock < 0)
        return unusable(full, errno);
    auto folder = std::unique_ptr<DataFolder>(new DataFolder(full, lock));
    if (const int error = checkLock(lock))
        return unusable(full, error);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return unusable(full, errno);
        return u"The data folder %1 is in use by %2. Stop that one, or choose another folder with "
               "--data DIR."_s.arg(full, holder(lock));
    }
    if (const int error = writePid(lock))
        return unusable(full, error);
    if (::stat(QFile::encodeName(full).constData(), &folder->m_folder) != 0)
        return unusable(full, errno);
    return folder;
}

DataFolder::DataFolder(QString path, int lock) : m_path(std::move(path)), m_lock(lock) { }

QStringList DataFolder::warnings() const
{
    QStringList found;
    const unsigned others = m_folder.st_mode & (S_IRWXG | S_IRWXO);
    if (others != 0)
        found.append(u"other users can get into the data folder %1 (mode %2): make it private "
                     "with \"chmod 700 %1\""_s.arg(m_path)
                             .arg(m_folder.st_mode & 07777U, 4, 8, QChar(u'0')));
    if (m_folder.st_uid != ::geteuid() && ::geteuid() != 0)
        found.append(u"the data folder %1 belongs to another user (uid %2), who can take its files "
                     "away: give it to this one with \"chown\""_s.arg(m_path)
                             .arg(m_folder.st_uid));
    return found;
}

QString DataFolder::look()
{
    struct stat found = {};
    const bool isThere = ::stat(QFile::encodeName(m_path).constData(), &found) == 0
            && isSame(found, m_folder);
    if (isThere != std::exchange(m_isThere, isThere))
        return isThere ? u"the data folder %1 is in its place again"_s.arg(m_path)
                       : u"the data folder %1 is not in its place any more: put it back, or stop "
                         "the server"_s.arg(m_path);
    if (!isThere)
        return {};
    struct stat ours = {};
    const bool isLocked = ::fstat(m_lock, &ours) == 0
            && ::lstat(QFile::encodeName(m_path + u"/lock"_s).constData(), &found) == 0
            && isSame(found, ours);
    if (isLocked) {
        m_isLocked = true;
        return {};
    }
    return takeLockAgain();
}

/// The database has a lock of its own, so that no second server has come in meanwhile.
QString DataFolder::takeLockAgain()
{
    const bool wasLocked = std::exchange(m_isLocked, false);
    const int lock = openLock(m_path);
    if (lock >= 0 && checkLock(lock) == 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0
        && writePid(lock) == 0) {
        ::close(std::exchange(m_lock, lock));
        m_isLocked = true;
        return u"the lock in the data folder %1 was removed, and was made again: only \"teahoused\" "
               "may touch it"_s.arg(m_path);
    }
    const int error = errno;
    if (lock >= 0)
        ::close(lock);
    return wasLocked
            ? u"the lock in the data folder %1 was removed and cannot be made again: %2"_s.arg(
                    m_path, cause(error))
            : QString();
}

DataFolder::~DataFolder()
{
    // The file stays: removing it would let two servers lock two files of one name.
    ::close(m_lock);
}

} // namespace teahouse::server
