#include "server/net/poller.h"
#include "tests/server/net/soak.h"
#include "tests/server/net/tcppair.h"
#include "tests/server/net/testedreadyset.h"

#include <QTest>

#include <memory>
#include <vector>

using namespace teahouse::server;

namespace {

constexpr size_t places = 40;

class Crowd;

/// One watched end of a connection. Its peer sends the numbers 0, 1, 2 ... as bytes.
class End : public PollHandler
{
public:
    End(Crowd &crowd, Poller &poller) : m_crowd(crowd), m_watch(poller, *this)
    {
        if (!m_watch.watch(pair.near, PollEvent::Readable))
            qFatal("cannot watch");
    }
    ~End() override { m_alive = false; }

    void onReady(PollEvents events) override;
    void onRoundEnd() override;

    void speak(size_t count);
    void setInterest(PollEvents interest);
    void watchAgain();
    void mark();
    /// All has come that was sent, unless the peer is gone with it.
    bool isQuiet() const { return !m_marked && (m_over || reset || m_heard == m_spoken); }
    void wakeUp();

    TcpPair pair;
    bool reset = false;

private:
    void hear();

    Crowd &m_crowd;
    Poller::Watch m_watch;
    PollEvents m_interest = PollEvent::Readable;
    quint8 m_next = 0; ///< byte to come from the peer
    quint64 m_spoken = 0;
    quint64 m_heard = 0;
    bool m_watched = true;
    bool m_over = false;
    bool m_marked = false;
    bool m_alive = true;
};

/// All ends, and what is done to them at random, from outside and from inside of their handlers.
class Crowd
{
public:
    Crowd() : poller(testedReadySet()) { }

    void act(size_t place);
    void somewhere() { act(soak.below(places)); }
    /// Now and then a handler does something to anybody, itself too.
    void meddle()
    {
        if (soak.oneIn(4))
            somewhere();
    }
    void post();
    bool isQuiet() const;

    Soak soak{30'000};
    Poller poller;
    std::vector<std::unique_ptr<End>> ends{places};
    quint64 posted = 0;
    quint64 run = 0;
    quint64 told = 0;
    QStringList wrong;
};

void End::onReady(PollEvents events)
{
    Crowd &crowd = m_crowd; // this may be gone when somebody has meddled
    ++crowd.told;
    if (!m_alive || !m_watched)
        crowd.wrong << QStringLiteral("told after its end");
    if (events & ~(m_interest | PollEvent::HungUp))
        crowd.wrong << QStringLiteral("told what it did not ask for");
    if (events & PollEvent::Readable)
        hear();
    if (events & PollEvent::Writable)
        setInterest(PollEvent::Readable);
    if ((events & PollEvent::HungUp) && !(events & PollEvent::Readable)) {
        m_over = true;
        m_watch.unwatch();
        m_watched = false;
    }
    crowd.meddle();
}

void End::onRoundEnd()
{
    m_marked = false;
    m_crowd.meddle();
}

void End::hear()
{
    std::array<quint8, 64> buffer;
    const ssize_t count = ::recv(pair.near, buffer.data(), 1 + m_crowd.soak.below(64), 0);
    for (ssize_t i = 0; i < count; ++i) {
        if (buffer[size_t(i)] != m_next++)
            m_crowd.wrong << QStringLiteral("a byte is lost, doubled or somebody else's");
    }
    m_heard += quint64(std::max<ssize_t>(0, count));
    if (count < 0 && errno == EAGAIN)
        m_crowd.wrong << QStringLiteral("told of what is not there");
    if (count == 0 || (count < 0 && errno != EAGAIN)) {
        m_over = true;
        m_watch.unwatch();
        m_watched = false;
    }
}

void End::speak(size_t count)
{
    std::array<quint8, 256> bytes;
    for (size_t i = 0; i < count; ++i)
        bytes[i] = quint8(m_spoken + i);
    const ssize_t sent = pair.far < 0 ? -1 : ::send(pair.far, bytes.data(), count, MSG_NOSIGNAL);
    m_spoken += quint64(std::max<ssize_t>(0, sent));
}

void End::setInterest(PollEvents interest)
{
    m_interest = interest;
    m_watch.setInterest(interest);
}

void End::watchAgain()
{
    m_watch.unwatch();
    m_watched = m_watch.watch(pair.near, m_interest);
    if (!m_watched)
        m_crowd.wrong << QStringLiteral("cannot watch again");
    m_over = false;
}

void End::mark()
{
    m_marked = true;
    m_watch.mark();
}

void End::wakeUp()
{
    setInterest(PollEvent::Readable);
    watchAgain();
}

void Crowd::post()
{
    poller.post([this, number = posted++] {
        if (number != run++)
            wrong << QStringLiteral("a task is lost, doubled or out of order");
        meddle();
    });
}

void Crowd::act(size_t place)
{
    std::unique_ptr<End> &end = ends[place];
    if (!end) {
        end = std::make_unique<End>(*this, poller);
        return;
    }
    switch (soak.below(16)) {
    case 0:
        end.reset(); // and perhaps the same place and descriptors again at once
        if (soak.oneIn(2))
            end = std::make_unique<End>(*this, poller);
        break;
    case 1:
        end->reset = true;
        TcpPair::reset(end->pair.far);
        break;
    case 2:
        TcpPair::close(end->pair.far);
        break;
    case 3:
        ::shutdown(end->pair.far, SHUT_WR);
        break;
    case 4:
        ::shutdown(end->pair.near, SHUT_WR);
        break;
    case 5:
        (void)!::send(end->pair.near, "unread", 6, MSG_NOSIGNAL);
        end->reset = true; // for the far end, closed now, would answer with a reset
        break;
    case 6:
        end->setInterest({});
        break;
    case 7:
        end->setInterest({PollEvent::Readable, PollEvent::Writable});
        break;
    case 8:
        end->watchAgain();
        break;
    case 9:
    case 10:
        end->mark();
        break;
    case 11:
        post();
        break;
    default:
        end->setInterest(PollEvent::Readable);
        end->speak(soak.below(256));
    }
}

bool Crowd::isQuiet() const
{
    return posted == run && std::all_of(ends.begin(), ends.end(), [](const auto &end) {
               return !end || end->isQuiet();
           });
}

} // namespace

/// Anything at any time, also within rounds: nothing is lost, doubled, or told to the wrong one.
class TestPollerSoak : public QObject
{
    Q_OBJECT

private slots:
    void anything()
    {
        Crowd crowd;
        while (crowd.soak.goesOn() && crowd.wrong.isEmpty()) {
            crowd.somewhere();
            if (crowd.soak.oneIn(8))
                QCoreApplication::processEvents();
        }
        QCOMPARE(crowd.wrong.join(u' '), QString());
        // Meddling goes on while things come to rest, so rest is tried for until it holds.
        QTRY_VERIFY((wakeAll(crowd), turn(), crowd.isQuiet()));
        QCOMPARE(crowd.wrong.join(u' '), QString());
        QVERIFY(crowd.told > 0 && crowd.run > 0);
        qInfo("%lld operations from outside, %llu calls, %llu tasks", crowd.soak.done(), crowd.told,
              crowd.run);
    }

private:
    static void wakeAll(Crowd &crowd)
    {
        for (const auto &end : crowd.ends) {
            if (end && !end->isQuiet())
                end->wakeUp();
        }
    }
};

QTEST_GUILESS_MAIN(TestPollerSoak)
#include "tst_pollersoak.moc"
