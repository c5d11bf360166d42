#include "server/app/log.h"

#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestLog : public QObject
{
    Q_OBJECT

private slots:
    void printableText_data();
    void printableText();
};

void TestLog::printableText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"17 left: timeout"_s << u"17 left: timeout"_s;
    QTest::newRow("Chinese") << u"茶馆"_s << u"茶馆"_s;
    QTest::newRow("plane 1") << u"🫖"_s << u"🫖"_s;
    QTest::newRow("escape") << u"\x1b[2J"_s << u"?[2J"_s;
    QTest::newRow("line ends") << u"a\r\nb"_s << u"a??b"_s;
    QTest::newRow("line separator") << u"a\u2028b"_s << u"a?b"_s;
    QTest::newRow("C1") << QString(QChar(0x9B)) + u"1m"_s << u"?1m"_s;
    QTest::newRow("right-to-left override") << u"a\u202Eb"_s << u"a?b"_s;
    QTest::newRow("lone surrogate") << QString(QChar(0xD83D)) + u'a' << u"\uFFFDa"_s;
}

void TestLog::printableText()
{
    QFETCH(const QString, text);
    QTEST(printable(text), "shown");
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestLog)
#include "tst_log.moc"
