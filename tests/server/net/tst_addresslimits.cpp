#include "server/net/addresslimits.h"

#include <QTest>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

QHostAddress address(const QString &text)
{
    return QHostAddress(text);
}

/// Of one that counts by itself.
AddressLimits::Ticket ticket(const QHostAddress &address)
{
    return {address, address};
}

int admitted(AddressLimits &limits, const QHostAddress &address, int tries, qint64 now)
{
    int count = 0;
    for (int i = 0; i < tries; ++i)
        count += limits.admit(address, now) ? 1 : 0;
    return count;
}

/// Comes and goes at once, so that only the rate counts.
int visits(AddressLimits &limits, const QHostAddress &address, int tries, qint64 now)
{
    int count = 0;
    for (int i = 0; i < tries; ++i) {
        if (!limits.admit(address, now))
            continue;
        limits.release(ticket(address));
        ++count;
    }
    return count;
}

} // namespace

class TestAddressLimits : public QObject
{
    Q_OBJECT

private slots:
    void atOnce()
    {
        AddressLimits limits;
        const QHostAddress ann = address(u"192.0.2.1"_s);
        QCOMPARE(admitted(limits, ann, 15, 0), 15);
        QVERIFY(limits.admit(ann, 0));
        QVERIFY(!limits.admit(ann, 0));
        limits.release(ticket(ann));
        QVERIFY(limits.admit(ann, 0));
        QVERIFY(limits.admit(address(u"192.0.2.2"_s), 0));
    }

    void burstThenRate()
    {
        AddressLimits limits;
        const QHostAddress ann = address(u"192.0.2.1"_s);
        QCOMPARE(visits(limits, ann, 19, 0), 19);
        QVERIFY(visits(limits, ann, 1, 0));
        QVERIFY(!visits(limits, ann, 1, 0));
        QVERIFY(!visits(limits, ann, 1, 5'999));
        QVERIFY(visits(limits, ann, 1, 6'000));
        QVERIFY(!visits(limits, ann, 1, 6'001));
        QCOMPARE(visits(limits, ann, 100, 66'000), 10);
        QCOMPARE(visits(limits, ann, 100, 100'000'000), 20);
    }

    void strangers()
    {
        AddressLimits limits;
        const auto ann = limits.admit(address(u"2001:db8::1"_s), 0);
        const auto neighbour = limits.admit(address(u"2001:db8::2"_s), 0);
        const auto bob = limits.admit(address(u"2001:db8:0:1::1"_s), 0);
        QVERIFY(ann && neighbour && bob);
        for (int i = 0; i < 7; ++i)
            limits.strangerCame(*ann);
        QVERIFY(limits.hasRoomForStranger(*neighbour));
        limits.strangerCame(*neighbour);
        QVERIFY(!limits.hasRoomForStranger(*ann));
        QVERIFY(!limits.hasRoomForStranger(*neighbour));
        QVERIFY(limits.hasRoomForStranger(*bob));
        limits.strangerWent(*ann);
        QVERIFY(limits.hasRoomForStranger(*neighbour));
    }

    void strangersWithoutLimit()
    {
        AddressLimits::Settings settings = AddressLimits::defaults();
        settings.strangers = 0;
        AddressLimits limits(settings);
        const auto near = limits.admit(address(u"127.0.0.1"_s), 0);
        const auto far = limits.admit(address(u"192.0.2.1"_s), 0);
        QVERIFY(near && limits.hasRoomForStranger(*near));
        QVERIFY(far && !limits.hasRoomForStranger(*far));
        settings.protection = AddressLimits::Protection::Off;
        limits.setSettings(settings);
        QVERIFY(limits.hasRoomForStranger(*far));
    }

    /// Other settings do not change as what somebody was counted.
    void settingsInBetween()
    {
        AddressLimits::Settings settings = AddressLimits::defaults();
        AddressLimits limits(settings);
        const QHostAddress ann = address(u"2001:db8:f::1"_s);
        const auto ticket = limits.admit(ann, 0);
        QVERIFY(ticket);
        settings.atOnce = 17;
        limits.setSettings(settings);
        limits.release(*ticket);
        QCOMPARE(admitted(limits, ann, 100, 0), 17);
    }

    void whatCountsAsOne_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("same");
        QTest::newRow("IPv4") << u"192.0.2.1"_s << u"192.0.2.2"_s << false;
        QTest::newRow("mapped") << u"192.0.2.1"_s << u"::ffff:192.0.2.1"_s << true;
        QTest::newRow("a /64") << u"2001:db8::1"_s << u"2001:db8::2:3:0:5"_s << true;
        QTest::newRow("next /64") << u"2001:db8::1"_s << u"2001:db8:0:1::1"_s << false;
        QTest::newRow("link-local, neighbour not known") << u"fe80::1"_s << u"fe80::2"_s << true;
        QTest::newRow("unique local, neighbour not known") << u"fd00::1"_s << u"fd00::2"_s << true;
        QTest::newRow("one neighbour") << u"fe80::a:1"_s << u"fe80::a:2"_s << true;
        QTest::newRow("one neighbour, many networks")
                << u"fd00::a:1"_s << u"2001:db8::a:2"_s << true;
        QTest::newRow("two neighbours of a /64") << u"fd00::a:1"_s << u"fd00::b:1"_s << false;
        QTest::newRow("a neighbour and somebody of its /64")
                << u"fd00::a:1"_s << u"fd00::1"_s << false;
        QTest::newRow("IPv4 is not asked for") << u"192.0.2.1"_s << u"192.0.2.1"_s << true;
    }

    void whatCountsAsOne()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QFETCH(bool, same);
        // The hosts a and b, each with all addresses that end in :a:x and :b:x.
        AddressLimits limits(AddressLimits::defaults(), [](const QHostAddress &asked) {
            const quint8 host = asked.toIPv6Address().c[13];
            return host == 0 ? QByteArray() : QByteArray(6, static_cast<char>(host));
        });
        QCOMPARE(admitted(limits, address(one), 100, 0), 16);
        QCOMPARE(limits.admit(address(other), 0).has_value(), !same);
    }

    void exempt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("IPv4") << u"127.0.0.1"_s;
        QTest::newRow("all of 127/8") << u"127.200.3.4"_s;
        QTest::newRow("IPv6") << u"::1"_s;
        QTest::newRow("mapped") << u"::ffff:127.0.0.1"_s;
    }

    void exempt()
    {
        QFETCH(QString, text);
        AddressLimits limits;
        QCOMPARE(admitted(limits, address(text), 100, 0), 100);

        AddressLimits::Settings none = AddressLimits::defaults();
        none.exempt.clear();
        AddressLimits strict(none);
        QCOMPARE(admitted(strict, address(text), 100, 0), 16);
    }

    void switchedOff()
    {
        AddressLimits::Settings settings = AddressLimits::defaults();
        settings.protection = AddressLimits::Protection::Off;
        AddressLimits limits(settings);
        const QHostAddress ann = address(u"192.0.2.1"_s);
        QCOMPARE(admitted(limits, ann, 100, 0), 100);
        // What is connected counts when the protection comes back.
        limits.setSettings(AddressLimits::defaults());
        QVERIFY(!limits.admit(ann, 0));
        for (int i = 0; i < 85; ++i)
            limits.release(ticket(ann));
        QVERIFY(limits.admit(ann, 0));
    }

    void forgets()
    {
        AddressLimits limits;
        for (quint32 i = 0; i < 100'000; ++i) {
            const QHostAddress visitor(0x0b000000 + i);
            QVERIFY(limits.admit(visitor, i));
            limits.release(ticket(visitor));
        }
        QVERIFY(limits.remembered() < 70'000);
        const QHostAddress stays(0x0c000000);
        QCOMPARE(admitted(limits, stays, 100, 0), 16);
        QCOMPARE(visits(limits, QHostAddress(0x0d000000), 100, 100'000'000), 20);
        QVERIFY(!limits.admit(stays, 100'000'000));
    }
};

QTEST_GUILESS_MAIN(TestAddressLimits)
#include "tst_addresslimits.moc"
