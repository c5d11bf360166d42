#include "tests/chaos/client.h"

#include <QJsonDocument>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <utility>
#include <vector>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

qint64 steadyNs()
{
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

bool Client::open(quint16 port)
{
    close();
    m_socket = connectFrom(INADDR_LOOPBACK, port);
    return m_socket >= 0;
}

bool Client::openEncrypted(quint16 port, quint32 from)
{
    close();
    m_socket = connectFrom(from, port);
    if (m_socket < 0)
        return false;
    m_tls = std::make_unique<bench::TlsWire>(m_socket);
    if (m_tls->shakeHands() != bench::TlsWire::Step::Done) {
        close();
        return false;
    }
    ::fcntl(m_socket, F_SETFL, ::fcntl(m_socket, F_GETFL) | O_NONBLOCK);
    return true;
}

void Client::close()
{
    m_tls.reset();
    if (m_socket >= 0)
        ::close(std::exchange(m_socket, -1));
    m_unread.clear();
    m_unsent.clear();
}

void Client::send(const QJsonObject &request)
{
    m_unsent += QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n';
    flush();
}

void Client::flush()
{
    while (!m_unsent.isEmpty()) {
        const ssize_t count = sendSome();
        if (count <= 0)
            return;
        m_unsent.remove(0, count);
    }
}

ssize_t Client::sendSome()
{
    const auto size = static_cast<size_t>(m_unsent.size());
    return m_tls ? m_tls->write(m_unsent.constData(), size)
                 : ::send(m_socket, m_unsent.constData(), size, MSG_NOSIGNAL | MSG_DONTWAIT);
}

ssize_t Client::readSome(std::span<char> bytes)
{
    return m_tls ? m_tls->read(bytes.data(), bytes.size())
                 : ::recv(m_socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
}

bool Client::read(const std::function<void(const QJsonObject &)> &take, QByteArrayView skipped)
{
    flush();
    std::array<char, 65536> bytes;
    ssize_t count = 0;
    while ((count = readSome(bytes)) > 0)
        m_unread.append(bytes.data(), count);
    const bool hasEnded = count == 0 || (errno != EAGAIN && errno != EINTR);
    qsizetype begin = 0;
    for (qsizetype end = 0; (end = m_unread.indexOf('\n', begin)) >= 0; begin = end + 1) {
        const QByteArray line = m_unread.sliced(begin, end - begin);
        if (line.startsWith('{') && (skipped.isEmpty() || !line.contains(skipped)))
            take(QJsonDocument::fromJson(line).object());
    }
    m_unread.remove(0, begin);
    return !hasEnded;
}

QJsonObject Client::ask(QJsonObject request)
{
    request["id"_L1] = u"asked"_s;
    send(request);
    QJsonObject answer;
    const qint64 until = steadyNs() + 10'000 * nsPerMs;
    while (answer.isEmpty() && steadyNs() < until) {
        waitForAny({this}, 100);
        const auto take = [&answer](const QJsonObject &line) {
            if (line["re"_L1] == "asked"_L1)
                answer = line;
        };
        if (!read(take))
            break;
    }
    return answer;
}

QJsonObject Client::logIn(const QString &name, const QString &resume)
{
    const QString epoch = ask({{"do"_L1, "hello"_L1}})["epoch"_L1].toString();
    QJsonObject request{{"do"_L1, "login"_L1}, {"name"_L1, name}};
    if (!resume.isEmpty())
        request["resume"_L1] = resume;
    QJsonObject answer = ask(request);
    answer["epoch"_L1] = epoch;
    return answer;
}

int connectFrom(quint32 from, quint16 port)
{
    const auto address = [](quint32 host, quint16 atPort) {
        sockaddr_in made = {};
        made.sin_family = AF_INET;
        made.sin_port = htons(atPort);
        made.sin_addr.s_addr = htonl(host);
        return made;
    };
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    const sockaddr_in own = address(from, 0);
    const sockaddr_in server = address(INADDR_LOOPBACK, port);
    if (::bind(socket, reinterpret_cast<const sockaddr *>(&own), sizeof own) == 0
        && ::connect(socket, reinterpret_cast<const sockaddr *>(&server), sizeof server) == 0)
        return socket;
    ::close(socket);
    return -1;
}

void waitForAny(const QList<Client *> &clients, int ms)
{
    std::vector<pollfd> waiting;
    for (const Client *client : clients)
        waiting.push_back({client->socket(), POLLIN, 0});
    ::poll(waiting.data(), waiting.size(), ms);
}

} // namespace teahouse::chaos
