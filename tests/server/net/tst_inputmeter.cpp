#include "server/net/inputmeter.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;

class TestInputMeter : public QObject
{
    Q_OBJECT

private slots:
    void frames_data()
    {
        QTest::addColumn<int>("frames");
        QTest::addColumn<qint64>("wait");
        QTest::newRow("limit - 1") << limits::frameBurst - 1 << qint64(0);
        QTest::newRow("limit") << limits::frameBurst << qint64(1000 / limits::framesPerSecond);
    }

    void frames()
    {
        QFETCH(int, frames);
        QFETCH(qint64, wait);
        InputMeter meter{FloodSettings()};
        for (int i = 0; i < frames; ++i)
            meter.countFrame(1000);
        QCOMPARE(meter.wait(1000), wait);
        QCOMPARE(meter.wait(1000 + wait), 0);
    }

    void bytes_data()
    {
        QTest::addColumn<qsizetype>("bytes");
        QTest::addColumn<bool>("waits");
        const qsizetype burst = 1024 * limits::inputBurst;
        QTest::newRow("a KiB left") << burst - 1024 << false;
        QTest::newRow("a byte too few left") << burst - 1023 << true;
        QTest::newRow("all") << burst << true;
    }

    void bytes()
    {
        QFETCH(qsizetype, bytes);
        QFETCH(bool, waits);
        InputMeter meter{FloodSettings()};
        meter.countBytes(bytes, 1000);
        QCOMPARE(meter.wait(1000) > 0, waits);
    }

    /// What was more than there was has to come in again first.
    void debts()
    {
        InputMeter meter{FloodSettings()};
        meter.countBytes(1024 * (limits::inputBurst + limits::inputPerSecond - 1), 1000);
        QCOMPARE(meter.wait(1000), 1000);
        QCOMPARE(meter.wait(2000), 0);
    }
};

QTEST_GUILESS_MAIN(TestInputMeter)
#include "tst_inputmeter.moc"
