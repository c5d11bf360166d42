#include "tests/bench/nativeclient.h"

#include "tests/bench/clock.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace teahouse::bench {

namespace {

constexpr int patienceMs = 10'000;
constexpr std::string_view accepted = R"("ok":true)";

bool contains(std::string_view line, std::string_view part)
{
    return line.find(part) != std::string_view::npos;
}

} // namespace

NativeClient::NativeClient(uint16_t port, const std::string &name)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        m_isIn = !ask(R"("do":"login","name":")" + name + '"').empty();
}

NativeClient::~NativeClient()
{
    ::close(m_socket);
}

void NativeClient::send(const std::string &fields, std::string_view id)
{
    const std::string line = R"({"id":")" + std::string(id) + "\"," + fields + "}\n";
    size_t sent = 0;
    while (sent < line.size()) {
        const ssize_t count = ::send(m_socket, line.data() + sent, line.size() - sent,
                                     MSG_NOSIGNAL);
        if (count <= 0)
            return; // readLine() sees it, too
        sent += static_cast<size_t>(count);
    }
}

std::string_view NativeClient::ask(const std::string &fields)
{
    send(fields, "asked");
    for (;;) {
        const std::string_view line = readLine(patienceMs);
        if (contains(line, R"("re":"asked")"))
            return contains(line, accepted) ? line : std::string_view();
        if (line.empty())
            return {};
    }
}

std::string_view NativeClient::readLine(int ms)
{
    const int64_t until = steadyNs() + milliseconds(ms);
    size_t searched = m_at;
    for (;;) {
        const size_t end = m_read.find('\n', searched);
        if (end != std::string::npos) {
            const std::string_view line = std::string_view(m_read).substr(m_at, end - m_at);
            m_at = end + 1;
            return line;
        }
        m_read.erase(0, m_at);
        m_at = 0;
        searched = m_read.size();
        pollfd waiting = {m_socket, POLLIN, 0};
        const int64_t left = (until - steadyNs() + milliseconds(1) - 1) / milliseconds(1);
        if (left < 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0)
            return {};
        constexpr size_t chunk = 64 * 1024;
        m_read.resize(searched + chunk);
        const ssize_t count = ::recv(m_socket, m_read.data() + searched, chunk, 0);
        m_read.resize(searched + (count > 0 ? static_cast<size_t>(count) : 0));
        if (count <= 0)
            return {};
    }
}

int occurrences(std::string_view line, std::string_view part)
{
    int count = 0;
    for (size_t at = line.find(part); at != std::string_view::npos; at = line.find(part, at + 1))
        ++count;
    return count;
}

} // namespace teahouse::bench
