#include "tests/bench/crowd.h"

#include "tests/bench/clock.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace teahouse::bench {

namespace {

/// Connects in a burst before what is ready has its turn.
constexpr int connectsAtOnce = 64;
constexpr size_t bufferSize = 512 * 1024;

std::string nameOf(int number)
{
    char name[16];
    std::snprintf(name, sizeof name, "u%06d", number);
    return name;
}

/// 127.1.0.1 and on: 250 hosts in a network, 250 networks.
in_addr_t sourceOf(int number)
{
    const auto n = static_cast<uint32_t>(number);
    return htonl((127U << 24) | ((1 + n / 62500 % 250) << 16) | (n / 250 % 250 << 8)
                 | (1 + n % 250));
}

sockaddr_in socketAddress(in_addr_t host, uint16_t port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = host;
    address.sin_port = htons(port);
    return address;
}

void setOption(int socket, int level, int option, int value)
{
    ::setsockopt(socket, level, option, &value, sizeof value);
}

} // namespace

Crowd::Crowd(const Protocol &protocol, uint16_t port, int firstName, bool isEncrypted)
    : m_protocol(protocol), m_port(port), m_firstName(firstName), m_isEncrypted(isEncrypted),
      m_epoll(::epoll_create1(EPOLL_CLOEXEC)), m_bytes(bufferSize)
{
}

Crowd::~Crowd()
{
    for (Member &member : m_members) {
        if (member.socket < 0)
            continue;
        const linger atOnce = {1, 0};
        ::setsockopt(member.socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        ::close(member.socket);
    }
    ::close(m_epoll);
}

bool Crowd::logIn(int count, int ms)
{
    const int64_t until = steadyNs() + milliseconds(ms);
    const int wanted = m_in + count;
    const int before = m_refused + m_broken;
    for (int i = 0; i < count; ++i) {
        if (!connectOne())
            return false;
        if (i % connectsAtOnce == connectsAtOnce - 1)
            poll(0);
    }
    while (m_in < wanted && m_refused + m_broken == before && steadyNs() < until)
        poll(100);
    return m_in == wanted;
}

bool Crowd::connectOne()
{
    const int index = size();
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return false;
    setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    const sockaddr_in from = socketAddress(sourceOf(m_firstName + index), 0);
    const sockaddr_in to = socketAddress(htonl(INADDR_LOOPBACK), m_port);
    m_members.push_back({.socket = socket});
    if (::bind(socket, reinterpret_cast<const sockaddr *>(&from), sizeof from) != 0)
        return false;
    const int result = ::connect(socket, reinterpret_cast<const sockaddr *>(&to), sizeof to);
    if (result != 0 && errno != EINPROGRESS)
        return false;
    watch(index, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
    return true;
}

void Crowd::enter(int member, const std::string &room, bool isFirst)
{
    const std::string line = isFirst ? m_protocol.create(room) : m_protocol.join(room);
    if (line.empty())
        return;
    m_members[size_t(member)].stage = Stage::Entering;
    ++m_entering;
    write(member, line);
}

bool Crowd::waitForRooms(int left, int ms)
{
    const int64_t until = steadyNs() + milliseconds(ms);
    while (m_entering > left && m_refused + m_broken == 0 && steadyNs() < until)
        poll(100);
    return m_entering <= left;
}

void Crowd::say(int member, const std::string &room, const Stamp &stamp)
{
    write(member, m_protocol.say(room, toText(stamp)));
}

int Crowd::poll(int ms)
{
    const int count = ::epoll_wait(m_epoll, m_events.data(), int(m_events.size()), ms);
    for (int i = 0; i < count; ++i)
        handle(m_events[size_t(i)]);
    return std::max(count, 0);
}

void Crowd::settle(int ms)
{
    const int64_t until = steadyNs() + milliseconds(30'000);
    while (steadyNs() < until && poll(ms) > 0) {
    }
}

void Crowd::hangUp()
{
    for (const Member &member : m_members) {
        if (member.socket >= 0)
            ::shutdown(member.socket, SHUT_WR);
    }
    const int64_t until = steadyNs() + milliseconds(10'000);
    const auto left = [this] {
        return std::any_of(m_members.begin(), m_members.end(),
                           [](const Member &member) { return member.socket >= 0; });
    };
    while (left() && steadyNs() < until)
        poll(100);
}

// --- Events ---

void Crowd::handle(const epoll_event &event)
{
    const auto index = static_cast<int>(event.data.u32);
    Member &member = m_members[size_t(index)];
    if (member.socket < 0)
        return;
    if (member.stage == Stage::ShakingHands) {
        shakeHands(index);
        return;
    }
    if (event.events & EPOLLOUT) {
        if (member.stage == Stage::Connecting)
            finishConnect(index);
        else
            writeRest(index);
    }
    if (member.socket >= 0 && (event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        read(index);
}

void Crowd::finishConnect(int index)
{
    Member &member = m_members[size_t(index)];
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(member.socket, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        lose(index);
        return;
    }
    if (!m_isEncrypted) {
        logInOne(index);
        return;
    }
    member.stage = Stage::ShakingHands;
    member.tls = std::make_unique<TlsWire>(member.socket);
    shakeHands(index);
}

void Crowd::shakeHands(int index)
{
    switch (m_members[size_t(index)].tls->shakeHands()) {
    case TlsWire::Step::Done:
        logInOne(index);
        break;
    case TlsWire::Step::Reading:
        watch(index, EPOLLIN, EPOLL_CTL_MOD);
        break;
    case TlsWire::Step::Writing:
        watch(index, EPOLLOUT, EPOLL_CTL_MOD);
        break;
    case TlsWire::Step::Lost:
        lose(index);
        break;
    }
}

void Crowd::logInOne(int index)
{
    m_members[size_t(index)].stage = Stage::LoggingIn;
    watch(index, EPOLLIN, EPOLL_CTL_MOD);
    write(index, m_protocol.login(nameOf(m_firstName + index)));
}

void Crowd::read(int index)
{
    Member &member = m_members[size_t(index)];
    const size_t kept = member.unread.size();
    std::memcpy(m_bytes.data(), member.unread.data(), kept);
    char *const free = m_bytes.data() + kept;
    const size_t room = m_bytes.size() - kept;
    const ssize_t count = member.tls ? member.tls->read(free, room)
                                     : ::recv(member.socket, free, room, 0);
    if (count <= 0) {
        if (count == 0 || errno != EAGAIN)
            lose(index);
        return;
    }
    const int64_t now = steadyNs();
    const char *at = m_bytes.data();
    const char *end = at + kept + static_cast<size_t>(count);
    while (const void *found = std::memchr(at, '\n', static_cast<size_t>(end - at))) {
        const char *lineEnd = static_cast<const char *>(found);
        readLine(index, std::string_view(at, static_cast<size_t>(lineEnd - at)), now);
        at = lineEnd + 1;
        if (at == end)
            break;
    }
    member.unread.assign(at, static_cast<size_t>(end - at));
}

void Crowd::readLine(int index, std::string_view line, int64_t now)
{
    Stamp stamp;
    if (findStamp(line, stamp) && m_protocol.isDelivery(line)) {
        if (m_sink)
            m_sink->delivered(index, stamp, now);
        return;
    }
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    act(index, m_protocol.read(line), line);
}

void Crowd::act(int index, Sign sign, std::string_view line)
{
    Member &member = m_members[size_t(index)];
    if (sign == Sign::In && member.stage == Stage::LoggingIn) {
        member.stage = Stage::In;
        ++m_in;
    } else if (sign == Sign::Entered && member.stage == Stage::Entering) {
        member.stage = Stage::In;
        --m_entering;
    } else if (sign == Sign::Refused) {
        if (m_refused++ == 0)
            std::fprintf(stderr, "bench: refused: %.*s\n", static_cast<int>(line.size()),
                         line.data());
    } else if (sign == Sign::Asked) {
        write(index, m_protocol.answer(line));
    }
}

void Crowd::write(int index, const std::string &bytes)
{
    Member &member = m_members[size_t(index)];
    if (member.socket < 0 || bytes.empty())
        return;
    if (!member.unwritten.empty()) {
        member.unwritten += bytes;
        return;
    }
    const ssize_t count = member.tls
            ? member.tls->write(bytes.data(), bytes.size())
            : ::send(member.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    const size_t sent = count > 0 ? static_cast<size_t>(count) : 0;
    if (sent == bytes.size())
        return;
    member.unwritten = bytes.substr(sent);
    watch(index, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
}

void Crowd::writeRest(int index)
{
    Member &member = m_members[size_t(index)];
    watch(index, EPOLLIN, EPOLL_CTL_MOD);
    const std::string rest = std::exchange(member.unwritten, {});
    write(index, rest);
}

void Crowd::watch(int index, uint32_t events, int operation)
{
    epoll_event event = {};
    event.events = events;
    event.data.u32 = static_cast<uint32_t>(index);
    ::epoll_ctl(m_epoll, operation, m_members[size_t(index)].socket, &event);
}

void Crowd::lose(int index)
{
    Member &member = m_members[size_t(index)];
    member.tls.reset();
    ::close(std::exchange(member.socket, -1));
    member.stage = Stage::Gone;
    ++m_broken;
}

} // namespace teahouse::bench
