#include "server/app/listenspec.h"
#include "server/dialects/dialectregistry.h"

#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestListenSpec : public QObject
{
    Q_OBJECT

private slots:
    void understood_data();
    void understood();
    void everyDialect();
    void refused_data();
    void refused();
};

void TestListenSpec::understood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<ListenSpec>("spec");
    QTest::addColumn<QString>("printed");
    QTest::newRow("IPv4") << u"tea:127.0.0.1:5005"_s << ListenSpec{u"tea"_s, u"127.0.0.1"_s, 5005}
                          << u"127.0.0.1"_s;
    QTest::newRow("all addresses") << u"tea::5005"_s << ListenSpec{u"tea"_s, {}, 5005} << u"*"_s;
    QTest::newRow("IPv6") << u"wx:[::1]:6666"_s << ListenSpec{u"wx"_s, u"::1"_s, 6666}
                          << u"[::1]"_s;
    QTest::newRow("name") << u"tea:localhost:0"_s << ListenSpec{u"tea"_s, u"localhost"_s, 0}
                          << u"localhost"_s;
    QTest::newRow("least port") << u"tea::0"_s << ListenSpec{u"tea"_s, {}, 0} << u"*"_s;
    QTest::newRow("largest port") << u"tea::65535"_s << ListenSpec{u"tea"_s, {}, 65535} << u"*"_s;
}

void TestListenSpec::understood()
{
    QFETCH(const QString, text);
    QFETCH(const ListenSpec, spec);
    const auto parsed = parseListenSpec(text);
    QVERIFY(std::holds_alternative<ListenSpec>(parsed));
    QCOMPARE(std::get<ListenSpec>(parsed), spec);
    QTEST(printedHost(spec.host), "printed");
}

void TestListenSpec::everyDialect()
{
    for (const QString &name : DialectRegistry::names()) {
        const auto plain = parseListenSpec(name + u"::0"_s);
        QVERIFY(std::holds_alternative<ListenSpec>(plain));
        QCOMPARE(std::get<ListenSpec>(plain).spoken(), name);
        QVERIFY(!std::get<ListenSpec>(plain).isEncrypted());
        QCOMPARE(std::get<ListenSpec>(plain).takesTls(), name == "front"_L1);
        const auto encrypted = parseListenSpec(name + u"+tls::0"_s);
        QVERIFY(std::holds_alternative<ListenSpec>(encrypted));
        QCOMPARE(std::get<ListenSpec>(encrypted).spoken(), name);
        QVERIFY(std::get<ListenSpec>(encrypted).isEncrypted());
        QVERIFY(std::get<ListenSpec>(encrypted).takesTls());
    }
}

void TestListenSpec::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("word");
    QTest::newRow("empty") << u""_s << u"DIALECT:HOST:PORT"_s;
    QTest::newRow("only a dialect") << u"tea"_s << u"DIALECT:HOST:PORT"_s;
    QTest::newRow("no host") << u"tea:5005"_s << u"front::5005"_s;
    QTest::newRow("unknown dialect") << u"chai::5005"_s << u"the dialects are front, tea, wx"_s;
    QTest::newRow("no dialect") << u"::5005"_s << u"the dialects are"_s;
    QTest::newRow("native has no door") << u"native::5005"_s << u"the dialects are"_s;
    QTest::newRow("TLS alone") << u"+tls::5006"_s << u"the dialects are"_s;
    QTest::newRow("TLS twice") << u"tea+tls+tls::5006"_s << u"the dialects are"_s;
    QTest::newRow("TLS of an unknown one") << u"chai+tls::5006"_s << u"also with \"+tls\""_s;
    QTest::newRow("IRC has no door yet") << u"irc::6667"_s << u"the dialects are"_s;
    QTest::newRow("no port") << u"tea::"_s << u"from 0 to 65535"_s;
    QTest::newRow("port -1") << u"tea::-1"_s << u"from 0 to 65535"_s;
    QTest::newRow("port 65536") << u"tea::65536"_s << u"from 0 to 65535"_s;
    QTest::newRow("port in words") << u"tea::http"_s << u"from 0 to 65535"_s;
    QTest::newRow("bare IPv6") << u"tea:::1:5005"_s << u"brackets"_s;
    QTest::newRow("IPv4 in brackets") << u"tea:[127.0.0.1]:5005"_s << u"brackets"_s;
    QTest::newRow("open bracket") << u"tea:[::1:5005"_s << u"brackets"_s;
    QTest::newRow("blank in the host") << u"tea:a b:5005"_s << u"a host is"_s;
}

void TestListenSpec::refused()
{
    QFETCH(const QString, text);
    QFETCH(const QString, word);
    const auto parsed = parseListenSpec(text);
    QVERIFY(std::holds_alternative<UsageError>(parsed));
    const QString problem = std::get<UsageError>(parsed).text;
    QVERIFY2(problem.contains(u'"' + text + u'"') && problem.contains(word), qPrintable(problem));
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestListenSpec)
#include "tst_listenspec.moc"
