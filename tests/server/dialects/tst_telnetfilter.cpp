#include "server/dialects/telnetfilter.h"

#include <QTest>

using teahouse::server::TelnetFilter;

class TestTelnetFilter : public QObject
{
    Q_OBJECT

private slots:
    void strips_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("text") << QByteArray("say hi\r\n") << QByteArray("say hi\r\n");
        QTest::newRow("will") << QByteArray("a\xff\xfb\x01z") << QByteArray("az");
        QTest::newRow("dont") << QByteArray("a\xff\xfe\x03z") << QByteArray("az");
        QTest::newRow("command") << QByteArray("a\xff\xf1z") << QByteArray("az");
        QTest::newRow("subnegotiation")
                << QByteArray("a\xff\xfa\x18\x00xterm\xff\xf0z", 13) << QByteArray("az");
        QTest::newRow("IAC in it")
                << QByteArray("a\xff\xfa\x18\xff\xffx\xff\xf0z") << QByteArray("az");
        QTest::newRow("escaped IAC") << QByteArray("a\xff\xffz") << QByteArray("az");
        QTest::newRow("endless") << "a\xff\xfa" + QByteArray(1025, 'x') + "z" << QByteArray("az");
    }

    void strips()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        for (qsizetype split = 0; split <= bytes.size(); ++split) {
            TelnetFilter filter;
            QByteArray stripped = filter.strip(bytes.first(split));
            stripped += filter.strip(bytes.sliced(split));
            QCOMPARE(stripped, text);
        }
    }
};

QTEST_GUILESS_MAIN(TestTelnetFilter)
#include "tst_telnetfilter.moc"
