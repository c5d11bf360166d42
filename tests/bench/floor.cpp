/// The floor: the least that any chat server has to do. One thread, epoll, every line to
/// everybody, no names, no rooms, no protocol; what a round brings each member is one send().
///
///     teahouse_bench_floor [GROUP]
///
/// With GROUP, members are told apart in groups of so many, in the order they come: a floor under
/// rooms. `in` greets. Its memory and its safety are nobody's example: a member who does not read
/// is dropped when the kernel refuses a byte.

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

struct Member
{
    int socket = -1;
    size_t group = 0;
    std::string unfinished; ///< the beginning of a line
};

struct Group
{
    std::vector<int> sockets;
    std::string lines; ///< what the round has brought
    bool marked = false;
};

class Floor
{
public:
    explicit Floor(size_t groupSize) : m_groupSize(groupSize) { }

    /// The port, on 127.0.0.1.
    int listen();
    [[noreturn]] void run();

private:
    void accept();
    void read(size_t index);
    void drop(size_t index);
    void add(size_t group, const char *bytes, size_t size);
    void writeOut();

    static constexpr uint64_t listener = ~uint64_t(0);

    size_t m_groupSize;
    size_t m_arrived = 0;
    int m_listener = -1;
    int m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<Member> m_members; ///< by socket
    std::vector<Group> m_groups;
    std::vector<size_t> m_marked;
    std::array<char, 65536> m_bytes = {};
    std::array<epoll_event, 512> m_events = {};
};

int Floor::listen()
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    socklen_t size = sizeof address;
    if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 4096) != 0)
        return -1;
    epoll_event event = {.events = EPOLLIN, .data = {.u64 = listener}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_listener, &event);
    ::getsockname(m_listener, generic, &size);
    return ntohs(address.sin_port);
}

void Floor::run()
{
    for (;;) {
        const int count = ::epoll_wait(m_epoll, m_events.data(), int(m_events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const uint64_t whom = m_events[size_t(i)].data.u64;
            if (whom == listener)
                accept();
            else
                read(whom);
        }
        writeOut();
    }
}

void Floor::accept()
{
    for (;;) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0)
            return;
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const auto index = static_cast<size_t>(socket);
        m_members.resize(std::max(m_members.size(), index + 1));
        m_members[index] = {socket, m_groupSize > 0 ? m_arrived++ / m_groupSize : 0, {}};
        m_groups.resize(std::max(m_groups.size(), m_members[index].group + 1));
        m_groups[m_members[index].group].sockets.push_back(socket);
        epoll_event event = {.events = EPOLLIN, .data = {.u64 = index}};
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket, &event);
        ::send(socket, "in\n", 3, MSG_NOSIGNAL);
    }
}

void Floor::read(size_t index)
{
    Member &member = m_members[index];
    if (member.socket < 0)
        return;
    const ssize_t count = ::recv(member.socket, m_bytes.data(), m_bytes.size(), 0);
    if (count <= 0) {
        drop(index);
        return;
    }
    const auto size = static_cast<size_t>(count);
    const void *end = ::memrchr(m_bytes.data(), '\n', size);
    const size_t whole = end ? size_t(static_cast<const char *>(end) - m_bytes.data()) + 1 : 0;
    if (whole > 0) {
        add(member.group, member.unfinished.data(), member.unfinished.size());
        add(member.group, m_bytes.data(), whole);
        member.unfinished.clear();
    }
    member.unfinished.append(m_bytes.data() + whole, size - whole);
}

void Floor::drop(size_t index)
{
    Member &member = m_members[index];
    std::erase(m_groups[member.group].sockets, member.socket);
    ::close(member.socket);
    member = {};
}

void Floor::add(size_t group, const char *bytes, size_t size)
{
    m_groups[group].lines.append(bytes, size);
    if (!m_groups[group].marked)
        m_marked.push_back(group);
    m_groups[group].marked = true;
}

void Floor::writeOut()
{
    for (const size_t index : m_marked) {
        Group &group = m_groups[index];
        const auto size = static_cast<ssize_t>(group.lines.size());
        std::vector<int> &sockets = group.sockets;
        for (size_t i = 0; i < sockets.size(); ++i) {
            if (::send(sockets[i], group.lines.data(), size_t(size), MSG_NOSIGNAL) == size)
                continue;
            drop(static_cast<size_t>(sockets[i])); // takes it out of the list
            --i;
        }
        group.lines.clear();
        group.marked = false;
    }
    m_marked.clear();
}

} // namespace

int main(int argc, char **argv)
{
    Floor floor(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 0);
    const int port = floor.listen();
    if (port < 0) {
        std::perror("floor");
        return 1;
    }
    std::printf("listening floor 127.0.0.1 %d\nready\n", port);
    std::fflush(stdout);
    floor.run();
}
