#include "gui-client/link/backoff.h"
#include "gui-client/link/outbox.h"
#include "shared/limits.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::client;

namespace {

Outbox numbered()
{
    return Outbox([n = 0]() mutable { return QString::number(++n); });
}

OutgoingMessage saying(const QString &text)
{
    return {.room = QStringLiteral("main"), .text = text, .cid = {}, .action = false};
}

/// The cids of all that can be sent now.
QStringList takeAll(Outbox &outbox)
{
    QStringList cids;
    while (const auto message = outbox.next())
        cids.append(message->cid);
    return cids;
}

} // namespace

class TestOutbox : public QObject
{
    Q_OBJECT

private slots:
    void keepsOrderAndText();
    void sendsAgainUnderTheSameCid();
    void limitsWhatIsUnderWay();
    void keepsRefusedUntilRetried();
    void sendsUnconfirmedAgainAfterABreak();
    void refusesAll();
    void removesWhatIsNotUnderWay();
    void backsOff();
};

void TestOutbox::keepsOrderAndText()
{
    Outbox outbox = numbered();
    QCOMPARE(outbox.add(saying(QStringLiteral("a"))), QStringLiteral("1"));
    QCOMPARE(outbox.add(saying(QStringLiteral("b"))), QStringLiteral("2"));
    QCOMPARE(outbox.next()->text, QStringLiteral("a"));
    QCOMPARE(outbox.next()->text, QStringLiteral("b"));
    QVERIFY(!outbox.next());
    outbox.acknowledged(QStringLiteral("1"));
    QVERIFY(!outbox.isEmpty());
    outbox.acknowledged(QStringLiteral("2"));
    QVERIFY(outbox.isEmpty());
    outbox.acknowledged(QStringLiteral("2"));
}

void TestOutbox::sendsAgainUnderTheSameCid()
{
    Outbox outbox = numbered();
    for (int i = 0; i < 3; ++i)
        outbox.add(saying(QStringLiteral("x")));
    takeAll(outbox);
    outbox.acknowledged(QStringLiteral("1"));
    outbox.connectionLost();
    outbox.add(saying(QStringLiteral("y")));
    QCOMPARE(takeAll(outbox),
             QStringList({QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("4")}));
}

void TestOutbox::limitsWhatIsUnderWay()
{
    Outbox outbox = numbered();
    for (int i = 0; i < limits::appendsInFlight + 1; ++i)
        outbox.add(saying(QStringLiteral("x")));
    QCOMPARE(takeAll(outbox).size(), limits::appendsInFlight);
    outbox.acknowledged(QStringLiteral("1"));
    QCOMPARE(takeAll(outbox), QStringList(QString::number(limits::appendsInFlight + 1)));
}

void TestOutbox::keepsRefusedUntilRetried()
{
    Outbox outbox = numbered();
    outbox.add(saying(QStringLiteral("a")));
    outbox.add(saying(QStringLiteral("b")));
    takeAll(outbox);
    outbox.refused(QStringLiteral("1"));
    outbox.connectionLost();
    QCOMPARE(takeAll(outbox), QStringList(QStringLiteral("2")));
    outbox.retry(QStringLiteral("1"));
    outbox.retry(QStringLiteral("2")); // is under way
    QCOMPARE(takeAll(outbox), QStringList(QStringLiteral("1")));
}

void TestOutbox::sendsUnconfirmedAgainAfterABreak()
{
    Outbox outbox = numbered();
    for (const auto &text : {"a", "b", "c"})
        outbox.add(saying(QString::fromLatin1(text)));
    takeAll(outbox);
    outbox.unconfirmed(QStringLiteral("1"));
    outbox.refused(QStringLiteral("2"));
    outbox.unconfirmed(QStringLiteral("3"));
    QVERIFY(!outbox.next());
    outbox.retry(QStringLiteral("3"));
    QCOMPARE(takeAll(outbox), QStringList(QStringLiteral("3")));
    outbox.connectionLost();
    QCOMPARE(takeAll(outbox), QStringList({QStringLiteral("1"), QStringLiteral("3")}));
    outbox.acknowledged(QStringLiteral("1")); // it had been stored
    outbox.acknowledged(QStringLiteral("3"));
    outbox.remove(QStringLiteral("2"));
    QVERIFY(outbox.isEmpty());
}

void TestOutbox::refusesAll()
{
    Outbox outbox = numbered();
    outbox.add(saying(QStringLiteral("a")));
    outbox.add(saying(QStringLiteral("b")));
    outbox.next();
    outbox.refuseAll();
    QCOMPARE(takeAll(outbox), QStringList());
    outbox.retry(QStringLiteral("2"));
    QCOMPARE(takeAll(outbox), QStringList(QStringLiteral("2")));
}

void TestOutbox::removesWhatIsNotUnderWay()
{
    Outbox outbox = numbered();
    outbox.add(saying(QStringLiteral("a")));
    outbox.next();
    outbox.remove(QStringLiteral("1"));
    QVERIFY(!outbox.isEmpty());
    outbox.refused(QStringLiteral("1"));
    outbox.remove(QStringLiteral("1"));
    QVERIFY(outbox.isEmpty());
}

void TestOutbox::backsOff()
{
    using std::chrono::milliseconds;
    Backoff backoff;
    for (const int ms : {1000, 2000, 4000, 8000, 16000, 30000, 30000})
        QCOMPARE(backoff.next(0), milliseconds(ms));
    QCOMPARE(backoff.next(0.5), milliseconds(45000));
    backoff.reset();
    QCOMPARE(backoff.next(0.5), milliseconds(1500));
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
