#include "server/app/logthrottle.h"

#include <QTest>

using teahouse::server::LogThrottle;

class TestLogThrottle : public QObject
{
    Q_OBJECT

private slots:
    void aBurstThenSoManyASecond()
    {
        LogThrottle throttle;
        for (int i = 0; i < LogThrottle::burst; ++i)
            QVERIFY(throttle.mayWrite(QtInfoMsg, 5000));
        QCOMPARE(throttle.takeLeftOut(), 0);
        QVERIFY(!throttle.mayWrite(QtInfoMsg, 5000));
        QVERIFY(!throttle.mayWrite(QtCriticalMsg, 5000));
        QVERIFY(throttle.mayWrite(QtFatalMsg, 5000));
        QVERIFY(throttle.mayWrite(QtWarningMsg, 5000 + 1000 / LogThrottle::perSecond));
        QVERIFY(!throttle.mayWrite(QtWarningMsg, 5000 + 1000 / LogThrottle::perSecond));
        QCOMPARE(throttle.takeLeftOut(), 3);
        QCOMPARE(throttle.takeLeftOut(), 0);
    }

    void whatCouldNotBeWrittenIsCounted()
    {
        LogThrottle throttle;
        throttle.countLost();
        throttle.countLost(3);
        QCOMPARE(throttle.takeLeftOut(), 4);
    }
};

QTEST_GUILESS_MAIN(TestLogThrottle)
#include "tst_logthrottle.moc"
