#include "server/core/trustedshares.h"

#include "shared/limits.h"

#include <QTest>

namespace teahouse::server {

namespace {

constexpr qint64 start = 1'700'000'000'000;

LimitShare share(quint64 number)
{
    return {.counted = {0, number}};
}

/// Reaches the account from there; what had to give way.
QList<TrustRecord> use(TrustedShares &trusted, UserId account, quint64 from, qint64 now = start)
{
    const auto record = trusted.record(account, share(from), now);
    return record ? trusted.apply(*record) : QList<TrustRecord>();
}

} // namespace

/// From where accounts were reached.
class TestTrustedShares : public QObject
{
    Q_OBJECT

private slots:
    void whoWasThereIsTrusted();
    void connectionsOfAnExemptAddressShareIt();
    void anUnknownAddressIsNot();
    void recordsTellNoAddress();
    void recordsOutliveARun();
    void anotherKeyKnowsNothing();
    void theOldestOfAnAccountGivesWay();
    void theOldestOfAllGivesWay();
    void aClockThatWasSetBackKeepsTheOrder();
    void aRemovedAccountIsForgotten();
    void whatIsNoDigestIsTakenForNobodys();

private:
    const KeyedDigest m_digest{"0123456789abcdef"};
};

void TestTrustedShares::whoWasThereIsTrusted()
{
    TrustedShares trusted(m_digest);
    QVERIFY(!trusted.contains(1, share(7)));
    QVERIFY(use(trusted, 1, 7).isEmpty());
    QVERIFY(trusted.contains(1, share(7)));
    QVERIFY(!trusted.contains(1, share(8)));
    QVERIFY(!trusted.contains(2, share(7)));
    QVERIFY(!trusted.contains(0, share(7)));
    QVERIFY(use(trusted, 1, 7).isEmpty()); // twice is once
    QCOMPARE(trusted.size(), 1);
}

void TestTrustedShares::connectionsOfAnExemptAddressShareIt()
{
    TrustedShares trusted(m_digest);
    use(trusted, 1, 7);
    QVERIFY(trusted.contains(1, {.counted = {0, 7}, .session = 99}));
}

void TestTrustedShares::anUnknownAddressIsNot()
{
    TrustedShares trusted(m_digest);
    QVERIFY(!trusted.record(1, {}, start).has_value());
}

void TestTrustedShares::recordsTellNoAddress()
{
    const TrustedShares trusted(m_digest);
    const QByteArray origin = trusted.record(1, share(0x0102030405060708), start)->origin;
    QCOMPARE(origin.size(), 16);
    QVERIFY(!origin.contains(QByteArray("\1\2\3\4", 4)));
    // Nor that two accounts share one.
    QVERIFY(origin != trusted.record(2, share(0x0102030405060708), start)->origin);
}

void TestTrustedShares::recordsOutliveARun()
{
    TrustedShares before(m_digest);
    const TrustRecord record = *before.record(1, share(7), start);
    TrustedShares trusted(m_digest);
    trusted.takeOver({record});
    QVERIFY(trusted.contains(1, share(7)));
}

void TestTrustedShares::anotherKeyKnowsNothing()
{
    TrustedShares before(m_digest);
    const TrustRecord record = *before.record(1, share(7), start);
    TrustedShares trusted(KeyedDigest("another key"));
    trusted.takeOver({record});
    QVERIFY(!trusted.contains(1, share(7)));
}

void TestTrustedShares::theOldestOfAnAccountGivesWay()
{
    TrustedShares trusted(m_digest);
    for (quint64 from = 1; from <= limits::trustedPerAccount; ++from)
        QVERIFY(use(trusted, 1, from, start + qint64(from)).isEmpty());
    use(trusted, 1, 1, start + 100); // used again
    const QByteArray second = trusted.record(1, share(2), start)->origin;
    const QList<TrustRecord> gone = use(trusted, 1, 99, start + 101);
    QCOMPARE(gone.size(), 1);
    QVERIFY(gone.first() == (TrustRecord{.user = 1, .origin = second, .dropped = true}));
    QVERIFY(trusted.contains(1, share(1)));
    QVERIFY(!trusted.contains(1, share(2)));
    QVERIFY(trusted.contains(1, share(99)));
}

void TestTrustedShares::theOldestOfAllGivesWay()
{
    TrustedShares trusted(m_digest);
    for (int i = 0; i < limits::trusted; ++i)
        trusted.apply({.user = static_cast<UserId>(i + 1),
                       .origin = QByteArray(16, 'x'),
                       .used = start + i});
    const QList<TrustRecord> gone = use(trusted, 7'000'000, 1, start);
    QCOMPARE(gone.size(), 1);
    QCOMPARE(gone.first().user, 1U);
    QCOMPARE(trusted.size(), limits::trusted);
}

void TestTrustedShares::aClockThatWasSetBackKeepsTheOrder()
{
    TrustedShares trusted(m_digest);
    for (quint64 from = 1; from <= limits::trustedPerAccount + 1; ++from)
        use(trusted, 1, from, start - qint64(from) * 1000);
    QVERIFY(!trusted.contains(1, share(1)));
    QVERIFY(trusted.contains(1, share(limits::trustedPerAccount + 1)));
}

void TestTrustedShares::aRemovedAccountIsForgotten()
{
    TrustedShares trusted(m_digest);
    use(trusted, 1, 7);
    use(trusted, 1, 8);
    use(trusted, 2, 7);
    trusted.forget(1);
    QVERIFY(!trusted.contains(1, share(7)));
    QVERIFY(trusted.contains(2, share(7)));
    QCOMPARE(trusted.size(), 1);
}

void TestTrustedShares::whatIsNoDigestIsTakenForNobodys()
{
    TrustedShares trusted(m_digest);
    trusted.takeOver({{.user = 1, .origin = "short", .used = start}, {.user = 1, .used = start}});
    QVERIFY(!trusted.contains(1, share(7)));
    QVERIFY(!trusted.contains(1, {}));
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestTrustedShares)
#include "tst_trustedshares.moc"
