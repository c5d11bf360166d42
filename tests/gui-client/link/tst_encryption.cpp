#include "gui-client/link/serverlink.h"
#include "shared/limits.h"
#include "tests/gui-client/link/linkfixture.h"
#include "tests/support/fakeoriginal.h"
#include "tests/support/tlsfront.h"

#include <QNetworkInterface>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTest>

#include <memory>

using namespace std::chrono_literals;
using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::FakeServer;
using test::TlsFront;
using test::TlsIdentity;
using Kind = LinkFailure::Kind;
using State = ServerLink::State;
using Verdict = Judgement::Verdict;

/// How the client meets servers that encrypt, and those that do not.
class TestEncryption : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void asksNothingOnThisComputer();
    void asksAboutANewKey();
    void sendsNothingBeforeTheJudgement();
    void greetsAKnownServerEncrypted();
    void trustsAnAuthority_data();
    void trustsAnAuthority();
    void takesTheKeyOfALink();
    void refusesTheKeyOfAnother();
    void refusesAChangedKeyLater();
    void comesBackEncrypted();
    void triesAgainAfterAGreeting();
    void noticesMissingEncryption_data();
    void noticesMissingEncryption();
    void goesOnInPlainTextWhereTheHostIsThisOne();
    void asksBeforeItGoesOnInPlainText();
    void asksBeforeItSpeaksAnOriginal();
    void greetsARelayWithNoByte();
    void triesASilentServer();
    void usesTheCodeOfALink_data();
    void usesTheCodeOfALink();
    void sendsPasswords();
    void takesAFlood();

private:
    void open(const Acquaintance &known, const Credentials &as = {u"ann"_s},
              ChatProtocol protocol = ChatProtocol::Automatic);
    Acquaintance met(const TlsIdentity &identity) const;
    LinkFailure failure();
    std::optional<ServerAddress> moveAway();

    std::unique_ptr<TlsIdentity> m_identity;
    std::unique_ptr<TlsIdentity> m_other;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<TlsFront> m_front;
    std::unique_ptr<test::FakeAlarms> m_alarms;
    std::unique_ptr<ServerLink> m_link;
    std::unique_ptr<QSignalSpy> m_failed;
    QList<ServerTrust> m_secured;
};

void TestEncryption::initTestCase()
{
    m_identity = std::make_unique<TlsIdentity>(test::makeIdentity());
    m_other = std::make_unique<TlsIdentity>(test::makeIdentity());
}

void TestEncryption::init()
{
    m_server = std::make_unique<FakeServer>();
    m_server->setFeatures({u"tls"_s});
    m_front = std::make_unique<TlsFront>(m_server->port());
    m_front->setIdentity(*m_identity);
    m_alarms = std::make_unique<test::FakeAlarms>();
    m_link = std::make_unique<ServerLink>(test::fixedTools(*m_alarms));
    m_failed = std::make_unique<QSignalSpy>(m_link.get(), &ServerLink::failed);
    m_secured.clear();
    connect(m_link.get(), &ServerLink::secured, this,
            [this](const ServerTrust &trust) { m_secured.append(trust); });
}

void TestEncryption::cleanup()
{
    m_failed.reset();
    m_link.reset();
    m_front.reset();
    m_server.reset();
}

void TestEncryption::open(const Acquaintance &known, const Credentials &as, ChatProtocol protocol)
{
    m_link->open({m_front->host(), m_front->port()}, as, protocol, known);
}

Acquaintance TestEncryption::met(const TlsIdentity &identity) const
{
    return {.trust = ServerTrust{ServerTrust::By::Key, identity.fingerprint}};
}

LinkFailure TestEncryption::failure()
{
    if (m_failed->isEmpty())
        m_failed->wait();
    return m_failed->isEmpty() ? LinkFailure{.text = u"no failure"_s}
                               : m_failed->takeFirst().first().value<LinkFailure>();
}

void TestEncryption::asksNothingOnThisComputer()
{
    open({});
    QTRY_COMPARE(m_link->state(), State::Online);
    QVERIFY(m_link->isEncrypted());
    QCOMPARE(m_secured, (QList{ServerTrust{ServerTrust::By::Key, m_identity->fingerprint}}));
}

void TestEncryption::asksAboutANewKey()
{
    if (!m_front->moveAway())
        QSKIP("there is no network interface besides the loopback");
    open({});
    const LinkFailure told = failure();
    QCOMPARE(told.kind, Kind::UntrustedKey);
    QCOMPARE(told.judgement->verdict, Verdict::AskFirst);
    QCOMPARE(told.judgement->now.key, m_identity->fingerprint); // as openssl computes it
    QVERIFY(!told.judgement->now.isVouched);
    QCOMPARE(m_link->state(), State::Idle);
    // It was listened to, asked whether it encrypts, and then met.
    QCOMPARE(m_front->connections(), 2);
    QCOMPARE(m_front->handshakes(), 1);
    QVERIFY(m_front->plainBytes().endsWith("}\r\n"));
    QVERIFY(!m_front->plainBytes().contains("ann"));
    QVERIFY(m_server->take(u"login"_s).isEmpty());
}

void TestEncryption::sendsNothingBeforeTheJudgement()
{
    open(met(*m_other));
    const LinkFailure told = failure();
    QCOMPARE(told.kind, Kind::UntrustedKey);
    QCOMPARE(told.judgement->verdict, Verdict::Changed);
    QCOMPARE(told.judgement->before, m_other->fingerprint);
    QCOMPARE(told.judgement->now.key, m_identity->fingerprint);
    QTRY_VERIFY(m_front->isLeft());
    QCOMPARE(m_front->handshakes(), 1);
    QVERIFY(m_front->encryptedBytes().isEmpty());
    QVERIFY(m_front->plainBytes().isEmpty());
    QVERIFY(m_secured.isEmpty());
}

void TestEncryption::greetsAKnownServerEncrypted()
{
    open(met(*m_identity));
    QTRY_COMPARE(m_link->state(), State::Online);
    QVERIFY(m_link->isEncrypted());
    QVERIFY(m_link->isPasswordSafe());
    QCOMPARE(m_link->protocol(), ChatProtocol::Teahouse);
    QCOMPARE(m_front->connections(), 1);
    QVERIFY(m_front->plainBytes().isEmpty());
    QCOMPARE(m_secured.size(), 1);
    QCOMPARE(m_secured.first(), (ServerTrust{ServerTrust::By::Key, m_identity->fingerprint}));
}

void TestEncryption::trustsAnAuthority_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<bool>("trusted");
    QTest::newRow("for this host") << u"IP:127.0.0.1"_s << true;
    QTest::newRow("for another host") << u"DNS:example.org"_s << false;
}

void TestEncryption::trustsAnAuthority()
{
    QFETCH(QString, names);
    QFETCH(bool, trusted);
    const TlsIdentity identity = test::makeIdentity(names);
    m_front->setIdentity(identity);
    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration changed = before;
    changed.setCaCertificates({identity.certificate});
    QSslConfiguration::setDefaultConfiguration(changed);
    const auto restore = qScopeGuard([&] { QSslConfiguration::setDefaultConfiguration(before); });
    open({});
    if (trusted) {
        QTRY_COMPARE(m_link->state(), State::Online);
        QCOMPARE(m_secured.last(), (ServerTrust{ServerTrust::By::Authority, identity.fingerprint}));
    } else {
        // It is taken for this computer's own, and by its key only.
        QTRY_COMPARE(m_link->state(), State::Online);
        QCOMPARE(m_secured.last(), (ServerTrust{ServerTrust::By::Key, identity.fingerprint}));
    }
}

void TestEncryption::takesTheKeyOfALink()
{
    open({.pinned = m_identity->fingerprint});
    QTRY_COMPARE(m_link->state(), State::Online);
    QCOMPARE(m_front->connections(), 1);
    QVERIFY(m_front->plainBytes().isEmpty());
}

void TestEncryption::refusesTheKeyOfAnother()
{
    open({.pinned = m_other->fingerprint});
    QCOMPARE(failure().judgement->verdict, Verdict::LinkDiffers);
    QTRY_VERIFY(m_front->isLeft());
    QVERIFY(m_front->encryptedBytes().isEmpty());
}

void TestEncryption::refusesAChangedKeyLater()
{
    open(met(*m_identity));
    QTRY_COMPARE(m_link->state(), State::Online);
    m_front->setIdentity(*m_other);
    const QByteArray before = m_front->encryptedBytes();
    m_front->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_alarms->advance(5s);
    const LinkFailure told = failure(); // the session is over
    QCOMPARE(told.kind, Kind::UntrustedKey);
    QCOMPARE(told.judgement->verdict, Verdict::Changed);
    QCOMPARE(m_link->state(), State::Idle);
    QTRY_VERIFY(m_front->isLeft());
    QCOMPARE(m_front->handshakes(), 2);
    QCOMPARE(m_front->encryptedBytes(), before);
}

void TestEncryption::comesBackEncrypted()
{
    open({.pinned = m_identity->fingerprint});
    QTRY_COMPARE(m_link->state(), State::Online);
    m_front->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_alarms->advance(5s);
    QTRY_COMPARE(m_link->state(), State::Online);
    QVERIFY(m_link->isEncrypted());
    QCOMPARE(m_front->handshakes(), 2);
    QVERIFY(m_front->plainBytes().isEmpty());
}

void TestEncryption::triesAgainAfterAGreeting()
{
    m_front->greetFirst(2);
    open(met(*m_identity));
    QTRY_COMPARE(m_link->state(), State::Online);
    QCOMPARE(m_front->connections(), 3);
    QCOMPARE(m_front->handshakes(), 1);
    QVERIFY(!m_front->plainBytes().contains("hello"));
}

void TestEncryption::noticesMissingEncryption_data()
{
    QTest::addColumn<Acquaintance>("known");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("connections");
    QTest::newRow("known") << met(*m_identity) << Kind::NotEncrypted << 3;
    QTest::newRow("known by an authority")
            << Acquaintance{.trust = ServerTrust{ServerTrust::By::Authority,
                                                 m_identity->fingerprint}}
            << Kind::NotEncrypted << 3;
    QTest::newRow("by a link") << Acquaintance{.pinned = m_identity->fingerprint}
                               << Kind::NotEncrypted << 3;
    QTest::newRow("although it was once agreed to plain text")
            << Acquaintance{.trust = met(*m_identity).trust, .mayBePlain = true}
            << Kind::NotEncrypted << 3;
    QTest::newRow("announced") << Acquaintance{} << Kind::Stripped << 4;
    QTest::newRow("tried") << Acquaintance{.tryEncrypted = true} << Kind::NoHandshake << 3;
}

void TestEncryption::noticesMissingEncryption()
{
    QFETCH(Acquaintance, known);
    QFETCH(Kind, kind);
    QFETCH(int, connections);
    m_front->strip();
    Credentials ann(u"ann"_s);
    ann.overPlainText = true;
    ann.password = u"secret"_s;
    open(known, ann);
    QCOMPARE(failure().kind, kind);
    QCOMPARE(m_front->connections(), connections);
    QVERIFY(!m_front->plainBytes().contains("ann"));
    QVERIFY(!m_front->plainBytes().contains("secret"));
    m_alarms->advance(10min);
    QCOMPARE(m_link->state(), State::Idle);
}

void TestEncryption::goesOnInPlainTextWhereTheHostIsThisOne()
{
    m_server->setFeatures({});
    open({});
    QTRY_COMPARE(m_link->state(), State::Online);
    QVERIFY(!m_link->isEncrypted());
    QCOMPARE(m_front->handshakes(), 0);
    QVERIFY(m_secured.isEmpty());
}

/// The FakeServer at another address of this computer, which stands for another computer.
std::optional<ServerAddress> TestEncryption::moveAway()
{
    const QList<QHostAddress> addresses = QNetworkInterface::allAddresses();
    for (const QHostAddress &address : addresses) {
        if (address.protocol() != QAbstractSocket::IPv4Protocol || address.isLoopback())
            continue;
        m_server->moveTo(address);
        return ServerAddress{address.toString(), m_server->port()};
    }
    return std::nullopt;
}

void TestEncryption::asksBeforeItGoesOnInPlainText()
{
    m_server->setFeatures({});
    const std::optional<ServerAddress> address = moveAway();
    if (!address)
        QSKIP("there is no network interface besides the loopback");
    m_link->open(*address, u"ann"_s, ChatProtocol::Automatic);
    QCOMPARE(failure().kind, Kind::WouldBePlain);
    QVERIFY(m_server->take(u"login"_s).isEmpty());
    m_link->open(*address, u"ann"_s, ChatProtocol::Automatic, {.mayBePlain = true});
    QTRY_COMPARE(m_link->state(), State::Online);
    QVERIFY(!m_link->isPasswordSafe());
    m_server->setFeatures({u"tls"_s}); // and no question in the middle of a session
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_alarms->advance(5s);
    QTRY_COMPARE(m_link->state(), State::Online);
}

void TestEncryption::asksBeforeItSpeaksAnOriginal()
{
    const std::optional<ServerAddress> address = moveAway();
    if (!address)
        QSKIP("there is no network interface besides the loopback");
    m_server->setGreeting("Connect Success\n");
    for (const auto protocol : {ChatProtocol::Automatic, ChatProtocol::Wx, ChatProtocol::Relay}) {
        m_link->open(*address, u"ann"_s, protocol);
        QCOMPARE(failure().kind, Kind::WouldBePlain);
    }
}

void TestEncryption::greetsARelayWithNoByte()
{
    test::FakeOriginal relay(ChatProtocol::Relay);
    m_link->open({u"127.0.0.1"_s, relay.port()}, u"ann"_s, ChatProtocol::Automatic);
    QTRY_COMPARE(m_link->state(), State::LoggingIn);
    m_alarms->advance(1s);
    QCOMPARE(failure().kind, Kind::Silent);
    QVERIFY(relay.received().isEmpty());
    m_link->open({u"127.0.0.1"_s, relay.port()}, {}, ChatProtocol::Relay);
    QTRY_COMPARE(m_link->state(), State::Online);
    QVERIFY(relay.received().isEmpty());
}

void TestEncryption::triesASilentServer()
{
    if (!m_front->moveAway())
        QSKIP("there is no network interface besides the loopback");
    open({.tryEncrypted = true});
    const LinkFailure told = failure();
    QCOMPARE(told.kind, Kind::UntrustedKey);
    QCOMPARE(told.judgement->verdict, Verdict::AskFirst);
    QCOMPARE(m_front->connections(), 1);
    QVERIFY(m_front->plainBytes().isEmpty());
}

void TestEncryption::usesTheCodeOfALink_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("isNew");
    QTest::addColumn<QString>("verb");
    QTest::addColumn<bool>("isSent");
    QTest::newRow("a guest") << QString() << false << u"login"_s << true;
    QTest::newRow("an account") << u"secret"_s << false << u"login"_s << false;
    QTest::newRow("a new account") << u"secret"_s << true << u"register"_s << true;
}

void TestEncryption::usesTheCodeOfALink()
{
    QFETCH(QString, password);
    QFETCH(bool, isNew);
    QFETCH(QString, verb);
    QFETCH(bool, isSent);
    Credentials ann(u"ann"_s);
    ann.password = password;
    ann.isNew = isNew;
    ann.invite = u"ABC-123"_s;
    open(met(*m_identity), ann);
    QTRY_COMPARE(m_link->state(), State::Online);
    const QList<Request> sent = m_server->take(verb);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent.first().fields.text("invite"_L1), isSent ? u"ABC-123"_s : QString());
}

void TestEncryption::sendsPasswords()
{
    Credentials ann(u"ann"_s);
    ann.password = u"a long secret"_s;
    open(met(*m_identity), ann);
    QTRY_COMPARE(m_link->state(), State::Online);
    QCOMPARE(m_server->take(u"login"_s).first().fields.text("password"_L1), ann.password);
    QVERIFY(m_front->encryptedBytes().contains("a long secret"));
}

/// More than the socket keeps at once.
void TestEncryption::takesAFlood()
{
    open(met(*m_identity));
    QTRY_COMPARE(m_link->state(), State::Online);
    QSignalSpy events(m_link.get(), &ServerLink::eventReceived);
    const QString text(4000, u'茶');
    const int many = static_cast<int>(limits::reply / text.size());
    for (int i = 0; i < many; ++i)
        m_server->say(u"bob"_s, text);
    QTRY_COMPARE(events.size(), many);
    QCOMPARE(m_link->state(), State::Online);
}

QTEST_MAIN(TestEncryption)
#include "tst_encryption.moc"
