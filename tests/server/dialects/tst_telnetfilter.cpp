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
        QTest::newRow("escaped IAC") << QByteArray("a\xff\xffz") << QByteArray("a\xffz");
        QTest::newRow("long subnegotiation")
                << "a\xff\xfa" + QByteArray(5000, 'x') + "\xff\xf0z" << QByteArray("az");
        QTest::newRow("line in a subnegotiation")
                << QByteArray("a\xff\xfa\x18\r\0\n\xff\xf0z", 10) << QByteArray("az");
        QTest::newRow("erased character") << QByteArray("ab\xff\xf7z") << QByteArray("ab\x7fz");
        QTest::newRow("erased line") << QByteArray("ab\xff\xf8z") << QByteArray("ab\x15z");
        for (const char command : {'\xf1', '\xf2', '\xf3', '\xf4', '\xf5', '\xf6', '\xf9', '\xf0'})
            QTest::addRow("command %x", static_cast<unsigned char>(command))
                    << QByteArray("a\xff") + command + 'z' << QByteArray("az");
        QTest::newRow("command by urgent data") << QByteArray("a\xffz") << QByteArray("az");
        QTest::newRow("no command") << QByteArray("a\xff\nz") << QByteArray("a\xff\nz");
        QTest::newRow("no option") << QByteArray("a\xff\xfe\r\nz") << QByteArray("a\xff\xfe\r\nz");
        QTest::newRow("CR NUL") << QByteArray("a\r\0z", 4) << QByteArray("a\r\nz");
        QTest::newRow("CR LF") << QByteArray("a\r\nz") << QByteArray("a\r\nz");
        QTest::newRow("CR, CR NUL") << QByteArray("a\r\r\0z", 5) << QByteArray("a\r\r\nz");
        QTest::newRow("CR, command") << QByteArray("a\r\xff\xf1\0z", 6) << QByteArray("a\r\0z", 4);
        QTest::newRow("NUL") << QByteArray("a\0z", 3) << QByteArray("a\0z", 3);
    }

    void noticesWhenATimingMarkIsAskedFor()
    {
        TelnetFilter filter;
        filter.strip("a\xff\xfb\x06\xff\xfd\x01\xff\xfe\x06z");
        QVERIFY(!filter.takeTimingMark());
        filter.strip("\xff\xfd");
        QVERIFY(!filter.takeTimingMark());
        filter.strip("\x06z");
        QVERIFY(filter.takeTimingMark());
        QVERIFY(!filter.takeTimingMark());
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
