#include "server/core/addressmask.h"
#include "server/core/kickedout.h"

#include <QTest>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

NetAddress address(const QString &text)
{
    return parseNetwork(text)->base;
}

} // namespace

/// What is known of people without accounts: where they come from, and that they were kicked.
class TestKickedOut : public QObject
{
    Q_OBJECT

private slots:
    void aTokenSaysRoughlyWhere()
    {
        const AddressMask mask("key");
        const QString here = mask.token({address(u"203.0.113.7"_s), 128});
        QVERIFY2(here.startsWith("203.0.113.x~"_L1), qPrintable(here));
        QCOMPARE(here.size(), 16);
        QVERIFY(!here.contains("113.7"_L1));
        const QString six = mask.token({address(u"2001:db8:7:8::"_s), 64});
        QVERIFY2(six.startsWith("2001:db8:7::x~"_L1), qPrintable(six));
        QCOMPARE(mask.token({address(u"203.0.113.7"_s), 128}), here);
        QVERIFY(mask.token({address(u"203.0.113.8"_s), 128}) != here);
        QVERIFY(AddressMask("other").token({address(u"203.0.113.7"_s), 128}) != here);
    }

    void noNameIsAToken()
    {
        const AddressMask mask("key");
        QVERIFY(AddressMask::isToken(mask.token({address(u"203.0.113.7"_s), 128})));
        QVERIFY(AddressMask::isToken(mask.token({address(u"2001:db8::"_s), 64})));
        for (const QString &name : {u"ann"_s, u"guest~abcd"_s, u""_s, u"~abcd"_s, u"203.0.113.7"_s})
            QVERIFY2(!AddressMask::isToken(name), qPrintable(name));
    }

    void whatCountsAsOneIsMeantAsOne()
    {
        const NetAddress four = address(u"203.0.113.7"_s);
        const NetAddress six = address(u"2001:db8::7"_s);
        QCOMPARE(networkOf({four, four}), (Network{four, 128}));
        QCOMPARE(networkOf({six, six}), (Network{six, 128})); // a neighbour
        QCOMPARE(networkOf({six, address(u"2001:db8::"_s)}),
                 (Network{address(u"2001:db8::"_s), 64}));
        QCOMPARE(networkOf({four, {}}), (Network{four, 128}));
        const NetAddress neighbour{0xFF00'0000'0000'0000, 7}; // stands for one, and is nobody's
        QCOMPARE(networkOf({six, neighbour}), (Network{six, 128}));
    }

    void whoWasKickedWaits()
    {
        KickedOut kicked;
        const LimitShare home{{0, 1}, 0};
        const LimitShare far{{0, 2}, 0};
        kicked.add(5, {u"bob"_s, home}, 1000);
        QCOMPARE(kicked.wait(5, {u"bob"_s, far}, 400), 600);
        QCOMPARE(kicked.wait(5, {u"rob"_s, home}, 400), 600); // under another name, too
        QCOMPARE(kicked.wait(5, {u"rob"_s, far}, 400), 0);
        QCOMPARE(kicked.wait(6, {u"bob"_s, home}, 400), 0);
        QCOMPARE(kicked.wait(5, {u"bob"_s, home}, 1000), 0);
        kicked.expire(999);
        QVERIFY(!kicked.isEmpty());
        kicked.expire(1000);
        QVERIFY(kicked.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestKickedOut)
#include "tst_kickedout.moc"
