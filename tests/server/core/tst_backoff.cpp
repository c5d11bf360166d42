#include "server/core/backoff.h"

#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 start = 1'700'000'000'000;
const QString home = QStringLiteral("192.0.2.1");
const QString elsewhere = QStringLiteral("192.0.2.2");

} // namespace

/// Who has to wait before another password is looked at, on a clock that is moved by hand.
class TestBackoff : public QObject
{
    Q_OBJECT

private slots:
    void someTriesAreFree_data();
    void someTriesAreFree();
    void waitingDoublesUpToALimit();
    void successBeginsAnew();
    void anHourBeginsAnew_data();
    void anHourBeginsAnew();
    void strangersDoNotLockTheOwnerOut();
    void strangersWaitForEachOther_data();
    void strangersWaitForEachOther();
    void namesAreCountedApart();
    void whatWasNotLookedAtDoesNotCount();
    void memoryIsBounded();

private:
    static void fail(LoginBackoff &backoff, int times, const QString &address = home)
    {
        for (int i = 0; i < times; ++i)
            backoff.attempt(u"ann"_s, address, start);
    }
};

void TestBackoff::someTriesAreFree_data()
{
    QTest::addColumn<int>("tries");
    QTest::addColumn<qint64>("wait");
    QTest::newRow("limit - 1") << LoginBackoff::freeTries - 1 << qint64(0);
    QTest::newRow("limit") << LoginBackoff::freeTries << LoginBackoff::firstWait;
    QTest::newRow("limit + 1") << LoginBackoff::freeTries + 1 << 2 * LoginBackoff::firstWait;
}

void TestBackoff::someTriesAreFree()
{
    QFETCH(const int, tries);
    QFETCH(const qint64, wait);
    LoginBackoff backoff;
    fail(backoff, tries);
    QCOMPARE(backoff.wait(u"ann"_s, home, start), wait);
    QCOMPARE(backoff.wait(u"ann"_s, home, start + wait), 0);
    if (wait > 0)
        QCOMPARE(backoff.wait(u"ann"_s, home, start + wait - 1), 1);
}

void TestBackoff::waitingDoublesUpToALimit()
{
    LoginBackoff backoff;
    fail(backoff, 100);
    QCOMPARE(backoff.wait(u"ann"_s, home, start), LoginBackoff::longestWait);
}

void TestBackoff::successBeginsAnew()
{
    LoginBackoff backoff;
    fail(backoff, LoginBackoff::freeTries + 3);
    backoff.succeeded(u"ann"_s, home);
    QCOMPARE(backoff.wait(u"ann"_s, home, start), 0);
    fail(backoff, LoginBackoff::freeTries - 1);
    QCOMPARE(backoff.wait(u"ann"_s, home, start), 0);
}

void TestBackoff::anHourBeginsAnew_data()
{
    QTest::addColumn<qint64>("later");
    QTest::addColumn<bool>("waits");
    QTest::newRow("limit - 1") << LoginBackoff::forgetAfter - 1 << true;
    QTest::newRow("limit") << LoginBackoff::forgetAfter << false;
}

void TestBackoff::anHourBeginsAnew()
{
    QFETCH(const qint64, later);
    LoginBackoff backoff;
    fail(backoff, LoginBackoff::freeTries);
    backoff.attempt(u"ann"_s, home, start + later);
    QTEST(backoff.wait(u"ann"_s, home, start + later) > 0, "waits");
}

void TestBackoff::strangersDoNotLockTheOwnerOut()
{
    LoginBackoff backoff;
    backoff.attempt(u"ann"_s, home, start);
    backoff.succeeded(u"ann"_s, home);
    for (int i = 0; i < 1000; ++i)
        backoff.attempt(u"ann"_s, QString::number(i), start);
    QCOMPARE(backoff.wait(u"ann"_s, home, start), 0);
    QVERIFY(backoff.wait(u"ann"_s, elsewhere, start) > 0);
}

void TestBackoff::strangersWaitForEachOther_data()
{
    QTest::addColumn<int>("strangers");
    QTest::addColumn<bool>("waits");
    QTest::newRow("limit - 1") << LoginBackoff::freeTriesOfAll - 1 << false;
    QTest::newRow("limit") << LoginBackoff::freeTriesOfAll << true;
}

void TestBackoff::strangersWaitForEachOther()
{
    QFETCH(const int, strangers);
    LoginBackoff backoff;
    for (int i = 0; i < strangers; ++i)
        backoff.attempt(u"ann"_s, QString::number(i), start);
    QTEST(backoff.wait(u"ann"_s, elsewhere, start) > 0, "waits");
}

void TestBackoff::namesAreCountedApart()
{
    LoginBackoff backoff;
    fail(backoff, 100);
    QCOMPARE(backoff.wait(u"bob"_s, home, start), 0);
}

void TestBackoff::whatWasNotLookedAtDoesNotCount()
{
    LoginBackoff backoff;
    for (int i = 0; i < 100; ++i) {
        backoff.attempt(u"ann"_s, home, start);
        backoff.withdraw(u"ann"_s, home);
    }
    QCOMPARE(backoff.wait(u"ann"_s, home, start), 0);
    QCOMPARE(backoff.wait(u"ann"_s, elsewhere, start), 0);
}

void TestBackoff::memoryIsBounded()
{
    LoginBackoff backoff;
    for (int i = 0; i < 3 * LoginBackoff::mostEntries; ++i)
        backoff.attempt(QString::number(i), home, start);
    // It still counts.
    fail(backoff, LoginBackoff::freeTries);
    QVERIFY(backoff.wait(u"ann"_s, home, start) > 0);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestBackoff)
#include "tst_backoff.moc"
