#include "server/store/filehold.h"

#include "server/store/durablefile.h"

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

FileIdentity identityOf(const struct stat &found)
{
    return {found.st_dev, found.st_ino};
}

QString cannotBeOpened(const QString &path, int error)
{
    return u"%1 cannot be opened: %2. Make the file and its folder writable for this user, or "
           "choose another folder with --data DIR."_s.arg(
                   path, QString::fromLocal8Bit(std::strerror(error)));
}

/// Who has locked the file, as the kernel tells it: a line "1: FLOCK ADVISORY WRITE 123 08:01:456
/// 0 EOF" has the process and behind the device the file's number (proc(5), /proc/locks).
QString holderOf(ino_t inode)
{
    QFile locks(u"/proc/locks"_s);
    if (locks.open(QIODevice::ReadOnly)) {
        const QByteArray file = ':' + QByteArray::number(static_cast<qulonglong>(inode));
        for (const QByteArray &line : locks.readAll().split('\n')) {
            const QByteArrayList words = line.simplified().split(' ');
            if (words.size() > 5 && words.at(1) == "FLOCK" && words.at(5).endsWith(file)
                && words.at(4).toLongLong() > 0)
                return u"the server with process id %1"_s.arg(QString::fromLatin1(words.at(4)));
        }
    }
    return u"another server"_s;
}

/// Of a restore that was killed: it names the database once more before another takes its place,
/// which did not happen. True: only its own name is left.
bool removeOtherNames(const QString &path, struct stat &found)
{
    for (int i = 1;; ++i) {
        const QString other = u"%1.before-restore-%2"_s.arg(path).arg(i);
        struct stat named = {};
        const QByteArray name = QFile::encodeName(other);
        if (::lstat(name.constData(), &named) != 0)
            break;
        if (identityOf(named) == identityOf(found) && ::unlink(name.constData()) == 0)
            --found.st_nlink;
    }
    return found.st_nlink == 1;
}

/// The same of the files that SQLite keeps beside it.
QString refusalBeside(const QString &path, qint64 size)
{
    for (const QString &name : {path + u"-wal"_s, path + u"-shm"_s, path + u"-journal"_s}) {
        struct stat beside = {};
        if (::lstat(QFile::encodeName(name).constData(), &beside) != 0)
            continue;
        if (!S_ISREG(beside.st_mode) || beside.st_nlink > 1)
            return u"%1 is not a file of its own: it has another name, too (a link), or is "
                   "something else. Remove it."_s.arg(name);
        if (size == 0 && beside.st_size > 0 && name.endsWith("-wal"_L1))
            return u"%1 is empty, but the log beside it, %1-wal, is not. Put the database back "
                   "into its place, restore a copy with \"teahoused restore FILE\", or move the "
                   "log away to begin with an empty one."_s.arg(path);
    }
    return {};
}

/// Why a file that was found is not used; empty: it is.
QString refusal(const QString &path, int file, struct stat &found)
{
    if (::fstat(file, &found) != 0)
        return cannotBeOpened(path, errno);
    if (!S_ISREG(found.st_mode))
        return cannotBeOpened(path, EINVAL);
    if (found.st_nlink > 1 && !removeOtherNames(path, found))
        return u"%1 has another name, too (a hard link), under which other programs may change "
               "it. Remove that name: \"find DIR -samefile %1\" shows it."_s.arg(path);
    if (const QString text = refusalBeside(path, found.st_size); !text.isEmpty())
        return text;
    if (::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return u"%1 is in use by %2. Stop that one, or choose another folder with --data DIR."_s
                .arg(path, holderOf(found.st_ino));
    return ::fchmod(file, 0600) == 0 ? QString() : cannotBeOpened(path, errno);
}

} // namespace

std::optional<FileIdentity> FileIdentity::of(const QString &path)
{
    struct stat found = {};
    if (::lstat(QFile::encodeName(path).constData(), &found) != 0)
        return std::nullopt;
    return identityOf(found);
}

std::variant<std::unique_ptr<FileHold>, QString> FileHold::take(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    constexpr int how = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    int file = ::open(name.constData(), how | O_CREAT | O_EXCL, 0600);
    const bool isNew = file >= 0;
    if (!isNew && errno == EEXIST)
        file = ::open(name.constData(), how);
    if (file < 0)
        return cannotBeOpened(path, errno);
    auto hold = std::unique_ptr<FileHold>(new FileHold(path, file));
    if (isNew && !giveToOwnerOfFolder(file, path))
        return cannotBeOpened(path, errno);
    struct stat found = {};
    if (const QString text = refusal(path, file, found); !text.isEmpty()) {
        if (isNew)
            ::unlink(name.constData());
        return text;
    }
    hold->m_identity = identityOf(found);
    hold->m_size = found.st_size;
    return hold;
}

FileHold::FileHold(QString path, int file)
    : m_path(std::move(path)), m_name(QFile::encodeName(m_path)), m_logName(m_name + "-wal"),
      m_file(file)
{
}

FileHold::~FileHold()
{
    ::close(m_file);
}

QString FileHold::trouble(qint64 leastLog)
{
    m_isLogShort = false;
    struct stat found = {};
    if (::lstat(m_name.constData(), &found) != 0)
        return u"the file is not in its place any more"_s;
    if (identityOf(found) != m_identity)
        return u"another file has taken its place"_s;
    if (found.st_nlink > 1)
        return u"the file has another name, too (a hard link)"_s;
    if (found.st_size < m_size)
        return u"the file was cut from %1 to %2 bytes"_s.arg(m_size).arg(found.st_size);
    m_size = found.st_size;
    return logTrouble(leastLog);
}

QString FileHold::logTrouble(qint64 least)
{
    struct stat found = {};
    if (::lstat(m_logName.constData(), &found) != 0)
        return m_log || least > 0 ? u"the log beside it is not in its place any more"_s : QString();
    if (!m_log)
        m_log = identityOf(found);
    if (identityOf(found) != *m_log)
        return u"another file has taken the place of the log beside it"_s;
    m_isLogShort = found.st_size < least;
    return m_isLogShort ? u"the log beside it was cut to %1 bytes"_s.arg(found.st_size) : QString();
}

} // namespace teahouse::server
