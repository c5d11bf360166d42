#include "server/net/descriptorlimit.h"
#include "server/net/gate.h"
#include "tests/server/net/rig.h"
#include "tests/server/net/testdialect.h"

#include <QSignalSpy>
#include <QTest>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Somebody who connects over loopback, from any of its addresses.
class Caller
{
public:
    explicit Caller(quint16 port, quint32 from = INADDR_LOOPBACK)
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(from);
        auto *bytes = reinterpret_cast<sockaddr *>(&address);
        ::bind(m_socket, bytes, sizeof address);
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::connect(m_socket, bytes, sizeof address);
    }
    ~Caller() { leave(); }
    Q_DISABLE_COPY_MOVE(Caller)

    int socket() const { return m_socket; }

    /// As much as the kernel takes; returns how much.
    qsizetype say(const QByteArray &bytes)
    {
        return ::send(m_socket, bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
    }

    /// All that has come so far.
    const QByteArray &heard()
    {
        std::array<char, 4096> buffer;
        ssize_t count = 0;
        while ((count = ::recv(m_socket, buffer.data(), buffer.size(), 0)) > 0)
            m_heard.append(buffer.data(), count);
        m_ended = m_ended || count == 0;
        m_reset = m_reset || (count < 0 && errno != EAGAIN);
        return m_heard;
    }

    bool hasEnded() { return heard(), m_ended; }
    bool wasReset() { return heard(), m_reset; }

    void leave()
    {
        if (m_socket >= 0)
            ::close(std::exchange(m_socket, -1));
    }

    /// Ends with a reset.
    void vanish()
    {
        const linger now = {1, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        leave();
    }

private:
    int m_socket;
    QByteArray m_heard;
    bool m_ended = false;
    bool m_reset = false;
};

std::unique_ptr<Dialect> makeDialect(const Peer &)
{
    return std::make_unique<TestDialect>();
}

} // namespace

class TestGate : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_descriptors = raiseDescriptorLimit(); }
    void init() { m_rig = std::make_unique<Rig>(); }
    void cleanup()
    {
        m_callers.clear();
        m_gate.reset();
        m_rig.reset();
    }

    void letsIn_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("everywhere") << QString();
        QTest::newRow("IPv4") << u"127.0.0.1"_s;
        QTest::newRow("by name") << u"localhost"_s;
    }

    void letsIn()
    {
        QFETCH(QString, host);
        open({}, host);
        Caller &ann = call();
        QTRY_COMPARE(ann.heard(), "hello\n");
        QCOMPARE(m_gate->strangers(), 1);
        ann.say("login ann\n");
        QTRY_COMPARE(ann.heard(), "hello\nwelcome\n");
        QCOMPARE(m_gate->strangers(), 0);
        QCOMPARE(m_gate->connections(), 1);
        ann.leave();
        QTRY_COMPARE(m_gate->connections(), 0);
        QCOMPARE(m_gate->ended().value("ended"_L1), 1u);
    }

    void bothFamiliesInOneSocket()
    {
        open({});
        QTcpSocket six;
        six.connectToHost(QHostAddress(QHostAddress::LocalHostIPv6), m_port);
        QTRY_COMPARE(six.bytesAvailable(), 6);
        QVERIFY(getsIn(call()));
    }

    void addressInUse()
    {
        open({});
        const Listener &second = m_gate->listen(u"127.0.0.1"_s, m_port, makeDialect);
        QVERIFY(!second.isListening());
        QCOMPARE(second.serverError(), QAbstractSocket::AddressInUseError);
    }

    void unknownHost()
    {
        open({});
        const Listener &lost = m_gate->listen(u"no.such.host.invalid"_s, 0, makeDialect);
        QVERIFY(!lost.isListening());
        QVERIFY(lost.problem().contains(u"no.such.host.invalid"_s));
    }

    void halfClosed()
    {
        open({});
        Caller &ann = call();
        ann.say("login ann\nsay x\n");
        ::shutdown(ann.socket(), SHUT_WR);
        QTRY_VERIFY(ann.hasEnded());
        QCOMPARE(ann.heard(), "hello\nwelcome\nann: x\nsay done\n");
        QTRY_COMPARE(m_gate->connections(), 0);
    }

    void reset()
    {
        open({});
        Caller &ann = call();
        ann.say("login ann\n");
        QTRY_COMPARE(ann.heard(), "hello\nwelcome\n");
        ann.vanish();
        QTRY_COMPARE(m_gate->connections(), 0);
        QCOMPARE(m_gate->ended().value("reset"_L1), 1u);
    }

    /// However much more it has sent: it reads the last line, and no reset takes it away.
    void refusedReadsTheLastLine()
    {
        open({});
        Caller &ann = call();
        ann.say("!\n");
        const QByteArray much(4 << 20, 'x');
        ann.say(much);
        QTRY_COMPARE(m_gate->connections(), 0);
        for (int i = 0; i < 20; ++i) {
            QCoreApplication::processEvents();
            ann.say(much);
        }
        QTRY_VERIFY(ann.hasEnded());
        QCOMPARE(ann.heard(), "hello\ngo away\n");
        QVERIFY(!ann.wasReset());
        m_rig->advance(2s); // nobody is waited for without end
        QTRY_VERIFY(ann.say("x") < 0);
    }

    void serverFull()
    {
        open({.sessions = 2});
        Caller &ann = call();
        Caller &bob = call();
        QTRY_COMPARE(m_gate->connections(), 2);
        Caller &cid = call();
        QTRY_VERIFY(cid.hasEnded());
        QCOMPARE(cid.heard(), "closing server-full\n");
        QVERIFY(!cid.wasReset());
        QCOMPARE(m_gate->ended().value("server-full"_L1), 1u);
        ann.leave();
        QTRY_COMPARE(m_gate->connections(), 1);
        cid.leave();
        QVERIFY(getsIn(call()));
        QCOMPARE(bob.heard(), "hello\n");
    }

    /// Beyond those who can be told that the server is full, the rest wait with the kernel.
    void veryFull()
    {
        open({.sessions = 1});
        Caller &ann = call();
        QTRY_COMPARE(m_gate->connections(), 1);
        for (int i = 0; i < 100; ++i)
            call();
        QTRY_COMPARE(told(), 32);
        QCoreApplication::processEvents();
        QCOMPARE(told(), 32);
        ann.leave();
        QTRY_VERIFY((m_rig->advance(2s), told()) > 99);
    }

    void strangersWait()
    {
        open({.strangers = 3});
        for (int i = 0; i < 5; ++i)
            call();
        QTRY_COMPARE(greeted(), 3);
        QCoreApplication::processEvents();
        QCOMPARE(greeted(), 3);
        m_callers[0]->say("login ann\n");
        QTRY_COMPARE(greeted(), 4);
        m_callers[1]->leave();
        QTRY_COMPARE(m_gate->connections(), 4);
        QTRY_COMPARE(m_gate->strangers(), 3);
    }

    void tooManyFromOneAddress()
    {
        AddressLimits::Settings addresses = AddressLimits::defaults();
        addresses.exempt.clear();
        open({.addresses = addresses});
        for (int i = 0; i < limits::connectionsPerAddress + 1; ++i)
            call(0x7f000102);
        QTRY_COMPARE(greeted(), limits::connectionsPerAddress);
        QTRY_COMPARE(m_callers.back()->heard(), "closing server-full\n");
        QVERIFY(getsIn(call(0x7f000103)));
        // The place is free again with the end of the session.
        m_callers.front()->leave();
        QTRY_COMPARE(m_gate->connections(), limits::connectionsPerAddress);
        QVERIFY(getsIn(call(0x7f000102)));
    }

    /// Descriptors run out in spite of all: nobody is lost who is in, and it goes on afterwards.
    void descriptorsRunOut()
    {
        open({.descriptors = 60});
        std::vector<int> others;
        while (others.empty() || others.back() < 50)
            others.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        Caller &ann = call();
        Caller &bob = call();
        QTRY_VERIFY(ann.hasEnded() || bob.hasEnded() || ann.wasReset() || bob.wasReset());
        for (const int other : others)
            ::close(other);
        m_rig->advance(1s);
        QVERIFY(getsIn(call()));
    }

    void largestOutboxesGoFirst()
    {
        open({.outboxTotal = 300'000});
        for (int i = 0; i < 3; ++i) {
            call().say("login user" + QByteArray::number(i) + '\n');
            QTRY_COMPARE(m_gate->connections() - m_gate->strangers(), i + 1);
        }
        shrink(*m_callers[0]);
        shrink(*m_callers[1]);
        const QByteArray line = "say " + QByteArray(3900, 'x') + '\n';
        for (int i = 0; m_gate->ended().isEmpty() && i < 10'000; ++i) {
            m_callers[2]->say(line);
            (void)m_callers[2]->heard();
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(m_gate->ended().value("slow-reader"_L1) >= 1u);
        QTRY_VERIFY(m_gate->waiting() <= 300'000);
        QTRY_VERIFY((m_callers[2]->say("ping\n"), m_callers[2]->heard()).endsWith("pong\n"));
    }

    void thousandsCloseAtOnce()
    {
        const int count = std::min(3000, m_descriptors / 2 - 100);
        open({.sessions = count, .strangers = count});
        for (int i = 0; i < count; ++i) {
            call().say("login user" + QByteArray::number(i) + '\n');
            if (i % 500 == 0)
                QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_gate->connections() - m_gate->strangers(), count, 20'000);
        for (size_t i = 0; i < m_callers.size(); ++i) {
            if (i % 2 == 0)
                m_callers[i]->leave();
            else
                m_callers[i]->vanish();
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_gate->connections(), 0, 20'000);
        QCOMPARE(m_rig->house.sessionCount(), 0);
        QCOMPARE(m_gate->waiting(), 0);
    }

    void stops()
    {
        open({});
        Caller &ann = call();
        Caller &bob = call();
        ann.say("login ann\n");
        QTRY_COMPARE(ann.heard(), "hello\nwelcome\n");
        QTRY_COMPARE(bob.heard(), "hello\n");
        ann.say("say x\n");
        int done = 0;
        m_gate->closeAll({ClosingCode::Shutdown, {}}, [&] { ++done; });
        QTRY_VERIFY(ann.hasEnded() && bob.hasEnded());
        QVERIFY(ann.heard().endsWith("closing shutdown\n"));
        QCOMPARE(bob.heard(), "hello\nclosing shutdown\n");
        QCOMPARE(done, 0);
        ann.leave();
        bob.leave();
        QTRY_COMPARE(done, 1);
        QCOMPARE(m_gate->ended().value("shutdown"_L1), 2u);
    }

    void stopsInSpiteOfASlowReader()
    {
        open({});
        Caller &ann = call();
        QTRY_COMPARE(ann.heard(), "hello\n");
        int done = 0;
        m_gate->closeAll({ClosingCode::Shutdown, {}}, [&] { ++done; });
        QTRY_VERIFY(ann.hasEnded());
        m_rig->advance(4s);
        QTRY_COMPARE(done, 1);
    }

    void stopsWhenNobodyIsThere()
    {
        open({});
        int done = 0;
        m_gate->closeAll({ClosingCode::Shutdown, {}}, [&] { ++done; });
        QTRY_COMPARE(done, 1);
    }

    void sessionLimits()
    {
        QCOMPARE(sessionLimit(12'000, 12'064), 12'000);
        QCOMPARE(sessionLimit(12'000, 12'063), 11'999);
        QCOMPARE(sessionLimit(12'000, 1024), 960);
        QCOMPARE(sessionLimit(12'000, 10), 1);
    }

private:
    void open(const GateSettings &settings, const QString &host = {})
    {
        m_gate = std::make_unique<Gate>(
                Gate::Base{m_rig->poller, m_rig->deadlines, m_rig->house, m_rig->dispatcher},
                settings);
        const Listener &listener = m_gate->listen(host, 0, makeDialect);
        QVERIFY2(listener.isListening(), qPrintable(listener.errorString()));
        m_port = listener.serverPort();
    }

    Caller &call(quint32 from = INADDR_LOOPBACK)
    {
        return *m_callers.emplace_back(std::make_unique<Caller>(m_port, from));
    }

    static bool getsIn(Caller &caller)
    {
        return QTest::qWaitFor([&] { return caller.heard() == "hello\n"; });
    }

    int count(const QByteArray &start)
    {
        return int(std::count_if(m_callers.begin(), m_callers.end(), [&](const auto &caller) {
            return caller->heard().startsWith(start);
        }));
    }
    int greeted() { return count("hello\n"); }
    int told() { return count("closing server-full\n") + greeted() - 1; }

    static void shrink(const Caller &caller)
    {
        const int smallest = 1;
        ::setsockopt(caller.socket(), SOL_SOCKET, SO_RCVBUF, &smallest, sizeof smallest);
    }

    int m_descriptors = 0;
    std::unique_ptr<Rig> m_rig;
    std::unique_ptr<Gate> m_gate;
    quint16 m_port = 0;
    std::vector<std::unique_ptr<Caller>> m_callers;
};

QTEST_GUILESS_MAIN(TestGate)
#include "tst_gate.moc"
