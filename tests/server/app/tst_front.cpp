#include "server/app/server.h"

#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

enum class Cover { Plain, Tls };

/// Somebody at a port of a server.
class Visitor
{
public:
    Visitor(quint16 port, Cover cover, const QByteArray &first = {})
    {
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        if (cover == Cover::Tls)
            m_socket.connectToHostEncrypted(u"127.0.0.1"_s, port);
        else
            m_socket.connectToHost(u"127.0.0.1"_s, port);
        say(first);
    }

    void say(const QByteArray &bytes) { m_socket.write(bytes); }
    const QByteArray &heard() { return m_heard += m_socket.readAll(); }
    bool hasHeard(const QByteArray &text) { return heard().contains(text); }
    bool isGone() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    QSslSocket &socket() { return m_socket; }

private:
    QSslSocket m_socket;
    QByteArray m_heard;
};

/// A server with one door.
struct OpenHouse
{
    explicit OpenHouse(const QString &dialect, int patience = 5'000)
        : server(
                [patience] {
                    Settings settings;
                    settings.frontPatience = patience;
                    return settings;
                }(),
                {u"1"_s})
    {
        if (const auto failure = server.start({{dialect, u"127.0.0.1"_s, 0}}))
            qFatal("%ls", qUtf16Printable(failure->text));
    }
    quint16 port() const { return server.listening().first().port; }

    Server server;
};

} // namespace

/// What comes in at one port, told apart by its first bytes.
class TestFront : public QObject
{
    Q_OBJECT

private slots:
    void allInOneRoom();
    void silentOnes();
    void afterTheGreeting_data();
    void afterTheGreeting();
    void irc();
    void featureTls_data();
    void featureTls();
    void everyDoorWithTls_data();
    void everyDoorWithTls();
    void plainDoorsHaveNoTls();
    void muchOverTls();
    void anotherCertificate();
};

void TestFront::allInOneRoom()
{
    OpenHouse house(u"front"_s);
    QVERIFY(house.server.identity());
    Visitor tea(house.port(), Cover::Plain, "login ann\r\n");
    QTRY_COMPARE(tea.heard(), QByteArray("Welcome to Teahouse\r\n"));
    Visitor native(house.port(), Cover::Plain, "{\"do\":\"login\",\"name\":\"bob\"}\n");
    QTRY_VERIFY(native.hasHeard("\"bob\""));
    QVERIFY(native.heard().startsWith('{')); // and was not greeted
    Visitor sealed(house.port(), Cover::Tls, "login cat\r\n");
    QTRY_VERIFY(sealed.hasHeard("Welcome to Teahouse\r\n"));
    Visitor sealedNative(house.port(), Cover::Tls, "{\"do\":\"login\",\"name\":\"dan\"}\n");
    QTRY_VERIFY(sealedNative.hasHeard("\"dan\""));
    QVERIFY(sealedNative.heard().startsWith('{'));
    tea.say("say hi\r\n");
    QTRY_VERIFY(tea.hasHeard("ann: hi\r\n") && sealed.hasHeard("ann: hi\r\n"));
    QTRY_VERIFY(native.hasHeard("\"text\":\"hi\"") && sealedNative.hasHeard("\"text\":\"hi\""));
    sealed.say("say and back\r\n");
    QTRY_VERIFY(tea.hasHeard("cat: and back\r\n") && native.hasHeard("\"text\":\"and back\""));
    sealed.say("logout\r\n");
    QTRY_VERIFY(sealed.isGone());
    QCOMPARE(sealed.socket().error(), QAbstractSocket::RemoteHostClosedError);
    QTRY_VERIFY(tea.hasHeard("cat has left the room.\r\n"));
}

void TestFront::silentOnes()
{
    OpenHouse house(u"front"_s, 50);
    Visitor plain(house.port(), Cover::Plain);
    Visitor sealed(house.port(), Cover::Tls);
    QTRY_COMPARE(plain.heard(), QByteArray("Welcome to Teahouse\r\n"));
    QTRY_COMPARE(sealed.heard(), QByteArray("Welcome to Teahouse\r\n"));
    plain.say("login ann\r\nsay hi\r\n");
    QTRY_VERIFY(plain.hasHeard("ann: hi\r\n"));
}

void TestFront::afterTheGreeting_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("native") << QByteArray("{\"do\":\"hello\"}\n") << QByteArray("{\"epoch\":");
    QTest::newRow("IRC") << QByteArray("nick ann\r\n") << QByteArray("ERROR :");
    QTest::newRow("tea like IRC") << QByteArray("nicks\r\n") << QByteArray("Please log in");
    QTest::newRow("tea") << QByteArray("login ann\r\nlook\r\n") << QByteArray("The following");
}

/// Somebody who took long may still say what it is.
void TestFront::afterTheGreeting()
{
    QFETCH(const QByteArray, first);
    QFETCH(const QByteArray, answer);
    OpenHouse house(u"front"_s, 50);
    Visitor visitor(house.port(), Cover::Plain);
    QTRY_COMPARE(visitor.heard(), QByteArray("Welcome to Teahouse\r\n"));
    for (const char byte : first) {
        visitor.say(QByteArray(1, byte));
        visitor.socket().flush();
    }
    QTRY_VERIFY2(visitor.heard().startsWith("Welcome to Teahouse\r\n" + answer),
                 visitor.heard().constData());
}

void TestFront::irc()
{
    OpenHouse house(u"front"_s);
    Visitor visitor(house.port(), Cover::Plain, "CAP LS 302\r\nNICK ann\r\n");
    QTRY_VERIFY(visitor.isGone());
    QVERIFY(visitor.heard().startsWith("ERROR :"));
    QCOMPARE(visitor.heard().count('\n'), 1);
}

void TestFront::featureTls_data()
{
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<Cover>("cover");
    QTest::addColumn<bool>("told");
    QTest::newRow("front, plain") << u"front"_s << Cover::Plain << true;
    QTest::newRow("front, encrypted") << u"front"_s << Cover::Tls << false;
    QTest::newRow("tea") << u"tea"_s << Cover::Plain << false;
    QTest::newRow("tea+tls") << u"tea+tls"_s << Cover::Tls << false;
}

void TestFront::featureTls()
{
    QFETCH(const QString, dialect);
    QFETCH(const Cover, cover);
    QFETCH(const bool, told);
    OpenHouse house(dialect);
    Visitor visitor(house.port(), cover, "{\"do\":\"hello\"}\n");
    QTRY_VERIFY(visitor.hasHeard("\"features\""));
    QCOMPARE(visitor.hasHeard("\"tls\""), told);
}

void TestFront::everyDoorWithTls_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *door, const QByteArray &first, const QByteArray &answer) {
        QTest::newRow(door) << first << answer;
    };
    row("front", "login ann\r\nsay hi\r\n", "ann: hi\r\n");
    row("tea", "login ann\r\nsay hi\r\n", "ann: hi\r\n");
    row("wx", "login ann\nsay hi\n", "ann: hi\n");
    row("line", "hi\n", "hi\r\n");
    row("nul", QByteArray("hi\0", 3), "): hi");
    row("echo", QByteArray("hi\0", 3), "hi");
    row("echo-addr", QByteArray("hi\0", 3), "): hi");
    row("guest", "hi\r\n", "You're connected");
}

void TestFront::everyDoorWithTls()
{
    QFETCH(const QByteArray, first);
    QFETCH(const QByteArray, answer);
    OpenHouse house(QString::fromLatin1(QTest::currentDataTag()) + u"+tls"_s);
    Visitor visitor(house.port(), Cover::Tls, first);
    QTRY_VERIFY2(visitor.hasHeard(answer), visitor.heard().constData());
    Visitor plain(house.port(), Cover::Plain, first.repeated(4)); // longer than a record's head
    QTRY_VERIFY(plain.isGone());
    QVERIFY(!plain.hasHeard(answer)); // an alert, which nobody can read
}

/// They stay what they are.
void TestFront::plainDoorsHaveNoTls()
{
    OpenHouse house(u"tea"_s);
    QVERIFY(!house.server.identity());
    Visitor sealed(house.port(), Cover::Tls);
    QTRY_VERIFY(sealed.isGone());
    QVERIFY(!sealed.socket().isEncrypted());
    Visitor irc(house.port(), Cover::Plain, "NICK ann\r\n");
    QTRY_VERIFY(irc.hasHeard("Please log in"));
}

/// More than fits into records and sockets at once, in both directions.
void TestFront::muchOverTls()
{
    OpenHouse house(u"line+tls"_s);
    Visitor speaker(house.port(), Cover::Tls);
    Visitor listener(house.port(), Cover::Tls);
    QTRY_COMPARE(house.server.connections(), 2);
    QByteArray expected;
    for (int i = 0; i < 20; ++i) {
        const QByteArray line = QByteArray::number(i) + QByteArray(3'900, 'x') + "\r\n";
        speaker.say(line);
        expected += line;
    }
    QTRY_VERIFY(listener.heard().endsWith(expected));
    QTRY_VERIFY(speaker.heard().endsWith(expected));
}

/// Who is there stays there; who comes sees the new one.
void TestFront::anotherCertificate()
{
    OpenHouse house(u"front"_s);
    Visitor before(house.port(), Cover::Tls, "login ann\r\n");
    QTRY_VERIFY(before.hasHeard("Welcome"));
    const auto other = TlsIdentity::load({}, 1'800'000'000'000);
    QCOMPARE(house.server.setIdentity(std::get<TlsIdentity>(other)), std::nullopt);
    Visitor after(house.port(), Cover::Tls, "login bob\r\n");
    QTRY_VERIFY(after.hasHeard("Welcome"));
    QVERIFY(after.socket().peerCertificate() != before.socket().peerCertificate());
    QCOMPARE(QString::fromLatin1(
                     after.socket().peerCertificate().digest(QCryptographicHash::Sha256).toHex()),
             house.server.identity()->certificateSha256());
    before.say("say still here\r\n");
    QTRY_VERIFY(after.hasHeard("ann: still here\r\n"));
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestFront)
#include "tst_front.moc"
