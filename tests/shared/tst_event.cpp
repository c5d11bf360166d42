#include "shared/event.h"

#include <QTest>

namespace teahouse {

using namespace Qt::StringLiterals;

class TestEvent : public QObject
{
    Q_OBJECT

private slots:
    void everyClosingCodeHasItsRow_data();
    void everyClosingCodeHasItsRow();
    void unknownNames();
};

void TestEvent::everyClosingCodeHasItsRow_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("reconnect");
    const auto row = [](ClosingCode code, const char *name, bool reconnect) {
        QTest::newRow(name) << static_cast<int>(code) << QString::fromLatin1(name) << reconnect;
    };
    row(ClosingCode::Kicked, "kicked", false);
    row(ClosingCode::Banned, "banned", false);
    row(ClosingCode::Replaced, "replaced", false);
    row(ClosingCode::Timeout, "timeout", true);
    row(ClosingCode::SlowReader, "slow-reader", true);
    row(ClosingCode::TooLong, "too-long", false);
    row(ClosingCode::Shutdown, "shutdown", true);
    row(ClosingCode::PasswordChanged, "password-changed", false);
    row(ClosingCode::ServerFull, "server-full", true);
    row(ClosingCode::ProtocolMismatch, "protocol-mismatch", false);
}

void TestEvent::everyClosingCodeHasItsRow()
{
    QFETCH(const int, number);
    QFETCH(const QString, name);
    const auto code = static_cast<ClosingCode>(number);
    QCOMPARE(QString(closingName(code)), name);
    QCOMPARE(closingCode(name), std::optional(code));
    QTEST(mayReconnect(code), "reconnect");
    QVERIFY(closingSentence(code).endsWith(u'.'));
}

void TestEvent::unknownNames()
{
    QVERIFY(!closingCode(u""));
    QVERIFY(!closingCode(u"Kicked"));
}

} // namespace teahouse

QTEST_APPLESS_MAIN(teahouse::TestEvent)
#include "tst_event.moc"
