#include "server/app/selfsigned.h"
#include "server/app/tlsidentity.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestTlsIdentity : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void madeOnce();
    void certificateIsWhatWasPromised();
    void lostCertificate();
    void lostKey();
    void withoutFolder();
    void ownFiles();
    void chain();
    void refused_data();
    void refused();
    void oneOfTwo();
    void notTogether();
    void nothingHalf();

private:
    using Loaded = std::variant<TlsIdentity, QString>;

    Loaded load(const TlsIdentity::Files &set = {}) const
    {
        return TlsIdentity::load(set, m_folder->path(), now);
    }
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QByteArray contents(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString write(const QString &name, const QByteArray &bytes, unsigned mode = 0600) const
    {
        QFile file(path(name));
        const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        file.close();
        ::chmod(QFile::encodeName(path(name)).constData(), mode);
        return isWritten ? path(name) : QString();
    }

    static constexpr qint64 now = 1'800'000'000'000;
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const TlsIdentity &identity(const std::variant<TlsIdentity, QString> &loaded)
{
    if (const auto *problem = std::get_if<QString>(&loaded))
        qFatal("%ls", qUtf16Printable(*problem));
    return std::get<TlsIdentity>(loaded);
}

QString problem(const std::variant<TlsIdentity, QString> &loaded)
{
    const auto *text = std::get_if<QString>(&loaded);
    return text ? *text : QString();
}

unsigned modeOf(const QString &path)
{
    struct stat found = {};
    ::stat(QFile::encodeName(path).constData(), &found);
    return found.st_mode & 07777U;
}

} // namespace

void TestTlsIdentity::madeOnce()
{
    const TlsIdentity first = identity(load());
    const TlsIdentity second = identity(load());
    QVERIFY(first.isSelfMade());
    QCOMPARE(second.pair(), first.pair());
    QCOMPARE(second.fingerprint(), first.fingerprint());
    QCOMPARE(second.certificateSha256(), first.certificateSha256());
    QCOMPARE(modeOf(path(u"tls.key"_s)), 0600U);
    QCOMPARE(modeOf(path(u"tls.crt"_s)), 0600U);
    QTemporaryDir other;
    QVERIFY(identity(TlsIdentity::load({}, other.path(), now)).fingerprint()
            != first.fingerprint());
}

void TestTlsIdentity::certificateIsWhatWasPromised()
{
    const TlsIdentity made = identity(load());
    const QSslCertificate certificate(contents(u"tls.crt"_s));
    const QDateTime today = QDateTime::fromMSecsSinceEpoch(now);
    const QByteArray encoded = certificate.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(encoded.constData());
    const openssl::Certificate itself(d2i_X509(nullptr, &bytes, long(encoded.size())));
    QCOMPARE(X509_verify(itself.get(), X509_get0_pubkey(itself.get())), 1);
    QCOMPARE(certificate.effectiveDate().daysTo(today), 1);
    QVERIFY(certificate.expiryDate() >= today.addYears(10).addDays(-3));
    const QSslKey key = certificate.publicKey();
    QCOMPARE(key.algorithm(), QSsl::Ec);
    QCOMPARE(key.length(), 256);
    const auto sha256 = [](const QByteArray &der) {
        return QCryptographicHash::hash(der, QCryptographicHash::Sha256);
    };
    QCOMPARE(made.fingerprint().bytes(), sha256(key.toDer())); // which is the SPKI
    QCOMPARE(made.certificateSha256(), QString::fromLatin1(sha256(certificate.toDer()).toHex()));
}

/// It is made again of the same key: whoever has pinned the key notices nothing.
void TestTlsIdentity::lostCertificate()
{
    const TlsIdentity before = identity(load());
    QVERIFY(QFile::remove(path(u"tls.crt"_s)));
    const TlsIdentity after = identity(load());
    QCOMPARE(after.fingerprint(), before.fingerprint());
    QVERIFY(after.certificateSha256() != before.certificateSha256());
    QCOMPARE(identity(load()).certificateSha256(), after.certificateSha256());
}

/// Nobody gets a new key behind the back of those who know the old one.
void TestTlsIdentity::lostKey()
{
    identity(load());
    QVERIFY(QFile::remove(path(u"tls.key"_s)));
    const QString text = problem(load());
    QVERIFY2(text.contains(u"Put the key back"), qPrintable(text));
    QVERIFY(!QFile::exists(path(u"tls.key"_s)));
}

void TestTlsIdentity::withoutFolder()
{
    const TlsIdentity one = identity(TlsIdentity::load({}, now));
    QVERIFY(one.isSelfMade());
    QVERIFY(identity(TlsIdentity::load({}, now)).fingerprint() != one.fingerprint());
}

void TestTlsIdentity::ownFiles()
{
    const QByteArray key = makeKey();
    const TlsIdentity::Files set{write(u"a.crt"_s, makeCertificate(key, now), 0644),
                                 write(u"a.key"_s, key, 0640)};
    const TlsIdentity found = identity(load(set));
    QVERIFY(!found.isSelfMade());
    QCOMPARE(found.pair().key, key);
    QVERIFY(!QFile::exists(path(u"tls.key"_s)));
    QCOMPARE(identity(TlsIdentity::load(set, now)).fingerprint(), found.fingerprint());
    // Certificates are often links to the newest one.
    QVERIFY(QFile::link(set.key, path(u"link.key"_s)));
    QCOMPARE(identity(load({set.certificates, path(u"link.key"_s)})).fingerprint(),
             found.fingerprint());
}

/// The first certificate is the server's own, whatever follows.
void TestTlsIdentity::chain()
{
    const QByteArray key = makeKey();
    const QByteArray own = makeCertificate(key, now);
    const QByteArray other = makeCertificate(makeKey(), now);
    const QString keyFile = write(u"a.key"_s, key);
    const TlsIdentity alone = identity(load({write(u"a.crt"_s, own), keyFile}));
    const TlsIdentity chained = identity(load({write(u"b.crt"_s, own + other), keyFile}));
    QCOMPARE(chained.certificateSha256(), alone.certificateSha256());
    QVERIFY(problem(load({write(u"c.crt"_s, other + own), keyFile})).contains(u"belong together"));
}

void TestTlsIdentity::refused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<unsigned>("mode");
    QTest::addColumn<QString>("word");
    QTest::newRow("an empty key") << u"tls.key"_s << QByteArray() << 0600U << u"no private key"_s;
    QTest::newRow("a key of noise")
            << u"tls.key"_s << QByteArray("noise\n") << 0600U << u"no private key"_s;
    QTest::newRow("a key for all") << u"tls.key"_s << makeKey() << 0644U << u"chmod 600"_s;
    QTest::newRow("a key for a group") << u"tls.key"_s << makeKey() << 0640U << u"chmod 600"_s;
    QTest::newRow("another key") << u"tls.key"_s << makeKey() << 0600U << u"belong together"_s;
    QTest::newRow("a huge key") << u"tls.key"_s << QByteArray(2 * 1024 * 1024, 'x') << 0600U
                                << u"too large"_s;
    QTest::newRow("an empty certificate")
            << u"tls.crt"_s << QByteArray() << 0600U << u"no certificate"_s;
    QTest::newRow("a damaged certificate")
            << u"tls.crt"_s << makeCertificate(makeKey(), now).replace("M", "?") << 0600U
            << u"damaged"_s;
    QTest::newRow("a certificate for all")
            << u"tls.crt"_s << makeCertificate(makeKey(), now) << 0666U << u"chmod 600"_s;
}

void TestTlsIdentity::refused()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, bytes);
    QFETCH(const unsigned, mode);
    QFETCH(const QString, word);
    identity(load());
    write(name, bytes, mode);
    const QString text = problem(load());
    QVERIFY2(text.contains(word) && text.contains(path(name)), qPrintable(text));
    QCOMPARE(contents(name), bytes); // nothing is repaired by overwriting it
}

void TestTlsIdentity::oneOfTwo()
{
    const QByteArray key = makeKey();
    const QString file = write(u"a.key"_s, key);
    QVERIFY(problem(load({{}, file})).contains(u"set both"));
    QVERIFY(problem(load({file, {}})).contains(u"set both"));
    QVERIFY(problem(load({path(u"no.crt"_s), file})).contains(u"no such file"));
    const QString certificate = write(u"a.crt"_s, makeCertificate(key, now));
    QVERIFY(problem(load({certificate, write(u"b.key"_s, key, 0604)})).contains(u"chmod o="));
    QVERIFY(problem(load({certificate, m_folder->path()})).contains(u"not a file"));
}

void TestTlsIdentity::notTogether()
{
    const TlsIdentity::Files set{write(u"a.crt"_s, makeCertificate(makeKey(), now)),
                                 write(u"a.key"_s, makeKey())};
    const QString text = problem(load(set));
    QVERIFY2(text.contains(u"belong together") && text.contains(set.key), qPrintable(text));
}

/// A folder where nothing can be written keeps nothing half.
void TestTlsIdentity::nothingHalf()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"tls.key.part"_s));
    const QString text = problem(load());
    QVERIFY2(text.contains(u"tls.key cannot be made"), qPrintable(text));
    QVERIFY(!QFile::exists(path(u"tls.key"_s)) && !QFile::exists(path(u"tls.crt"_s)));
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestTlsIdentity)
#include "tst_tlsidentity.moc"
