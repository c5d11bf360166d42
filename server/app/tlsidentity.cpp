#include "server/app/tlsidentity.h"

#include "server/app/selfsigned.h"
#include "server/store/database.h"
#include "server/store/durablefile.h"

#include <QCryptographicHash>
#include <QFile>

#include <openssl/err.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// A file with more in it holds something else.
constexpr qint64 largestFile = 1024 * 1024;

/// Who may have made a file that is believed, and who may read it.
enum class Ward {
    Own,       ///< of the data folder: the server's alone, and not a link to somewhere else
    Secret,    ///< that the owner of the server has chosen: not for everybody
    Announced, ///< the same, and no secret
};

QString cause(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

class OpenedFile
{
public:
    OpenedFile(const QString &path, int how)
        : m_file(::open(QFile::encodeName(path).constData(), how | O_CLOEXEC))
    {
    }
    ~OpenedFile()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    Q_DISABLE_COPY_MOVE(OpenedFile)

    int descriptor() const { return m_file; }

private:
    int m_file;
};

/// What makes an opened file unfit to be believed, or to be kept secret; empty: nothing.
QString doubt(int file, Ward ward)
{
    struct stat found = {};
    if (::fstat(file, &found) != 0)
        return cause(errno);
    if (!S_ISREG(found.st_mode))
        return u"it is not a file"_s;
    if (found.st_size > largestFile)
        return u"it is too large for a key or a certificate"_s;
    if (ward == Ward::Secret && (found.st_mode & S_IRWXO) != 0)
        return u"everybody on this machine can use it: take that away with \"chmod o= FILE\""_s;
    if (ward != Ward::Own)
        return {};
    if (found.st_nlink > 1)
        return u"it has another name, too (a hard link): remove that name"_s;
    if (found.st_uid != ::geteuid() && ::geteuid() != 0)
        return u"it belongs to another user (uid %1): give it to this one with \"chown\""_s.arg(
                found.st_uid);
    if ((found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return u"other users can use it (mode %1): make it private with \"chmod 600 FILE\""_s.arg(
                found.st_mode & 07777U, 4, 8, QChar(u'0'));
    return {};
}

QString unusable(const QString &path, const QString &why)
{
    return u"%1 cannot be used: %2."_s.arg(path, why);
}

/// The bytes of a file; nothing: there is none. A text: why it is not used.
std::variant<std::optional<QByteArray>, QString> readFile(const QString &path, Ward ward)
{
    const int how = O_RDONLY | O_NONBLOCK | (ward == Ward::Own ? O_NOFOLLOW : 0);
    const OpenedFile file(path, how);
    if (file.descriptor() < 0 && errno == ENOENT)
        return std::optional<QByteArray>();
    if (file.descriptor() < 0)
        return unusable(path, cause(errno));
    if (const QString why = doubt(file.descriptor(), ward); !why.isEmpty())
        return unusable(path, why);
    QFile reader;
    if (!reader.open(file.descriptor(), QIODevice::ReadOnly))
        return unusable(path, reader.errorString());
    return std::optional(reader.read(largestFile));
}

/// Makes a file whole, or not at all; one of that name stays. Empty: there is one now.
QString writeFile(const QString &path, const QByteArray &bytes)
{
    const auto failed = [&](const QString &why) {
        return u"%1 cannot be made: %2."_s.arg(path, why);
    };
    if (bytes.isEmpty())
        return failed(u"OpenSSL could not make what belongs into it"_s);
    try {
        DurableFile file(path);
        const OpenedFile part(file.part(), O_WRONLY | O_NOFOLLOW);
        const auto size = static_cast<size_t>(bytes.size());
        const bool isWritten = part.descriptor() >= 0
                && ::write(part.descriptor(), bytes.constData(), size) == bytes.size()
                && giveToOwnerOfFolder(part.descriptor(), path);
        if (!isWritten)
            return failed(cause(errno));
        file.finish();
    } catch (const DatabaseError &error) {
        return failed(error.systemError != 0 ? cause(error.systemError) : error.text);
    }
    return {};
}

/// Reads a file of the data folder, made when it is not there of what `make` gives.
template <typename Make>
std::variant<QByteArray, QString> readOrMake(const QString &path, const Make &make)
{
    for (int tries = 0; tries < 2; ++tries) {
        auto found = readFile(path, Ward::Own);
        if (const auto *problem = std::get_if<QString>(&found))
            return *problem;
        if (auto &bytes = std::get<std::optional<QByteArray>>(found))
            return std::move(*bytes);
        if (const QString problem = writeFile(path, make()); !problem.isEmpty())
            return problem;
    }
    return unusable(path, u"it was removed while it was made"_s);
}

bool exists(const QString &path)
{
    struct stat found = {};
    return ::lstat(QFile::encodeName(path).constData(), &found) == 0;
}

/// The bytes of a file that somebody has named in a setting.
std::variant<QByteArray, QString> readSet(const QString &path, Ward ward)
{
    auto found = readFile(path, ward);
    if (const auto *problem = std::get_if<QString>(&found))
        return *problem;
    if (auto &bytes = std::get<std::optional<QByteArray>>(found))
        return std::move(*bytes);
    return unusable(path, u"there is no such file"_s);
}

/// What i2d_... writes of something.
template <typename Write>
QByteArray der(const Write &write)
{
    unsigned char *bytes = nullptr;
    const int size = write(&bytes);
    const QByteArray copy(reinterpret_cast<const char *>(bytes), std::max(size, 0));
    OPENSSL_free(bytes);
    return copy;
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace

TlsIdentity::TlsIdentity(const TlsPair &pair, const Fingerprint &fingerprint,
                         QString certificateSha256, Origin origin)
    : m_pair(pair), m_fingerprint(fingerprint), m_certificateSha256(std::move(certificateSha256)),
      m_origin(origin)
{
}

std::variant<TlsIdentity, QString> TlsIdentity::load(const Files &set, const QString &folder,
                                                     qint64 now)
{
    if (set.certificates.isEmpty() && set.key.isEmpty())
        return loadOwn(folder, now);
    return loadSet(set);
}

std::variant<TlsIdentity, QString> TlsIdentity::load(const Files &set, qint64 now)
{
    if (!set.certificates.isEmpty() || !set.key.isEmpty())
        return loadSet(set);
    const QByteArray key = makeKey();
    return of({makeCertificate(key, now), key}, {u"the certificate"_s, u"the key"_s},
              Origin::SelfMade);
}

std::variant<TlsIdentity, QString> TlsIdentity::loadSet(const Files &set)
{
    if (set.certificates.isEmpty() || set.key.isEmpty())
        return u"tls.certificate and tls.key belong together: set both, or neither, and the server "
               "makes a key of its own."_s;
    const auto certificates = readSet(set.certificates, Ward::Announced);
    if (const auto *problem = std::get_if<QString>(&certificates))
        return *problem;
    // Both may be in one file.
    const auto key = readSet(set.key, Ward::Secret);
    if (const auto *problem = std::get_if<QString>(&key))
        return *problem;
    return of({std::get<QByteArray>(certificates), std::get<QByteArray>(key)}, set, Origin::Set);
}

std::variant<TlsIdentity, QString> TlsIdentity::loadOwn(const QString &folder, qint64 now)
{
    const Files files{folder + u"/tls.crt"_s, folder + u"/tls.key"_s};
    if (!exists(files.key) && exists(files.certificates))
        return u"%1 is gone, but %2 is there. Put the key back; without it the server is another "
               "one to all who know it. To begin with a new key, remove %2."_s.arg(
                       files.key, files.certificates);
    const auto key = readOrMake(files.key, makeKey);
    if (const auto *problem = std::get_if<QString>(&key))
        return *problem;
    const auto &secret = std::get<QByteArray>(key);
    if (const auto read = readKey(secret); std::holds_alternative<QString>(read))
        return unusable(files.key, std::get<QString>(read));
    const auto certificates = readOrMake(files.certificates,
                                         [&] { return makeCertificate(secret, now); });
    if (const auto *problem = std::get_if<QString>(&certificates))
        return *problem;
    auto identity = of({std::get<QByteArray>(certificates), secret}, files, Origin::SelfMade);
    if (auto *problem = std::get_if<QString>(&identity))
        *problem += u" Remove %1, and it is made again of the same key."_s.arg(files.certificates);
    return identity;
}

std::variant<TlsIdentity, QString> TlsIdentity::of(const TlsPair &pair, const Files &from,
                                                   Origin origin)
{
    const auto certificates = readCertificates(pair.certificates);
    if (const auto *problem = std::get_if<QString>(&certificates))
        return unusable(from.certificates, *problem);
    const auto key = readKey(pair.key);
    if (const auto *problem = std::get_if<QString>(&key))
        return unusable(from.key, *problem);
    X509 *own = std::get<std::vector<openssl::Certificate>>(certificates).front().get();
    ERR_clear_error();
    const bool belong = X509_check_private_key(own, std::get<openssl::Key>(key).get()) == 1;
    ERR_clear_error();
    if (!belong)
        return u"%1 and %2 do not belong together: the first certificate is not that key's."_s.arg(
                from.certificates, from.key);
    const QByteArray publicKey = der(
            [own](unsigned char **to) { return i2d_X509_PUBKEY(X509_get_X509_PUBKEY(own), to); });
    const QByteArray whole = der([own](unsigned char **to) { return i2d_X509(own, to); });
    return TlsIdentity(pair, *Fingerprint::fromSha256(sha256(publicKey)),
                       QString::fromLatin1(sha256(whole).toHex()), origin);
}

} // namespace teahouse::server
