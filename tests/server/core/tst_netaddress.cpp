#include "server/core/netaddress.h"

#include <QTest>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

class TestNetAddress : public QObject
{
    Q_OBJECT

private slots:
    void hasOneText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("customary");
        QTest::newRow("IPv4") << u"192.0.2.7"_s << u"192.0.2.7"_s;
        QTest::newRow("IPv4-mapped") << u"::ffff:192.0.2.7"_s << u"192.0.2.7"_s;
        QTest::newRow("IPv4 network") << u"192.0.2.7/24"_s << u"192.0.2.0/24"_s;
        QTest::newRow("one IPv4 address") << u"192.0.2.7/32"_s << u"192.0.2.7"_s;
        QTest::newRow("all of IPv4") << u"192.0.2.7/0"_s << u"0.0.0.0/0"_s;
        QTest::newRow("IPv6") << u"2001:DB8:0:0::1"_s << u"2001:db8::1"_s;
        QTest::newRow("IPv6 network") << u"2001:db8:ffff::1/33"_s << u"2001:db8:8000::/33"_s;
        QTest::newRow("IPv6, second half") << u"fe80::ffff:ffff/124"_s << u"fe80::ffff:fff0/124"_s;
        QTest::newRow("all of IPv6") << u"::1/0"_s << u"::/0"_s;
        QTest::newRow("loopback") << u"::1"_s << u"::1"_s;
    }
    void hasOneText()
    {
        QFETCH(const QString, text);
        const auto network = parseNetwork(text);
        QVERIFY(network);
        QTEST(networkText(*network), "customary");
        QCOMPARE(parseNetwork(networkText(*network)), network);
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text :
             {QString(), u"bob"_s, u"1.2.3"_s, u"1.2.3.256"_s, u"1.2.3.4/"_s, u"1.2.3.4/33"_s,
              u"1.2.3.4/-1"_s, u"1.2.3.4/+8"_s, u"1.2.3.4/ 8"_s, u"::/129"_s, u"/8"_s,
              u"1.2.3.4/8/8"_s, u" 1.2.3.4"_s, u"::1%lo"_s, u"1.2.3.4"_s + QChar(0),
              u"1.2.3.4/99999999999999999999"_s})
            QTest::addRow("%s", qPrintable(u'<' + text + u'>')) << text;
    }
    void refusesWhatIsNone()
    {
        QFETCH(const QString, text);
        QVERIFY(!parseNetwork(text));
    }

    void contains()
    {
        const Network home = *parseNetwork(u"192.0.2.0/25"_s);
        QVERIFY(home.contains(parseNetwork(u"192.0.2.127"_s)->base));
        QVERIFY(!home.contains(parseNetwork(u"192.0.2.128"_s)->base));
        QVERIFY(!home.contains(parseNetwork(u"2001:db8::1"_s)->base));
        const Network one = *parseNetwork(u"2001:db8::1"_s);
        QVERIFY(one.contains(one.base));
        QVERIFY(!one.contains(parseNetwork(u"2001:db8::2"_s)->base));
        // All of IPv4 is not all of IPv6.
        QVERIFY(!parseNetwork(u"0.0.0.0/0"_s)->contains(one.base));
        QVERIFY(parseNetwork(u"::/0"_s)->contains(one.base));
    }

    void knowsLoopback()
    {
        for (const QString &text : {u"127.0.0.1"_s, u"127.255.0.9"_s, u"::1"_s})
            QVERIFY2(parseNetwork(text)->base.isLoopback(), qPrintable(text));
        for (const QString &text : {u"128.0.0.1"_s, u"::2"_s, u"2001:db8::1"_s, u"::"_s})
            QVERIFY2(!parseNetwork(text)->base.isLoopback(), qPrintable(text));
        QVERIFY(!NetAddress().isKnown());
        QVERIFY(parseNetwork(u"0.0.0.0"_s)->base.isKnown());
    }
};

QTEST_GUILESS_MAIN(TestNetAddress)
#include "tst_netaddress.moc"
