#include "server/app/datafolder.h"

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
    const QByteArray name = QFile::encodeName(full + u"/lock"_s);
    const int lock = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0)
        return unusable(full, errno);
    auto folder = std::unique_ptr<DataFolder>(new DataFolder(full, lock));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return unusable(full, errno);
        return u"The data folder %1 is in use by %2. Stop that one, or choose another folder with "
               "--data DIR."_s.arg(full, holder(lock));
    }
    if (const int error = writePid(lock))
        return unusable(full, error);
    return folder;
}

DataFolder::DataFolder(QString path, int lock) : m_path(std::move(path)), m_lock(lock) { }

DataFolder::~DataFolder()
{
    // The file stays: removing it would let two servers lock two files of one name.
    ::close(m_lock);
}

} // namespace teahouse::server
