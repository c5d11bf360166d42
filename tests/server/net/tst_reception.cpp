#include "server/app/selfsigned.h"
#include "tests/server/net/doorstep.h"
#include "tests/server/net/tlscaller.h"

namespace teahouse::server {

using namespace std::chrono_literals;

using Spoken = Recognition::Speech;

namespace {

/// A Gate with one door where people are received, and those who call there.
struct Front
{
    explicit Front(Door::Tls tls, Door::Speech speech = Door::Speech::Told,
                   const GateSettings &settings = {})
    {
        const QByteArray key = makeKey();
        if (context.use({makeCertificate(key, rig.clock.utc()), key}))
            qFatal("the context takes no pair");
        gate = std::make_unique<Gate>(
                Gate::Base{rig.poller, rig.deadlines, rig.house, rig.dispatcher, &context},
                settings);
        const auto make = [this](Spoken asked, const Peer &) -> std::unique_ptr<Dialect> {
            asks.append(asked);
            if (asked == Spoken::Http)
                return nullptr;
            return std::make_unique<TestDialect>();
        };
        port = gate->listen(QStringLiteral("127.0.0.1"), 0, Door{make, tls, speech}).serverPort();
    }

    Caller &call() { return *callers.emplace_back(std::make_unique<Caller>(port)); }
    void advance(std::chrono::milliseconds time)
    {
        rig.advance(time);
        Doorstep::settle();
    }
    /// What was recognised, besides what each caller is asked for at the accept.
    QList<Spoken> recognised() const
    {
        QList<Spoken> all = asks;
        all.removeAll(Spoken::Tea);
        return all;
    }
    quint64 ended(const char *reason) const
    {
        return gate->ended().value(QLatin1StringView(reason));
    }

    Rig rig;
    TlsContext context{rig.clock};
    std::unique_ptr<Gate> gate;
    quint16 port = 0;
    QList<Spoken> asks;
    std::vector<std::unique_ptr<Caller>> callers;
};

/// Somebody who speaks TLS at a door.
struct TlsVisitor
{
    explicit TlsVisitor(Caller &at) : wire(at) { }

    void pump()
    {
        wire.say(caller.take());
        Doorstep::settle();
        caller.give(wire.heard());
        wire.forget();
    }
    bool shakeHands()
    {
        bool isDone = false;
        for (int i = 0; i < 5; ++i) {
            isDone = caller.shakeHands();
            pump();
        }
        return isDone;
    }
    QByteArray hear()
    {
        pump();
        return caller.hear();
    }

    Caller &wire;
    TlsCaller caller;
};

} // namespace

class TestReception : public QObject
{
    Q_OBJECT

private slots:
    void silentOneIsGreeted();
    void firstBytesDecideAtOnce_data();
    void firstBytesDecideAtOnce();
    void unfinishedOnesAreGreeted();
    void lastLookBeforeTheGreeting();
    void halfCloseEndsThePatience();
    void notSpoken();
    void tlsAndThenWhatIsInside();
    void silentInsideTls();
    void encryptedDoor();
    void plainTextAtAnEncryptedDoor();
    void handshakeDeadline();
    void loginDeadlineRunsFromTheAccept();
    void refusals();
    void handshakesGiveWay();
    void leavingAtEachStage();
    void stopping();
    void restOfARecord();
};

void TestReception::silentOneIsGreeted()
{
    Front front(Door::Tls::Offered);
    Caller &caller = front.call();
    Doorstep::settle();
    QCOMPARE(front.gate->strangers(), 1); // from the accept on
    front.advance(limits::frontPatience - 1ms);
    QVERIFY(caller.heard().isEmpty());
    front.advance(1ms);
    QCOMPARE(caller.heard(), QByteArray("hello\n"));
    QCOMPARE(front.gate->strangers(), 1);
    QCOMPARE(front.gate->connections(), 1);
}

void TestReception::firstBytesDecideAtOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<Spoken>>("recognised");
    QTest::newRow("tea") << QByteArray("login ann\n") << QList<Spoken>{};
    QTest::newRow("native") << QByteArray("{\n") << QList{Spoken::Native};
    QTest::newRow("IRC") << QByteArray("NICK ann\n") << QList{Spoken::Irc};
}

/// The greeting goes out, and then what was read counts; the clock stands still.
void TestReception::firstBytesDecideAtOnce()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QList<Spoken>, recognised);
    for (qsizetype split = 0; split <= bytes.size(); ++split) {
        Front front(Door::Tls::Offered);
        Caller &caller = front.call();
        caller.say(bytes.first(split));
        Doorstep::settle();
        caller.say(bytes.sliced(split));
        Doorstep::settle();
        QCOMPARE(front.recognised(), recognised);
        QVERIFY2(caller.heard().startsWith("hello\n"), caller.heard().constData());
        if (recognised.isEmpty()) // and it was carried out
            QTRY_COMPARE(front.gate->strangers(), 0);
    }
}

void TestReception::unfinishedOnesAreGreeted()
{
    Front front(Door::Tls::Offered);
    Caller &caller = front.call();
    caller.say("GE");
    Doorstep::settle();
    QVERIFY(caller.heard().isEmpty());
    front.advance(limits::frontPatience);
    QCOMPARE(caller.heard(), QByteArray("hello\n"));
    QVERIFY(front.recognised().isEmpty());
}

/// What has come before the time was over counts, though nobody has looked yet.
void TestReception::lastLookBeforeTheGreeting()
{
    Front front(Door::Tls::Offered);
    Caller &caller = front.call();
    Doorstep::settle();
    caller.say("{\n");
    front.rig.advance(limits::frontPatience);
    QCOMPARE(front.recognised(), QList{Spoken::Native});
}

void TestReception::halfCloseEndsThePatience()
{
    Front front(Door::Tls::Offered);
    Caller &caller = front.call();
    caller.say("login ann");
    ::shutdown(caller.socket(), SHUT_WR);
    Doorstep::settle();
    QCOMPARE(caller.heard(), QByteArray("hello\n"));
    QTRY_VERIFY(caller.hasEnded());
    QTRY_COMPARE(front.gate->connections(), 0);
}

void TestReception::notSpoken()
{
    Front front(Door::Tls::Offered);
    Caller &caller = front.call();
    caller.say("GET / HTTP/1.1\r\n\r\n");
    QTRY_VERIFY(caller.hasEnded());
    QVERIFY(!caller.wasReset());
    QVERIFY(caller.heard().isEmpty());
    QCOMPARE(front.ended("not-spoken"), 1U);
    QCOMPARE(front.gate->strangers(), 0);
}

void TestReception::tlsAndThenWhatIsInside()
{
    Front front(Door::Tls::Offered);
    TlsVisitor visitor(front.call());
    QVERIFY(visitor.shakeHands());
    QVERIFY(visitor.hear().isEmpty()); // it is the visitor's turn
    visitor.caller.say("{\n");
    QVERIFY(visitor.hear().startsWith("hello\n"));
    QCOMPARE(front.recognised(), QList{Spoken::Native});
}

void TestReception::silentInsideTls()
{
    Front front(Door::Tls::Offered);
    TlsVisitor visitor(front.call());
    QVERIFY(visitor.shakeHands());
    front.advance(limits::frontPatience);
    QCOMPARE(visitor.hear(), QByteArray("hello\n"));
    // No TLS in TLS: a hello there is what somebody says.
    TlsVisitor second(front.call());
    QVERIFY(second.shakeHands());
    second.caller.say("\x16\x03\x01");
    QCOMPARE(second.hear(), QByteArray("hello\n"));
}

void TestReception::encryptedDoor()
{
    Front front(Door::Tls::Required, Door::Speech::Known);
    TlsVisitor visitor(front.call());
    QVERIFY(visitor.shakeHands());
    QCOMPARE(visitor.hear(), QByteArray("hello\n"));
    visitor.caller.say("login ann\n");
    visitor.hear();
    QTRY_COMPARE(front.gate->strangers(), 0);
}

void TestReception::plainTextAtAnEncryptedDoor()
{
    Front front(Door::Tls::Required);
    Caller &caller = front.call();
    caller.say("login ann\r\n");
    QTRY_VERIFY(caller.hasEnded());
    QCOMPARE(front.ended("tls-failed"), 1U);
    QCOMPARE(front.gate->strangers(), 0);
}

void TestReception::handshakeDeadline()
{
    Front front(Door::Tls::Required);
    Caller &silent = front.call();
    Doorstep::settle();
    front.advance(limits::handshakeDeadline - 1ms);
    silent.say("\x16\x03\x01"); // which does not begin it anew
    Doorstep::settle();
    QVERIFY(!silent.hasEnded());
    front.advance(1ms);
    QTRY_VERIFY(silent.hasEnded());
    QVERIFY(silent.heard().isEmpty());
    QCOMPARE(front.ended("tls-timeout"), 1U);
    QCOMPARE(front.gate->strangers(), 0);
}

void TestReception::loginDeadlineRunsFromTheAccept()
{
    Front front(Door::Tls::Required, Door::Speech::Known);
    TlsVisitor visitor(front.call());
    Doorstep::settle();
    front.advance(9s);
    QVERIFY(visitor.shakeHands());
    QCOMPARE(visitor.hear(), QByteArray("hello\n"));
    front.advance(limits::loginDeadline - 9s - 1ms);
    QVERIFY(visitor.hear().isEmpty());
    front.advance(1ms);
    QCOMPARE(visitor.hear(), QByteArray("closing timeout\n"));
    QVERIFY(visitor.caller.hasEnded());
}

/// Whoever expects a handshake is told nothing else.
void TestReception::refusals()
{
    Front encrypted(Door::Tls::Required, Door::Speech::Told, {.sessions = 0});
    Caller &one = encrypted.call();
    QTRY_VERIFY(one.hasEnded());
    QVERIFY(one.heard().isEmpty());

    Front front(Door::Tls::Offered, Door::Speech::Told, {.sessions = 0});
    Caller &silent = front.call();
    QTRY_COMPARE(silent.heard(), QByteArray("closing server-full\n"));
    Caller &hello = front.call();
    hello.say("\x16\x03\x01");
    QTRY_VERIFY(hello.hasEnded());
    QVERIFY(hello.heard().isEmpty());
}

void TestReception::handshakesGiveWay()
{
    Front front(Door::Tls::Required, Door::Speech::Known, {.handshakes = 3});
    for (int i = 0; i < 3; ++i) {
        front.call();
        front.advance(1ms);
    }
    QVERIFY(std::none_of(front.callers.begin(), front.callers.end(),
                         [](const auto &caller) { return caller->hasEnded(); }));
    TlsVisitor visitor(front.call());
    QVERIFY(visitor.shakeHands());
    QVERIFY(front.callers[0]->hasEnded());
    QVERIFY(!front.callers[1]->hasEnded() && !front.callers[2]->hasEnded());
    // Whoever is done with it takes no place any more.
    front.call();
    Doorstep::settle();
    QVERIFY(!front.callers[1]->hasEnded());
    QCOMPARE(front.gate->strangers(), 4);
}

void TestReception::leavingAtEachStage()
{
    Front front(Door::Tls::Offered);
    TlsCaller measured;
    measured.shakeHands();
    const QByteArray hello = measured.take();
    for (qsizetype size = 0; size <= hello.size(); size += 13) {
        Caller &caller = front.call();
        caller.say(hello.first(size));
        Doorstep::settle();
        if (size % 2 == 0)
            caller.vanish();
        else
            caller.leave();
        QTRY_COMPARE(front.gate->strangers(), 0);
    }
    QTRY_COMPARE(front.gate->connections(), 0);
    TlsVisitor visitor(front.call());
    QVERIFY(visitor.shakeHands());
    visitor.wire.vanish();
    QTRY_COMPARE(front.gate->strangers(), 0);
}

void TestReception::stopping()
{
    Front front(Door::Tls::Offered);
    Caller &undecided = front.call();
    Caller &shaking = front.call();
    shaking.say("\x16\x03");
    TlsVisitor inside(front.call());
    QVERIFY(inside.shakeHands());
    bool isDone = false;
    front.gate->closeAll({ClosingCode::Shutdown, {}}, [&isDone] { isDone = true; });
    QTRY_VERIFY(undecided.hasEnded() && shaking.hasEnded());
    QCOMPARE(undecided.heard(), QByteArray("closing shutdown\n"));
    QVERIFY(shaking.heard().isEmpty());
    QCOMPARE(inside.hear(), QByteArray("closing shutdown\n"));
    undecided.leave();
    inside.wire.leave();
    QTRY_VERIFY(isDone);
}

/// A record that was read in part waits inside OpenSSL, where no descriptor tells of it.
void TestReception::restOfARecord()
{
    Front front(Door::Tls::Required, Door::Speech::Known);
    TlsVisitor visitor(front.call());
    QVERIFY(visitor.shakeHands());
    QByteArray lines = "login ann\n";
    while (lines.size() < 16'000)
        lines += "ping\n";
    visitor.caller.say(lines);
    const qsizetype pings = lines.count("ping\n");
    QByteArray heard;
    for (int i = 0; i < 200 && heard.count("pong") < pings; ++i)
        heard += visitor.hear();
    QCOMPARE(heard.count("pong"), pings);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestReception)
#include "tst_reception.moc"
