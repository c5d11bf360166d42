#include "tests/chaos/client.h"

#include <QJsonDocument>

#include <arpa/inet.h>
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
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        close();
        return false;
    }
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return true;
}

void Client::close()
{
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
        const ssize_t count = ::send(m_socket, m_unsent.constData(), size_t(m_unsent.size()),
                                     MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count <= 0)
            return;
        m_unsent.remove(0, count);
    }
}

bool Client::read(const std::function<void(const QJsonObject &)> &take, QByteArrayView skipped)
{
    flush();
    std::array<char, 65536> bytes;
    ssize_t count = 0;
    while ((count = ::recv(m_socket, bytes.data(), bytes.size(), MSG_DONTWAIT)) > 0)
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

void waitForAny(const QList<Client *> &clients, int ms)
{
    std::vector<pollfd> waiting;
    for (const Client *client : clients)
        waiting.push_back({client->socket(), POLLIN, 0});
    ::poll(waiting.data(), waiting.size(), ms);
}

} // namespace teahouse::chaos
