#include "server/dialects/lineends.h"

#include <QTest>

using teahouse::server::LineEnds;

class TestLineEnds : public QObject
{
    Q_OBJECT

private slots:
    void unifies_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("LF") << QByteArray("a\nz\n") << QByteArray("a\nz\n");
        QTest::newRow("CR LF") << QByteArray("a\r\nz\r\n") << QByteArray("a\r\nz\r\n");
        QTest::newRow("CR") << QByteArray("a\rz\r") << QByteArray("a\r\nz\r\n");
        QTest::newRow("CR CR LF") << QByteArray("a\r\r\nz") << QByteArray("a\r\n\r\nz");
        QTest::newRow("LF LF") << QByteArray("a\n\nz") << QByteArray("a\n\nz");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }

    void unifies()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, lines);
        for (qsizetype split = 0; split <= bytes.size(); ++split) {
            LineEnds ends;
            QByteArray unified = ends.unified(bytes.first(split));
            unified += ends.unified(bytes.sliced(split));
            QCOMPARE(unified, lines);
        }
    }
};

QTEST_GUILESS_MAIN(TestLineEnds)
#include "tst_lineends.moc"
