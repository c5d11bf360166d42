#include "tests/support/testserver.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

PeerAddress address(quint16 port, PeerKind kind)
{
    const bool local = kind == PeerKind::Local;
    return {{local ? u"127.0.0.1"_s : u"192.0.2.1"_s, port}, local};
}

} // namespace

TestServer::TestServer(HouseSettings settings)
    : TestServer(
            settings,
            [](Executor &tasks, std::function<qint64()> utc) {
                return std::make_unique<MemoryStore>(tasks, std::move(utc), u"epoch"_s);
            },
            1'700'000'000'000) // 2023-11-14 22:13:20 UTC
{
}

TestServer::TestServer(HouseSettings settings, const MakeStore &makeStore, qint64 startsAt)
    : now(startsAt), store(makeStore(executor, [this] { return now; })), passwords(executor),
      house(
              *store, passwords,
              [this](int n) {
                  ++m_randoms;
                  return QByteArray(n - 2, '\0') + static_cast<char>(m_randoms >> 8)
                          + static_cast<char>(m_randoms);
              },
              settings, now),
      dispatcher(house, {{u"Teahouse"_s, u"test"_s}, {}}),
      dialects({.server = {u"Teahouse"_s, [this] { return now; }}})
{
}

TestPeer::TestPeer(TestServer &server, const QString &door, quint16 port, PeerKind kind)
    : m_server(server), m_dialect(server.dialects.make(door, address(port, kind))),
      m_session(
              server.house.open({this, &m_dialect->encoder(), m_dialect->name(), m_dialect->form(),
                                 parseNetwork(address(port, kind).origin.host)->base})),
      m_queue(server.dispatcher, m_session,
              [this](const Request &request, const Reply &reply) { answered(request, reply); }),
      m_encoder(&m_dialect->encoder())
{
    send(m_dialect->greeting());
    if (const auto entry = m_dialect->entry()) {
        if (!m_server.house.enterAnonymously(m_session, *entry))
            m_closed = true;
    }
}

TestPeer::~TestPeer()
{
    m_server.executor.run();
    m_server.house.end(m_session, {}, m_server.now);
}

void TestPeer::feed(QByteArrayView bytes)
{
    if (m_closed)
        return;
    m_dialect->feed(bytes);
    pump();
}

void TestPeer::pump()
{
    while (!m_closed && m_queue.accepts()) {
        const Decoded decoded = m_dialect->next();
        present();
        if (std::holds_alternative<NeedMore>(decoded))
            return;
        if (std::holds_alternative<Skipped>(decoded))
            continue;
        if (const auto *refused = std::get_if<Refused>(&decoded)) {
            write(refused->bytes);
            m_closed = true;
            m_server.house.end(m_session, {}, m_server.now);
            return;
        }
        if (const auto *answered = std::get_if<Answered>(&decoded)) {
            write(answered->bytes);
            hangUp();
            return;
        }
        m_queue.submit(std::get<Request>(decoded), m_server.moment());
    }
}

void TestPeer::hangUp()
{
    m_closed = true;
    m_server.executor.run();
    m_server.house.end(m_session, {}, m_server.now);
}

QList<QByteArray> TestPeer::take()
{
    QList<QByteArray> segments;
    bool open = false;
    for (const Output &output : std::as_const(m_sent)) {
        if (open && !output.alone)
            segments.last() += output.bytes;
        else
            segments.append(output.bytes);
        open = !output.alone;
    }
    m_sent.clear();
    return segments;
}

void TestPeer::write(const QByteArray &bytes)
{
    send({.bytes = bytes});
}

void TestPeer::close(const Closing &why)
{
    write(m_dialect->farewell(why));
    m_closed = true;
}

void TestPeer::send(const Output &output)
{
    if (!output.bytes.isEmpty())
        m_sent.append(output);
}

void TestPeer::answered(const Request &request, const Reply &reply)
{
    if (m_closed)
        return;
    send(m_dialect->reply(request, reply));
    present();
    if (reply && std::holds_alternative<Goodbye>(*reply)) {
        m_closed = true;
        m_server.house.end(m_session, leftByLogout, m_server.now);
    }
}

void TestPeer::present()
{
    if (m_encoder == &m_dialect->encoder())
        return;
    m_encoder = &m_dialect->encoder();
    m_server.house.present(m_session, *m_encoder, m_dialect->name(), m_dialect->form());
}

Result<RoomState> create(TestServer &server, SessionId session, const NewRoom &room)
{
    Result<RoomState> outcome = Error{};
    server.house.create(session, room, server.now,
                        [&](const Result<RoomState> &created) { outcome = created; });
    server.executor.run();
    return outcome;
}

void settle(TestServer &server, const QList<TestPeer *> &peers)
{
    do {
        server.executor.run();
        for (TestPeer *peer : peers) {
            peer->queue().resume(server.moment());
            peer->pump();
        }
    } while (server.executor.waiting() > 0);
}

} // namespace teahouse::server
