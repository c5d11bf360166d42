#include "server/net/neighbours.h"

#ifdef __linux__

#include <QNetworkInterface>

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <optional>

namespace teahouse::server {

namespace {

constexpr size_t addressSize = 16;
/// A request, or the answer about one route or neighbour, has no more bytes.
constexpr size_t messageSize = 4096;

/// A request of rtnetlink: header, a body of its kind, attributes.
template <typename Body>
class Question
{
public:
    Question(quint16 type, const Body &body)
    {
        m_header.nlmsg_type = type;
        m_header.nlmsg_flags = NLM_F_REQUEST;
        m_bytes.append(reinterpret_cast<const char *>(&body), sizeof body);
        m_bytes.resize(NLMSG_ALIGN(m_bytes.size()));
    }

    void add(quint16 type, const void *value, size_t size)
    {
        const rtattr attribute = {static_cast<quint16>(RTA_LENGTH(size)), type};
        m_bytes.append(reinterpret_cast<const char *>(&attribute), sizeof attribute);
        m_bytes.append(static_cast<const char *>(value), static_cast<qsizetype>(size));
        m_bytes.resize(NLMSG_ALIGN(m_bytes.size()));
    }

    QByteArray message(quint32 sequence)
    {
        m_header.nlmsg_seq = sequence;
        m_header.nlmsg_len = static_cast<quint32>(NLMSG_LENGTH(m_bytes.size()));
        return QByteArray(reinterpret_cast<const char *>(&m_header), sizeof m_header) + m_bytes;
    }

private:
    nlmsghdr m_header = {};
    QByteArray m_bytes;
};

/// An answer: its body and the attributes behind it.
template <typename Body>
class Answer
{
public:
    /// Nothing when the bytes are no such message.
    static std::optional<Answer> parse(const QByteArray &bytes, quint16 type)
    {
        nlmsghdr header = {};
        if (bytes.size() < qsizetype(NLMSG_LENGTH(sizeof(Body))))
            return std::nullopt;
        std::memcpy(&header, bytes.constData(), sizeof header);
        if (header.nlmsg_type != type || qsizetype(header.nlmsg_len) > bytes.size())
            return std::nullopt;
        Answer answer;
        std::memcpy(&answer.body, bytes.constData() + NLMSG_LENGTH(0), sizeof answer.body);
        answer.m_attributes = bytes.first(qsizetype(header.nlmsg_len))
                                      .sliced(qsizetype(NLMSG_LENGTH(NLMSG_ALIGN(sizeof(Body)))));
        return answer;
    }

    /// The value of the first attribute of a type; empty: there is none.
    QByteArray attribute(quint16 type) const
    {
        qsizetype at = 0;
        rtattr header = {};
        while (at + qsizetype(sizeof header) <= m_attributes.size()) {
            std::memcpy(&header, m_attributes.constData() + at, sizeof header);
            if (header.rta_len < sizeof header || at + header.rta_len > m_attributes.size())
                break;
            if ((header.rta_type & NLA_TYPE_MASK) == type)
                return m_attributes.mid(at + qsizetype(RTA_LENGTH(0)),
                                        qsizetype(header.rta_len - RTA_LENGTH(0)));
            at += qsizetype(RTA_ALIGN(header.rta_len));
        }
        return {};
    }

    Body body = {};

private:
    QByteArray m_attributes;
};

/// Sends a request and takes its answer, which the kernel has ready at once; empty: none.
QByteArray ask(int socket, const QByteArray &message, quint32 sequence)
{
    if (::send(socket, message.constData(), size_t(message.size()), MSG_DONTWAIT | MSG_NOSIGNAL)
        != message.size())
        return {};
    std::array<char, messageSize> buffer;
    ssize_t size = 0;
    while ((size = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT)) > 0) {
        nlmsghdr header = {};
        if (size_t(size) < sizeof header)
            break;
        std::memcpy(&header, buffer.data(), sizeof header);
        if (header.nlmsg_seq == sequence) // and not the answer to an earlier one
            return {buffer.data(), size};
    }
    return {};
}

/// The number of the interface in an answer's attribute; 0: none.
quint32 indexIn(const QByteArray &value)
{
    quint32 index = 0;
    if (value.size() == sizeof index)
        std::memcpy(&index, value.constData(), sizeof index);
    return index;
}

} // namespace

Neighbours::Neighbours()
    : m_socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE))
{
}

Neighbours::~Neighbours()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

QByteArray Neighbours::identityOf(const QHostAddress &address)
{
    const Way way = m_socket < 0 ? Way() : wayTo(address);
    if (way.interface == 0 || way.isRouted)
        return {};
    const QByteArray number(reinterpret_cast<const char *>(&way.interface), sizeof way.interface);
    if (way.isOwn)
        return number;
    const QByteArray link = linkAddress(address, way.interface);
    return link.isEmpty() ? QByteArray() : number + link;
}

Neighbours::Way Neighbours::wayTo(const QHostAddress &address)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    rtmsg body = {};
    body.rtm_family = AF_INET6;
    body.rtm_dst_len = 128;
    Question<rtmsg> question(RTM_GETROUTE, body);
    question.add(RTA_DST, bytes.c, addressSize);
    if (!address.scopeId().isEmpty()) {
        const int scope = QNetworkInterface::interfaceIndexFromName(address.scopeId());
        question.add(RTA_OIF, &scope, sizeof scope);
    }
    const QByteArray message = question.message(++m_sequence);
    const auto route = Answer<rtmsg>::parse(ask(m_socket, message, m_sequence), RTM_NEWROUTE);
    if (!route)
        return {};
    return {indexIn(route->attribute(RTA_OIF)), route->body.rtm_type == RTN_LOCAL,
            !route->attribute(RTA_GATEWAY).isEmpty() || !route->attribute(RTA_VIA).isEmpty()};
}

QByteArray Neighbours::linkAddress(const QHostAddress &address, quint32 interface)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    ndmsg body = {};
    body.ndm_family = AF_INET6;
    body.ndm_ifindex = static_cast<int>(interface);
    Question<ndmsg> question(RTM_GETNEIGH, body);
    question.add(NDA_DST, bytes.c, addressSize);
    const QByteArray message = question.message(++m_sequence);
    const auto neighbour = Answer<ndmsg>::parse(ask(m_socket, message, m_sequence), RTM_NEWNEIGH);
    return neighbour ? neighbour->attribute(NDA_LLADDR) : QByteArray();
}

} // namespace teahouse::server

#else

namespace teahouse::server {

Neighbours::Neighbours() = default;
Neighbours::~Neighbours() = default;

QByteArray Neighbours::identityOf(const QHostAddress &)
{
    return {};
}

Neighbours::Way Neighbours::wayTo(const QHostAddress &)
{
    return {};
}

QByteArray Neighbours::linkAddress(const QHostAddress &, quint32)
{
    return {};
}

} // namespace teahouse::server

#endif
