#include "server/app/peeraddress.h"

#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestPeerAddress : public QObject
{
    Q_OBJECT

private slots:
    void addresses_data();
    void addresses();
};

void TestPeerAddress::addresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<bool>("local");
    const auto row = [](const char *address, const char *shown, bool local) {
        QTest::newRow(address) << QString::fromLatin1(address) << QString::fromLatin1(shown)
                               << local;
    };
    row("127.0.0.1", "127.0.0.1", true);
    row("::1", "::1", true);
    row("::ffff:192.168.1.2", "192.168.1.2", true);
    row("::ffff:8.8.8.8", "8.8.8.8", false);
    row("10.1.2.3", "10.1.2.3", true);
    row("172.15.255.255", "172.15.255.255", false);
    row("172.16.0.0", "172.16.0.0", true);
    row("172.31.255.255", "172.31.255.255", true);
    row("172.32.0.0", "172.32.0.0", false);
    row("fd12::1", "fd12::1", true);
    row("fe80::1", "fe80::1", true);
    row("2001:db8::1", "2001:db8::1", false);
}

void TestPeerAddress::addresses()
{
    QFETCH(const QString, address);
    const PeerAddress peer = peerAddress({QHostAddress(address), 4711});
    QTEST(peer.origin.host, "shown");
    QCOMPARE(peer.origin.port, 4711);
    QTEST(peer.isLocal, "local");
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestPeerAddress)
#include "tst_peeraddress.moc"
