#include "tests/support/tlsidentity.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace teahouse::test {

using namespace Qt::StringLiterals;

namespace {

QByteArray openssl(const QStringList &arguments)
{
    QProcess program;
    program.start(u"openssl"_s, arguments);
    if (!program.waitForFinished() || program.exitCode() != 0)
        qFatal("openssl %s: %s", qPrintable(arguments.join(u' ')),
               program.readAllStandardError().constData());
    return program.readAllStandardOutput();
}

QByteArray contents(const QString &file)
{
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        qFatal("%s: %s", qPrintable(file), qPrintable(opened.errorString()));
    return opened.readAll();
}

} // namespace

TlsIdentity makeIdentity(const QString &altNames)
{
    const QTemporaryDir folder;
    const QString key = folder.filePath(u"key.pem"_s);
    const QString certificate = folder.filePath(u"certificate.pem"_s);
    openssl({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
             u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-keyout"_s, key, u"-out"_s, certificate,
             u"-days"_s, u"30"_s, u"-subj"_s, u"/CN=teahouse"_s, u"-addext"_s,
             u"subjectAltName="_s + altNames});
    const QByteArray spki = openssl(
            {u"pkey"_s, u"-in"_s, key, u"-pubout"_s, u"-outform"_s, u"der"_s});
    return {QSslKey(contents(key), QSsl::Ec), QSslCertificate(contents(certificate)),
            *Fingerprint::fromSha256(QCryptographicHash::hash(spki, QCryptographicHash::Sha256))};
}

} // namespace teahouse::test
