#include "gui-client/link/serveraddress.h"

#include <QTest>

using namespace teahouse::client;

class TestServerAddress : public QObject
{
    Q_OBJECT

private slots:
    void good_data();
    void good();
    void bad_data();
    void bad();
};

void TestServerAddress::good_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("typed");
    QTest::newRow("name") << "tea.example"
                          << "tea.example" << 5005 << "tea.example";
    QTest::newRow("name and port") << "tea.example:6000"
                                   << "tea.example" << 6000 << "tea.example:6000";
    QTest::newRow("blanks") << "  localhost:1 \t"
                            << "localhost" << 1 << "localhost:1";
    QTest::newRow("IPv4") << "10.0.0.1:65535"
                          << "10.0.0.1" << 65535 << "10.0.0.1:65535";
    QTest::newRow("IPv6") << "::1"
                          << "::1" << 5005 << "::1";
    QTest::newRow("IPv6 in brackets") << "[fe80::1]"
                                      << "fe80::1" << 5005 << "fe80::1";
    QTest::newRow("IPv6 and port") << "[::1]:6000"
                                   << "::1" << 6000 << "[::1]:6000";
    QTest::newRow("IPv6 that looks like one with a port") << "::1:5005"
                                                          << "::1:5005" << 5005 << "::1:5005";
    QTest::newRow("default port") << "a:5005"
                                  << "a" << 5005 << "a";
    QTest::newRow("Chinese name") << u"茶.example"_qs << u"茶.example"_qs << 5005
                                  << u"茶.example"_qs;
}

void TestServerAddress::good()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto parsed = parseServerAddress(text);
    const auto *address = std::get_if<ServerAddress>(&parsed);
    QVERIFY(address);
    QCOMPARE(address->host, host);
    QCOMPARE(address->port, port);
    QTEST(toString(*address), "typed");
}

void TestServerAddress::bad_data()
{
    using Fault = AddressFault;
    QTest::addColumn<QString>("text");
    QTest::addColumn<AddressFault>("fault");
    QTest::newRow("nothing") << "" << Fault::Empty;
    QTest::newRow("blanks") << " \t " << Fault::Empty;
    QTest::newRow("port 0") << "a:0" << Fault::BadPort;
    QTest::newRow("port too large") << "a:65536" << Fault::BadPort;
    QTest::newRow("port much too large") << "a:99999999999999999999" << Fault::BadPort;
    QTest::newRow("no port") << "a:" << Fault::BadPort;
    QTest::newRow("negative port") << "a:-1" << Fault::BadPort;
    QTest::newRow("signed port") << "a:+1" << Fault::BadPort;
    QTest::newRow("port with letters") << "a:5005x" << Fault::BadPort;
    QTest::newRow("port of other digits") << u"a:٥٠"_qs << Fault::BadPort;
    QTest::newRow("two ports") << "a:1:2" << Fault::BadPort;
    QTest::newRow("no host") << ":5005" << Fault::BadHost;
    QTest::newRow("blank inside") << "a b" << Fault::BadHost;
    QTest::newRow("URL") << "http://a" << Fault::BadPort;
    QTest::newRow("open bracket") << "[::1" << Fault::BadHost;
    QTest::newRow("name in brackets") << "[a]" << Fault::BadHost;
    QTest::newRow("text behind brackets") << "[::1]x" << Fault::BadHost;
    QTest::newRow("IPv6, port 0") << "[::1]:0" << Fault::BadPort;
}

void TestServerAddress::bad()
{
    QFETCH(QString, text);
    const auto parsed = parseServerAddress(text);
    QVERIFY(std::holds_alternative<AddressFault>(parsed));
    QTEST(std::get<AddressFault>(parsed), "fault");
}

QTEST_GUILESS_MAIN(TestServerAddress)
#include "tst_serveraddress.moc"
