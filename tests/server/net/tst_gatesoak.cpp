#include "tests/server/net/doorstep.h"
#include "tests/server/net/soak.h"

using namespace teahouse;
using namespace teahouse::server;
using namespace std::chrono_literals;

namespace {

/// Somebody who stays and reads everything, and notes what ann has said.
struct Listening
{
    explicit Listening(Caller &who) : caller(who) { }

    /// False: something of ann's is missing, doubled or out of order.
    bool hear()
    {
        pending += caller.heard();
        caller.forget();
        qsizetype end = 0;
        while ((end = pending.indexOf('\n')) >= 0) {
            const QByteArray line = pending.first(end);
            pending.remove(0, end + 1);
            if (line.startsWith("ann: ") && line.mid(5).toInt() != next++)
                return false;
        }
        return true;
    }

    Caller &caller;
    QByteArray pending;
    int next = 0;
};

} // namespace

/// Two people talk while others do anything at random: connect, log in, talk, stop reading, end in
/// every way. The two never notice, and in the end nothing is left of the others.
class TestGateSoak : public QObject
{
    Q_OBJECT

private slots:
    void anything()
    {
        AddressLimits::Settings addresses = AddressLimits::defaults();
        addresses.exempt = {{QHostAddress(QHostAddress::LocalHost), 32}};
        addresses.perMinute = 60'000;
        m_at.open({.sessions = 40, .strangers = 25, .addresses = addresses});
        m_at.call().say("login ann\n");
        QTRY_COMPARE(m_at.callers[0]->heard(), "hello\nwelcome\n");
        m_at.call().say("login bob\n");
        QTRY_COMPARE(m_at.callers[1]->heard(), "hello\nwelcome\n");
        Listening bob(*m_at.callers[1]);
        int said = 0;
        while (m_soak.goesOn()) {
            act();
            if (m_soak.oneIn(20))
                m_at.callers[0]->say("say " + QByteArray::number(said++) + '\n');
            if (m_soak.oneIn(4)) {
                turn();
                QVERIFY(bob.hear());
                (void)m_at.callers[0]->heard();
                m_at.callers[0]->forget();
            }
        }
        QTRY_VERIFY(bob.hear() && (m_at.callers[0]->heard(), bob.next == said));
        qInfo("%lld operations, %d lines of ann's", m_soak.done(), said);
        for (auto it = m_at.gate->ended().begin(); it != m_at.gate->ended().end(); ++it)
            qInfo("%s: %llu", it.key().data(), it.value());
        nothingIsLeft();
    }

private:
    void act()
    {
        if (m_at.callers.size() < 70 && m_soak.oneIn(3))
            m_at.call(0x7f000100 + quint32(m_soak.below(6)));
        if (m_at.callers.size() > 2)
            act(2 + m_soak.below(m_at.callers.size() - 2));
        if (m_soak.oneIn(10))
            m_at.rig.advance(std::chrono::milliseconds(m_soak.below(3000)));
    }

    void act(size_t which)
    {
        Caller &caller = *m_at.callers[which];
        switch (m_soak.below(16)) {
        case 0:
            caller.leave();
            break;
        case 1:
            caller.vanish();
            break;
        case 2:
            ::shutdown(caller.socket(), SHUT_WR);
            return;
        case 3:
            ::shutdown(caller.socket(), SHUT_RDWR);
            return;
        case 4:
            caller.say("logout\n");
            return;
        case 5:
            caller.say(m_soak.oneIn(2) ? "!\n" : "?\n");
            return;
        case 6:
            caller.say("say " + QByteArray(qsizetype(m_soak.below(3900)), 'x') + '\n');
            return;
        case 7:
            caller.say(QByteArray("look\nping\nsay x\n").repeated(50));
            return;
        case 8:
            caller.say("{login user" + QByteArray::number(m_names++) + "\n");
            return;
        default:
            caller.say("login user" + QByteArray::number(m_names++) + "\n");
            if (m_soak.oneIn(2))
                (void)caller.heard();
            return;
        }
        m_at.callers.erase(m_at.callers.begin() + std::ptrdiff_t(which));
    }

    void nothingIsLeft()
    {
        m_at.callers.clear();
        QTRY_COMPARE((m_at.rig.advance(1s), m_at.gate->connections()), 0);
        QTRY_COMPARE((m_at.rig.advance(1s), m_at.gate->waiting()), 0);
        QTRY_COMPARE(m_at.rig.house.sessionCount(), 0);
        QCOMPARE(m_at.gate->strangers(), 0);
        // Everyone can come again.
        m_at.call(20, INADDR_LOOPBACK);
        QTRY_COMPARE(m_at.greeted(), 20);
    }

    Doorstep m_at;
    Soak m_soak{6000};
    int m_names = 0;
};

QTEST_GUILESS_MAIN(TestGateSoak)
#include "tst_gatesoak.moc"
