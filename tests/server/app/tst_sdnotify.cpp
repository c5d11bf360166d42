#include "server/app/sdnotify.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestSdNotify : public QObject
{
    Q_OBJECT

private slots:
    void reachesTheSocket();
    void noSocketIsFine();
    void failures();
};

void TestSdNotify::reachesTheSocket()
{
    const QTemporaryDir scratch;
    const QString path = scratch.filePath(u"notify"_s);
    const int receiver = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    std::copy(name.begin(), name.end(), address.sun_path);
    QCOMPARE(::bind(receiver, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);

    QVERIFY(notifySystemd(path, "READY=1"));
    std::array<char, 64> bytes;
    const ssize_t length = ::recv(receiver, bytes.data(), bytes.size(), 0);
    QCOMPARE(QByteArray(bytes.data(), length), QByteArray("READY=1"));
    ::close(receiver);
}

void TestSdNotify::noSocketIsFine()
{
    QVERIFY(notifySystemd({}, "READY=1"));
}

void TestSdNotify::failures()
{
    const QTemporaryDir scratch;
    QVERIFY(!notifySystemd(scratch.filePath(u"nobody"_s), "READY=1"));
    QCOMPARE(errno, ENOENT);
    QVERIFY(!notifySystemd(u'/' + QString(200, u'x'), "READY=1"));
    QCOMPARE(errno, ENAMETOOLONG);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestSdNotify)
#include "tst_sdnotify.moc"
