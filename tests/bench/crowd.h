#pragma once

#include "tests/bench/protocol.h"
#include "tests/bench/stamp.h"
#include "tests/bench/tlswire.h"

#include <sys/epoll.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace teahouse::bench {

/// Who hears of deliveries.
class DeliverySink
{
public:
    virtual ~DeliverySink() = default;

    /// A member has read the whole of a message.
    virtual void delivered(int member, const Stamp &stamp, int64_t now) = 0;
};

/// Many members of one server, on one thread: an epoll set, sockets, plain or with TLS, and a
/// Protocol that says what is sent and what the answers mean. Member i connects from an address of
/// its own in 127.0.0.0/8, so that ports do not run out.
class Crowd
{
public:
    /// `firstName` counts the names, so that several crowds of one server differ.
    Crowd(const Protocol &protocol, uint16_t port, int firstName = 0, bool isEncrypted = false);
    ~Crowd();
    Crowd(const Crowd &) = delete;
    Crowd &operator=(const Crowd &) = delete;

    /// Connects and logs in `count` more, all at once. False: not all were in within `ms`.
    bool logIn(int count, int ms);
    /// Brings one into a room; its first member makes it. Wait with waitForRooms().
    void enter(int member, const std::string &room, bool isFirst);
    /// Waits until at most `left` are still on their way.
    bool waitForRooms(int left, int ms);

    void say(int member, const std::string &room, const Stamp &stamp);
    void setSink(DeliverySink *sink) { m_sink = sink; }

    /// Handles what is ready, after at most `ms`; the count of events.
    int poll(int ms);
    /// Polls until nothing has come for `ms`, at most 30 s.
    void settle(int ms);
    /// Ends all connections as people do, with a FIN, and waits for the server's.
    void hangUp();

    int size() const { return static_cast<int>(m_members.size()); }
    int loggedIn() const { return m_in; }
    int refused() const { return m_refused; }
    int broken() const { return m_broken; }
    const Protocol &protocol() const { return m_protocol; }

private:
    enum class Stage { Connecting, ShakingHands, LoggingIn, In, Entering, Gone };

    struct Member
    {
        int socket = -1;
        Stage stage = Stage::Connecting;
        std::unique_ptr<TlsWire> tls = {}; ///< null: plain
        std::string unread = {};           ///< the beginning of a line
        std::string unwritten = {};        ///< what the kernel has refused
    };

    bool connectOne();
    void handle(const epoll_event &event);
    void finishConnect(int index);
    void shakeHands(int index);
    void logInOne(int index);
    void read(int index);
    void readLine(int index, std::string_view line, int64_t now);
    void act(int index, Sign sign, std::string_view line);
    void write(int index, const std::string &bytes);
    void writeRest(int index);
    void watch(int index, uint32_t events, int operation);
    void lose(int index);

    const Protocol &m_protocol;
    uint16_t m_port;
    int m_firstName;
    bool m_isEncrypted;
    int m_epoll;
    DeliverySink *m_sink = nullptr;
    std::vector<Member> m_members;
    int m_in = 0;
    int m_entering = 0;
    int m_refused = 0;
    int m_broken = 0;
    std::vector<char> m_bytes;
    std::array<epoll_event, 1024> m_events;
};

} // namespace teahouse::bench
