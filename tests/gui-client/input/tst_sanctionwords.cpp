#include "gui-client/input/sanctionwords.h"

#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestSanctionWords : public QObject
{
    Q_OBJECT

private slots:
    void understands_data();
    void understands();
};

void TestSanctionWords::understands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("server");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<QString>("reason");
    const auto row = [](const QString &text, bool server, qint64 length, const QString &reason) {
        QTest::newRow(qPrintable(text)) << text << server << length << reason;
    };
    row({}, false, 0, {});
    row(u"10m"_s, false, 600'000, {});
    row(u"2h spam and more"_s, false, 7'200'000, u"spam and more"_s);
    row(u"3D"_s, false, 3 * 86'400'000LL, {});
    row(u"1w  noise"_s, false, 604'800'000, u"noise"_s);
    row(u"30s"_s, false, 30'000, {});
    row(u"forever he knows why"_s, false, 0, u"he knows why"_s);
    row(u"server"_s, true, 0, {});
    row(u"server 10m spam"_s, true, 600'000, u"spam"_s);
    row(u"10 times is too much"_s, false, 0, u"10 times is too much"_s);
    row(u"0m no time"_s, false, 0, u"0m no time"_s);
    row(u"999999h"_s, false, 0, u"999999h"_s);
    row(u"spam server"_s, false, 0, u"spam server"_s);
}

void TestSanctionWords::understands()
{
    QFETCH(QString, text);
    const SanctionWords words = parseSanction(text);
    QTEST(words.isForServer, "server");
    QTEST(words.length, "length");
    QTEST(words.reason, "reason");
}

QTEST_GUILESS_MAIN(TestSanctionWords)
#include "tst_sanctionwords.moc"
