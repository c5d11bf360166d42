#include "server/net/repeatedlog.h"

#include <QTest>

#include <QStringList>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

class TestRepeatedLog : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        lines.clear();
        log = std::make_unique<RepeatedLog>([this](const QString &line) { lines += line; });
    }

    void theFirstIsToldAtOnce()
    {
        note(17, 1, u"over: reset"_s, 0);
        QCOMPARE(take(), QStringList{u"17 192.0.2.1 over: reset"_s});
        note(18, 2, u"over: reset"_s, 0);
        note(19, 1, u"over: ended"_s, 0);
        QCOMPARE(take(),
                 (QStringList{u"18 192.0.2.2 over: reset"_s, u"19 192.0.2.1 over: ended"_s}));
    }

    void theOthersAreCounted()
    {
        for (int i = 0; i < 5000; ++i)
            note(0, 1, u"refused: server-full"_s, i);
        QCOMPARE(take().size(), 1);
        QCOMPARE(log->nextFlush(), RepeatedLog::window);
        log->flush(RepeatedLog::window - 1);
        QCOMPARE(take(), QStringList());
        log->flush(RepeatedLog::window);
        QCOMPARE(take(),
                 QStringList{u"0 192.0.2.1 refused: server-full, repeated 4999 times more "
                             "in the last 10 s"_s});
        // As long as it goes on it is one line each time, and afterwards it is forgotten.
        note(0, 1, u"refused: server-full"_s, RepeatedLog::window + 1);
        log->flush(2 * RepeatedLog::window);
        QCOMPARE(take(),
                 QStringList{u"0 192.0.2.1 refused: server-full, repeated once more in the "
                             "last 10 s"_s});
        log->flush(3 * RepeatedLog::window);
        QCOMPARE(take(), QStringList());
        QCOMPARE(log->remembered(), 0);
        QVERIFY(!log->nextFlush());
    }

    void whoeverSharesALimitSharesALine()
    {
        log->note({1, u"fe80::1"_s, {0xff00, 1}, u"over: reset"_s}, 0);
        log->note({2, u"fe80::2"_s, {0xff00, 1}, u"over: reset"_s}, 0);
        log->flushAll();
        QCOMPARE(take(),
                 (QStringList{u"1 fe80::1 over: reset"_s,
                              u"0 fe80::2 over: reset, repeated once more in the last 10 s"_s}));
    }

    void manyPlaces_data()
    {
        QTest::addColumn<int>("places");
        QTest::addColumn<int>("told");
        const int most = int(RepeatedLog::mostPlaces);
        QTest::newRow("limit - 1") << most - 1 << most - 1;
        QTest::newRow("limit") << most << most;
        QTest::newRow("limit + 1") << most + 1 << most;
        QTest::newRow("very many") << 100'000 << most;
    }

    /// Beyond a number they share a line, so that memory and log are bounded.
    void manyPlaces()
    {
        QFETCH(int, places);
        QFETCH(int, told);
        for (int i = 0; i < places; ++i)
            log->note({0, u"2001:db8::"_s, {quint64(i), 7}, u"over: reset"_s}, i / 1000);
        QCOMPARE(take().size(), told);
        QVERIFY(log->remembered() <= RepeatedLog::mostPlaces + 1);
        log->flush(2 * RepeatedLog::window);
        const QStringList rest = take();
        QCOMPARE(rest.size(), places > told ? 1 : 0);
        if (places - told > 1)
            QCOMPARE(rest.first(),
                     u"0 other addresses over: reset, repeated %1 times more in the "
                     "last 10 s"_s.arg(places - told));
    }

private:
    void note(quint64 session, quint64 host, const QString &kind, qint64 now)
    {
        log->note({session, u"192.0.2.%1"_s.arg(host), {0, host}, kind}, now);
    }

    QStringList take() { return std::exchange(lines, {}); }

    QStringList lines;
    std::unique_ptr<RepeatedLog> log;
};

QTEST_GUILESS_MAIN(TestRepeatedLog)
#include "tst_repeatedlog.moc"
