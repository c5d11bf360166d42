#pragma once

#include "server/commands/requestqueue.h"
#include "server/dialects/dialectregistry.h"
#include "server/store/memorystore.h"
#include "tests/support/directpasswords.h"
#include "tests/support/manualexecutor.h"

#include <QList>

#include <map>
#include <memory>

namespace teahouse::server {

/// Everything of a server that needs neither sockets nor a loop: time stands still until it is
/// moved, randomness counts up, and the store answers when settle() is called.
class TestServer
{
    int m_randoms = -1; ///< so that the first secret after the House's own is 1

public:
    using MakeStore =
            std::function<std::unique_ptr<Store>(Executor &executor, std::function<qint64()> utc)>;

    explicit TestServer(HouseSettings settings = {limits::rooms, limits::announceUpTo});
    /// One that keeps everything in a store of its own choice, and starts at a time.
    TestServer(HouseSettings settings, const MakeStore &makeStore, qint64 startsAt);

    ManualExecutor executor;
    qint64 now; ///< ms since 1970 UTC
    Moment moment() const { return {now, now}; }
    std::unique_ptr<Store> store;
    DirectPasswords passwords;
    House house;
    Dispatcher dispatcher;
    DialectRegistry dialects;
};

/// Whether a peer's address may be shown to others, by the doors' usual settings.
enum class PeerKind { Local, Foreign };

/// A peer at one of the doors: what a connection does, with its bytes kept.
class TestPeer : public EventSink
{
public:
    /// `port` is the peer's; its host is 127.0.0.1, or for a foreign one 192.0.2.1.
    TestPeer(TestServer &server, const QString &door, quint16 port = 40000,
             PeerKind kind = PeerKind::Local);
    ~TestPeer() override;

    /// Bytes arrive; call settle() of the server's executor and pump() until nothing happens.
    void feed(QByteArrayView bytes);
    /// Takes the requests that have come, as far as the queue accepts them.
    void pump();
    /// The peer has ended; what came before is carried out.
    void hangUp();

    bool isClosed() const { return m_closed; }
    /// What was sent, a piece a segment that had to go out alone, and clears it.
    QList<QByteArray> take();

    void write(const QByteArray &bytes) override;
    void close(const Closing &why) override;

    RequestQueue &queue() { return m_queue; }
    SessionId session() const { return m_session; }

private:
    void send(const Output &output);
    void answered(const Request &request, const Reply &reply);
    void present();

    TestServer &m_server;
    std::unique_ptr<Dialect> m_dialect;
    SessionId m_session;
    RequestQueue m_queue;
    const EventEncoder *m_encoder;
    QList<Output> m_sent;
    bool m_closed = false;
};

/// Makes a room, and lets the store answer.
Result<RoomState> create(TestServer &server, SessionId session, const NewRoom &room);

/// Runs everything that waits, at all peers, until nothing is left to do.
void settle(TestServer &server, const QList<TestPeer *> &peers);

} // namespace teahouse::server
