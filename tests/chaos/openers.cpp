#include "tests/chaos/client.h"
#include "tests/chaos/rigs.h"
#include "tests/chaos/serverprocess.h"

#include <sys/socket.h>
#include <unistd.h>

#include <vector>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

constexpr double handshakeMs = 50;
constexpr int closers = 30;
constexpr int openers = 400;
constexpr int handshakes = 20;

/// 127.2.0.1 and on: everybody has an address of their own.
constexpr quint32 hostOf(int number)
{
    return (127U << 24) + (2U << 16) + static_cast<quint32>(number / 250 * 256 + number % 250 + 1);
}

/// The beginning of a TLS record that promises more: type, version, length.
constexpr std::string_view halfHello("\x16\x03\x01\x02\x00\x01\x00", 7);

/// Sockets that are closed with this object.
class Sockets
{
public:
    Sockets() = default;
    ~Sockets()
    {
        for (const int socket : m_all)
            ::close(socket);
    }
    Q_DISABLE_COPY_MOVE(Sockets)

    bool add(int number, quint16 port, std::string_view first)
    {
        const int socket = connectFrom(hostOf(number), port);
        if (socket < 0)
            return false;
        m_all.push_back(socket);
        return ::send(socket, first.data(), first.size(), MSG_NOSIGNAL)
                == static_cast<ssize_t>(first.size());
    }

private:
    std::vector<int> m_all;
};

/// Handshakes of people, one after the other, each to a login.
Times shakeHands(quint16 port, int count, int &refused)
{
    Times times;
    for (int i = 0; i < count; ++i) {
        Client client;
        const qint64 begin = steadyNs();
        const bool isOpen = client.openEncrypted(port, hostOf(20'000 + i));
        times.add(steadyNs() - begin);
        if (!isOpen || !client.logIn(u"guest%1"_s.arg(i))["ok"_L1].toBool())
            ++refused;
    }
    return times;
}

void promiseHandshakes(Report &report, quint16 port, const QString &beside)
{
    int refused = 0;
    const Times times = shakeHands(port, handshakes, refused);
    report.say(u"        %1: a handshake %2"_s.arg(beside, times.text()));
    report.promise(refused == 0, u"%1: everybody gets in"_s.arg(beside));
    report.promiseInTime(times.maxMs() <= handshakeMs,
                         u"%1: a handshake takes 50 ms at most"_s.arg(beside));
}

} // namespace

/// People shake hands beside those who begin to and leave, or say no more.
void rigOpeners(Report &report)
{
    ServerProcess server(u"none"_s);
    server.setArguments({u"--log-level"_s, u"warning"_s, u"--listen"_s, u"front:127.0.0.1:0"_s,
                         u"--set"_s, u"limits.exempt="_s});
    if (!server.start()) {
        report.promise(false, u"it starts: "_s + server.errors());
        return;
    }
    {
        Sockets gone;
        for (int i = 0; i < closers; ++i)
            gone.add(i, server.port(), halfHello);
    }
    promiseHandshakes(report, server.port(), u"30 who have come and gone"_s);

    Sockets silent;
    int open = 0;
    for (int i = 0; i < openers; ++i)
        open += silent.add(i, server.port(), halfHello) ? 1 : 0;
    report.promise(open == openers, u"400 are let in to begin a handshake"_s);
    promiseHandshakes(report, server.port(), u"400 who have begun"_s);

    // All of them go on at once, each with a record more that is none.
    std::string noHello(600, 'x');
    noHello.replace(0, halfHello.size(), halfHello);
    Sockets more;
    for (int i = 0; i < openers; ++i)
        more.add(1000 + i, server.port(), noHello);
    promiseHandshakes(report, server.port(), u"400 whose hello is none"_s);
    report.promise(server.stop() == 0, u"it stops when asked to"_s);
}

} // namespace teahouse::chaos
