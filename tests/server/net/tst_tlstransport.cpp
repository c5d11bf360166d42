#include "server/app/selfsigned.h"
#include "server/net/outbox.h"
#include "server/net/plaintransport.h"
#include "server/net/tlstransport.h"
#include "shared/limits.h"
#include "tests/server/net/fakeclock.h"
#include "tests/server/net/socketpair.h"
#include "tests/server/net/tlscaller.h"

#include <QTest>

#include <poll.h>

namespace teahouse::server {

using namespace std::chrono_literals;

using Status = Transport::Status;

class TestTlsTransport : public QObject
{
    Q_OBJECT

private slots:
    void bothWays_data();
    void bothWays();
    void byteByByte();
    void firstBytesWereRead();
    void roundIsOneRecord();
    void recordsAreBounded();
    void retryIsNeitherLostNorDoubled();
    void dropUnbegunKeepsTheRecord();
    void holdsInput();
    void endWithAndWithoutNotice();
    void tellsItsEnd();
    void oldVersionsAreRefused_data();
    void oldVersionsAreRefused();
    void renegotiationIsRefused();
    void keyUpdatesTakeTurns();
    void noHandshakeWithoutItsEnd();
    void noiseHarmsNobodyElse();
    void endlessHandshake();
    void ticketsLastADay();
    void resumesNothingOfAnotherKey();
    void badPairChangesNothing();
};

namespace {

TlsPair newPair()
{
    const QByteArray key = makeKey();
    return {makeCertificate(key, FakeClock().utc()), key};
}

/// A server's end of a socket pair with TLS, and its client.
struct Line
{
    explicit Line(TlsContext &context, int newest = TLS1_3_VERSION, SSL_SESSION *resumed = nullptr,
                  const QByteArray &first = {})
        : caller(newest, resumed),
          transport(TlsTransport::make(std::make_unique<PlainTransport>(sockets.takeNear()),
                                       context, first))
    {
    }

    /// Bytes go over the wire, both ways.
    void pump()
    {
        sockets.say(caller.take());
        caller.give(sockets.hear());
    }
    bool shakeHands()
    {
        Status status = Status::Refused;
        bool isDone = false;
        for (int i = 0; i < 10 && (!isDone || status == Status::Refused); ++i) {
            isDone = caller.shakeHands();
            pump();
            if (status == Status::Refused)
                status = transport->shakeHands().status;
            pump();
        }
        return isDone && status == Status::Fine;
    }
    Transport::Moved write(const QByteArray &bytes) const
    {
        const QByteArrayView chunk(bytes);
        return transport->write(std::span(&chunk, 1));
    }
    QByteArray read(size_t most = 64 * 1024)
    {
        buffer.resize(most);
        last = transport->read(buffer);
        return {buffer.data(), last.bytes};
    }
    bool isReadable() const
    {
        pollfd waiting = {sockets.near(), POLLIN, 0};
        return ::poll(&waiting, 1, 0) == 1;
    }

    SocketPair sockets;
    TlsCaller caller;
    std::unique_ptr<TlsTransport> transport;
    std::vector<char> buffer;
    Transport::Moved last;
};

struct Rules
{
    Rules() { ready = !context.use(newPair()); }

    FakeClock clock;
    TlsContext context{clock};
    bool ready = false;
};

/// How many TLS records some bytes of a wire are; -1: they do not end with one.
int records(const QByteArray &wire)
{
    int count = 0;
    qsizetype at = 0;
    while (at + 5 <= wire.size()) {
        at += 5 + ((uchar(wire[at + 3]) << 8) | uchar(wire[at + 4]));
        ++count;
    }
    return at == wire.size() ? count : -1;
}

} // namespace

void TestTlsTransport::bothWays_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
}

void TestTlsTransport::bothWays()
{
    QFETCH(const int, version);
    Rules rules;
    Line line(rules.context, version);
    QVERIFY(rules.ready && line.shakeHands());
    QCOMPARE(SSL_version(line.caller.session()), version);
    line.caller.say("hello");
    line.pump();
    QCOMPARE(line.read(), QByteArray("hello"));
    QCOMPARE(line.last.status, Status::Fine);
    QVERIFY(line.read().isEmpty());
    QCOMPARE(line.last.status, Status::Refused);
    QCOMPARE(line.write("and back").bytes, 8);
    line.pump();
    QCOMPARE(line.caller.hear(), QByteArray("and back"));
}

void TestTlsTransport::byteByByte()
{
    Rules rules;
    Line line(rules.context);
    int costly = 0;
    bool isDone = false;
    while (!line.caller.shakeHands() || !isDone) {
        for (const char byte : line.caller.take()) {
            line.sockets.say(QByteArray(1, byte));
            const TlsTransport::Step step = line.transport->shakeHands();
            QVERIFY(step.status != Status::Broken);
            costly += step.isCostly ? 1 : 0;
            isDone = step.status == Status::Fine;
        }
        line.caller.give(line.sockets.hear());
    }
    QCOMPARE(costly, 2); // the server's flight, and the end
    line.caller.say("hi");
    const QByteArray wire = line.caller.take();
    for (const char byte : wire.chopped(1)) {
        line.sockets.say(QByteArray(1, byte));
        QVERIFY(line.read().isEmpty());
        QCOMPARE(line.last.status, Status::Refused);
    }
    line.sockets.say(wire.last(1));
    QCOMPARE(line.read(), QByteArray("hi"));
}

/// What recognition has read belongs to the handshake, split anywhere.
void TestTlsTransport::firstBytesWereRead()
{
    Rules rules;
    for (const qsizetype size : {1, 2, 5, 100}) {
        TlsCaller caller;
        caller.shakeHands();
        const QByteArray hello = caller.take();
        Line line(rules.context, TLS1_3_VERSION, nullptr, hello.first(size));
        line.sockets.say(hello.sliced(size));
        QCOMPARE(line.transport->shakeHands().status, Status::Refused);
        caller.give(line.sockets.hear());
        QVERIFY(caller.shakeHands());
        line.sockets.say(caller.take());
        QCOMPARE(line.transport->shakeHands().status, Status::Fine);
    }
}

void TestTlsTransport::roundIsOneRecord()
{
    Rules rules;
    Line line(rules.context);
    QVERIFY(line.shakeHands());
    line.caller.hear(); // the ticket
    qsizetype total = 0;
    Outbox outbox(total);
    QByteArray expected;
    for (int i = 0; i < 32; ++i) {
        const QByteArray text = "message " + QByteArray::number(i) + QByteArray(300, 'x') + '\n';
        outbox.append(text);
        expected += text;
    }
    QCOMPARE(outbox.writeTo(*line.transport), Status::Fine);
    const QByteArray wire = line.sockets.hear();
    QCOMPARE(records(wire), 1);
    line.caller.give(wire);
    QCOMPARE(line.caller.hear(), expected);
    QCOMPARE(total, 0);
}

void TestTlsTransport::recordsAreBounded()
{
    Rules rules;
    Line line(rules.context);
    QVERIFY(line.shakeHands());
    line.caller.hear();
    qsizetype total = 0;
    Outbox outbox(total);
    const QByteArray small(1000, 's');
    const QByteArray large(40'000, 'l');
    for (const QByteArray &one : {small, large, small})
        outbox.append(one);
    QCOMPARE(outbox.writeTo(*line.transport), Status::Fine);
    const QByteArray wire = line.sockets.hear();
    QCOMPARE(records(wire), 3); // of 42,000 bytes
    line.caller.give(wire);
    QCOMPARE(line.caller.hear(), small + large + small);
}

void TestTlsTransport::retryIsNeitherLostNorDoubled()
{
    Rules rules;
    Line line(rules.context);
    QVERIFY(line.shakeHands());
    line.sockets.shrink();
    qsizetype total = 0;
    Outbox outbox(total);
    QByteArray expected;
    QByteArray heard;
    int refusals = 0;
    for (int i = 0; i < 2000; ++i) {
        // Chunks of all sizes, appended while a record is under way, too.
        const QByteArray text = QByteArray::number(i) + QByteArray(i * 37 % 5000, 'y') + '\n';
        outbox.append(text);
        expected += text;
        if (outbox.writeTo(*line.transport) == Status::Refused) {
            ++refusals;
            QVERIFY(line.transport->begun() > 0 && line.transport->begun() <= outbox.size());
            line.caller.give(line.sockets.hear(i % 3000));
        }
    }
    while (!outbox.isEmpty()) {
        line.caller.give(line.sockets.hear());
        QVERIFY(outbox.writeTo(*line.transport) != Status::Broken);
        heard += line.caller.hear();
    }
    line.caller.give(line.sockets.hear());
    heard += line.caller.hear();
    QVERIFY(refusals > 10);
    QCOMPARE(line.transport->begun(), 0);
    QVERIFY(heard == expected);
}

/// A slow reader's outbox is emptied, but for what the record holds that is under way, up to where
/// a line begins.
void TestTlsTransport::dropUnbegunKeepsTheRecord()
{
    Rules rules;
    Line line(rules.context);
    QVERIFY(line.shakeHands());
    line.sockets.shrink();
    qsizetype total = 0;
    Outbox outbox(total);
    QByteArray all;
    Status status = Status::Fine;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray text = "line " + QByteArray::number(i) + QByteArray(700, 'z') + '\n';
        outbox.append(text);
        all += text;
        if (i % 40 == 39)
            status = outbox.writeTo(*line.transport);
    }
    QCOMPARE(status, Status::Refused);
    const qsizetype begun = line.transport->begun();
    QVERIFY(begun > 0 && begun < outbox.size());
    outbox.dropUnbegun(begun);
    QVERIFY(outbox.size() >= begun && outbox.size() < begun + 2000);
    QCOMPARE(total, outbox.size());
    outbox.append("farewell\n");
    QByteArray heard;
    for (int i = 0; i < 1000 && !outbox.isEmpty(); ++i) {
        line.caller.give(line.sockets.hear());
        heard += line.caller.hear();
        QVERIFY(outbox.writeTo(*line.transport) != Status::Broken);
    }
    line.caller.give(line.sockets.hear());
    heard += line.caller.hear();
    QVERIFY(heard.endsWith("z\nfarewell\n"));
    QVERIFY(all.startsWith(heard.chopped(9)));
}

void TestTlsTransport::holdsInput()
{
    Rules rules;
    Line line(rules.context);
    QVERIFY(line.shakeHands());
    line.caller.say(QByteArray(1000, 'a'));
    line.pump();
    QVERIFY(line.isReadable() && !line.transport->holdsInput());
    QCOMPARE(line.read(10).size(), 10);
    QVERIFY(!line.isReadable());
    QVERIFY(line.transport->holdsInput());
    QCOMPARE(line.read().size(), 990);
    QVERIFY(!line.transport->holdsInput());
}

void TestTlsTransport::endWithAndWithoutNotice()
{
    Rules rules;
    Line polite(rules.context);
    QVERIFY(polite.shakeHands());
    polite.caller.say("last");
    polite.caller.end();
    polite.pump();
    QCOMPARE(polite.read(), QByteArray("last"));
    polite.read();
    QCOMPARE(polite.last.status, Status::Ended);
    QVERIFY(polite.transport->holdsInput()); // nothing else tells it
    QCOMPARE(polite.write("an answer").status, Status::Fine);
    polite.pump();
    QCOMPARE(polite.caller.hear(), QByteArray("an answer"));

    Line cut(rules.context);
    QVERIFY(cut.shakeHands());
    cut.sockets.closeFar();
    cut.read();
    QCOMPARE(cut.last.status, Status::Broken);
    QCOMPARE(cut.write("x").status, Status::Broken);
    QCOMPARE(cut.transport->endWriting(), Status::Fine);
}

void TestTlsTransport::tellsItsEnd()
{
    Rules rules;
    Line line(rules.context);
    QVERIFY(line.shakeHands());
    line.write("last");
    QCOMPARE(line.transport->endWriting(), Status::Fine);
    line.pump();
    QCOMPARE(line.caller.hear(), QByteArray("last"));
    QVERIFY(line.caller.hasEnded());
    line.caller.end();
    line.pump();
    line.read();
    QCOMPARE(line.last.status, Status::Ended);
}

void TestTlsTransport::oldVersionsAreRefused_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.0") << TLS1_VERSION;
    QTest::newRow("TLS 1.1") << TLS1_1_VERSION;
}

void TestTlsTransport::oldVersionsAreRefused()
{
    QFETCH(const int, version);
    Rules rules;
    Line line(rules.context, version);
    QVERIFY(!line.shakeHands());
    QCOMPARE(line.transport->shakeHands().status, Status::Broken);
    QVERIFY(line.caller.hasFailed()); // was told so
}

void TestTlsTransport::renegotiationIsRefused()
{
    Rules rules;
    Line line(rules.context, TLS1_2_VERSION);
    QVERIFY(line.shakeHands());
    QCOMPARE(SSL_renegotiate(line.caller.session()), 1);
    QVERIFY(!line.caller.shakeHands());
    line.pump();
    QVERIFY(line.read().isEmpty());
    line.pump();
    QVERIFY(!line.caller.shakeHands());
    QVERIFY(SSL_get_error(line.caller.session(), -1) != SSL_ERROR_NONE);
    QCOMPARE(SSL_total_renegotiations(line.caller.session()), 1); // which it asked for
    QVERIFY(SSL_in_init(line.caller.session()));                  // and did not get
}

/// Somebody who only changes keys gets one change a turn.
void TestTlsTransport::keyUpdatesTakeTurns()
{
    constexpr int updates = 20;
    Rules rules;
    Line line(rules.context);
    QVERIFY(line.shakeHands());
    for (int i = 0; i < updates; ++i) {
        QCOMPARE(SSL_key_update(line.caller.session(), SSL_KEY_UPDATE_NOT_REQUESTED), 1);
        QVERIFY(line.caller.shakeHands());
    }
    line.caller.say("at last");
    line.pump();
    for (int i = 0; i < updates; ++i) {
        QVERIFY(line.read().isEmpty());
        QCOMPARE(line.last.status, Status::Refused);
        QVERIFY(line.isReadable());
    }
    QCOMPARE(line.read(), QByteArray("at last"));
}

/// Whoever stops anywhere in the middle is never taken for somebody who has shaken hands.
void TestTlsTransport::noHandshakeWithoutItsEnd()
{
    Rules rules;
    TlsCaller measured;
    measured.shakeHands();
    const qsizetype hello = measured.take().size();
    for (qsizetype stop = 0; stop < hello + 100; stop += 7) {
        Line line(rules.context);
        line.caller.shakeHands();
        QByteArray wire = line.caller.take();
        line.sockets.say(wire.first(std::min(stop, wire.size())));
        QCOMPARE(line.transport->shakeHands().status, Status::Refused);
        if (stop > wire.size()) {
            line.caller.give(line.sockets.hear());
            line.caller.shakeHands();
            const QByteArray last = line.caller.take();
            line.sockets.say(last.first(std::min(stop - wire.size(), last.size() - 1)));
            QCOMPARE(line.transport->shakeHands().status, Status::Refused);
        }
        line.sockets.closeFar();
        QCOMPARE(line.transport->shakeHands().status, Status::Broken);
    }
}

/// OpenSSL has one queue of errors for a thread.
void TestTlsTransport::noiseHarmsNobodyElse()
{
    Rules rules;
    Line good(rules.context);
    QVERIFY(good.shakeHands());
    Line bad(rules.context);
    QVERIFY(bad.shakeHands());
    bad.sockets.say(QByteArray("\x17\x03\x03\x00\x20", 5) + QByteArray(32, 'n'));
    bad.read();
    QCOMPARE(bad.last.status, Status::Broken);
    good.read();
    QCOMPARE(good.last.status, Status::Refused);
    QCOMPARE(good.write("still here").status, Status::Fine);
    Line noise(rules.context);
    noise.sockets.say("this is no hello, whatever it is\n");
    QCOMPARE(noise.transport->shakeHands().status, Status::Broken);
    good.read();
    QCOMPARE(good.last.status, Status::Refused);
}

void TestTlsTransport::endlessHandshake()
{
    Rules rules;
    Line line(rules.context);
    // A hello of 100,000 bytes, in records of 4,096.
    const QByteArray begin("\x01\x01\x86\xA0", 4);
    const QByteArray header("\x16\x03\x01\x10\x00", 5);
    Status status = Status::Refused;
    qsizetype sent = 0;
    while (status == Status::Refused && sent < 100'000) {
        line.sockets.say(header + (sent == 0 ? begin : QByteArray(4, '\x03'))
                         + QByteArray(4092, '\x03'));
        sent += 4096;
        status = line.transport->shakeHands().status;
    }
    QCOMPARE(status, Status::Broken);
    QVERIFY(sent <= limits::handshakeInput + 8192);
}

void TestTlsTransport::ticketsLastADay()
{
    Rules rules;
    Line first(rules.context);
    QVERIFY(first.shakeHands());
    first.caller.hear();
    const std::unique_ptr<SSL_SESSION, openssl::Freer<SSL_SESSION_free>> kept(
            SSL_get1_session(first.caller.session()));
    QVERIFY(SSL_SESSION_has_ticket(kept.get()));
    rules.clock.advance(24h - 1ms);
    Line soon(rules.context, TLS1_3_VERSION, kept.get());
    QVERIFY(soon.shakeHands());
    QVERIFY(SSL_session_reused(soon.caller.session()));
    rules.clock.advance(1ms);
    Line late(rules.context, TLS1_3_VERSION, kept.get());
    QVERIFY(late.shakeHands());
    QVERIFY(!SSL_session_reused(late.caller.session()));
}

void TestTlsTransport::resumesNothingOfAnotherKey()
{
    Rules rules;
    Line first(rules.context);
    QVERIFY(first.shakeHands());
    first.caller.hear();
    const std::unique_ptr<SSL_SESSION, openssl::Freer<SSL_SESSION_free>> kept(
            SSL_get1_session(first.caller.session()));
    QCOMPARE(rules.context.use(newPair()), std::nullopt);
    Line second(rules.context, TLS1_3_VERSION, kept.get());
    QVERIFY(second.shakeHands());
    QVERIFY(!SSL_session_reused(second.caller.session()));
    QCOMPARE(first.write("and I am here still").status, Status::Fine);
}

void TestTlsTransport::badPairChangesNothing()
{
    Rules rules;
    const TlsPair good = newPair();
    QVERIFY(rules.context.use({good.certificates, newPair().key}));
    QVERIFY(rules.context.use({{}, good.key}));
    QVERIFY(rules.context.use({good.certificates, {}}));
    Line line(rules.context);
    QVERIFY(line.shakeHands());
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestTlsTransport)
#include "tst_tlstransport.moc"
