#include "tests/bench/encrypted.h"

#include "tests/bench/clock.h"
#include "tests/bench/talk.h"
#include "tests/bench/tlswire.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace teahouse::bench {

namespace {

/// One after the other, each with a connection of its own; what counts is the server's time.
class Handshakes : public OneStepLoad
{
public:
    Handshakes(bool resumed, int count) : m_resumed(resumed), m_count(count) { }

    std::vector<Figure> figures() const override
    {
        Figure figure{m_resumed ? "resumed TLS handshakes" : "TLS handshakes", "a second of CPU"};
        // A millisecond each at most, in the loop that serves everybody.
        figure.encrypted = Budget{Budget::Of::AtLeast, 1000};
        return {figure};
    }
    bool suits(const Candidate &candidate) const override
    {
        return candidate.isEncrypted() && candidate.isOurs();
    }

protected:
    std::vector<Sample> run(const Candidate &candidate) const override
    {
        const RunningServer server = candidate.start(0);
        if (!server.isUp())
            return failed("the server did not start", 1);
        TlsWire::Session session;
        for (int i = 0; i < warming; ++i)
            session = TlsVisit(server.port, nullptr).wire().session();
        const int64_t before = server.process.cpuNs();
        int wrong = 0;
        for (int i = 0; i < m_count; ++i) {
            const TlsVisit visit(server.port, m_resumed ? session.get() : nullptr);
            wrong += visit.isGreeted() && visit.wire().isResumed() == m_resumed ? 0 : 1;
            session = visit.wire().session();
        }
        const auto used = static_cast<double>(server.process.cpuNs() - before);
        Sample sample{.value = m_count * 1e9 / std::max(1.0, used)};
        if (wrong > 0)
            sample.problem = std::to_string(wrong) + " were no such handshakes";
        return {sample};
    }

private:
    static constexpr int warming = 20;

    bool m_resumed;
    int m_count;
};

/// At the door `front`.
class Greeting : public OneStepLoad
{
public:
    explicit Greeting(std::string program) : m_program(std::move(program)) { }

    std::vector<Figure> figures() const override
    {
        return {{"front: greeting of who is silent", "ms", {Budget::Of::Value, 220}},
                {"front: answer to who speaks first", "ms", {Budget::Of::Value, 5}}};
    }
    bool suits(const Candidate &candidate) const override
    {
        return candidate.isOurs() && candidate.name() == "tea";
    }
    std::string who(const Candidate &) const override { return "teahoused"; }

protected:
    std::vector<Sample> run(const Candidate &) const override
    {
        const RunningServer server = startTeahoused(m_program, "none", "front");
        if (!server.isUp())
            return failed("the server did not start", 2);
        return {wait(server.port, {}), wait(server.port, "{\"do\":\"hello\"}\r\n")};
    }

private:
    static Sample wait(uint16_t port, std::string_view first)
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        const timeval patience = {5, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const int64_t begin = steadyNs();
        ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address);
        if (!first.empty())
            ::send(socket, first.data(), first.size(), MSG_NOSIGNAL);
        std::array<char, 4096> bytes;
        const ssize_t count = ::recv(socket, bytes.data(), bytes.size(), 0);
        const double ms = static_cast<double>(steadyNs() - begin) / 1e6;
        ::close(socket);
        return {.value = ms, .problem = count > 0 ? "" : "nothing came"};
    }

    std::string m_program;
};

} // namespace

void addHandshakes(Loads &loads, Size size)
{
    const int count = size == Size::Full ? 2000 : 500;
    for (const bool resumed : {false, true})
        loads.push_back(std::make_unique<Handshakes>(resumed, count));
}

void addGreetings(Loads &loads, const std::string &program)
{
    loads.push_back(std::make_unique<Greeting>(program));
}

} // namespace teahouse::bench
