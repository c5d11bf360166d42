#include "server/store/durablefile.h"

#include "server/store/storeaccess.h"

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// Gives a file another name that nobody has; the one step that must not replace anything.
bool moveToFreeName(const QByteArray &from, const QByteArray &to)
{
#ifdef RENAME_NOREPLACE
    if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno == EEXIST)
        return false;
    if (errno != EINVAL && errno != ENOSYS)
        throw systemError();
#endif
    if (::link(from.constData(), to.constData()) != 0) {
        if (errno == EEXIST)
            return false;
        throw systemError();
    }
    ::unlink(from.constData());
    return true;
}

QByteArray folderOf(const QString &file)
{
    const qsizetype slash = file.lastIndexOf(u'/');
    return slash < 0 ? QByteArray(".") : QFile::encodeName(file.left(slash + 1));
}

bool isSame(int file, const QByteArray &name)
{
    struct stat opened = {};
    struct stat named = {};
    return ::fstat(file, &opened) == 0 && ::lstat(name.constData(), &named) == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

} // namespace

DurableFile::DurableFile(const QString &name) : m_name(name), m_part(name + u".part"_s)
{
    const QByteArray part = QFile::encodeName(m_part);
    m_file = ::open(part.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_file < 0)
        throw systemError();
    // Whoever had the lock before may have brought this very file to its name.
    const bool isOurs = ::flock(m_file, LOCK_EX | LOCK_NB) == 0 && isSame(m_file, part);
    if (!isOurs)
        errno = EBUSY;
    if (!isOurs || ::fchmod(m_file, 0600) != 0 || ::ftruncate(m_file, 0) != 0) {
        const DatabaseError error = systemError();
        ::close(m_file);
        throw error;
    }
}

DurableFile::~DurableFile()
{
    if (m_file < 0)
        return;
    ::unlink(QFile::encodeName(m_part).constData());
    ::close(m_file);
}

bool DurableFile::finish()
{
    sync();
    if (!moveToFreeName(QFile::encodeName(m_part), QFile::encodeName(m_name)))
        return false;
    ::close(std::exchange(m_file, -1));
    syncFolderOf(m_name);
    return true;
}

void DurableFile::replace()
{
    if (!giveToOwnerOfFolder(m_file, m_name))
        throw systemError();
    sync();
    if (std::rename(QFile::encodeName(m_part).constData(), QFile::encodeName(m_name).constData())
        != 0)
        throw systemError();
    ::close(std::exchange(m_file, -1));
    syncFolderOf(m_name);
}

void DurableFile::sync() const
{
    if (::fsync(m_file) != 0)
        throw systemError();
}

bool giveToOwnerOfFolder(int file, const QString &name)
{
    struct stat folder = {};
    if (::geteuid() != 0 || ::stat(folderOf(name).constData(), &folder) != 0)
        return true;
    return ::fchown(file, folder.st_uid, folder.st_gid) == 0;
}

void syncFolderOf(const QString &file)
{
    const int opened = ::open(folderOf(file).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        throw systemError();
    const bool synced = ::fsync(opened) == 0 || errno == EINVAL; // not every file system can
    const DatabaseError error = systemError();
    ::close(opened);
    if (!synced)
        throw error;
}

} // namespace teahouse::server
