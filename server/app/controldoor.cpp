#include "server/app/controldoor.h"

#include <QJsonDocument>
#include <QLocalSocket>
#include <QPointer>

#include <sys/socket.h>

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// One connection: a request, then its answer.
class ControlDoor::Visit final : private DeadlineHandler
{
public:
    Visit(ControlDoor &door, QLocalSocket &socket)
        : m_door(door), m_socket(socket), m_deadline(door.m_deadlines, *this)
    {
        m_socket.setReadBufferSize(mostBytes);
        wait();
        connect(&m_socket, &QLocalSocket::readyRead, &m_door, [this] { read(); });
    }
    ~Visit() override { m_socket.deleteLater(); }
    Q_DISABLE_COPY_MOVE(Visit)

    const QLocalSocket *socket() const { return &m_socket; }

    /// Whether no whole request has come. An answer is not cut off.
    bool isSilent() const { return !m_hasAsked; }

    /// Takes what has come meanwhile; may end the visit.
    void look() { m_socket.waitForReadyRead(0); }

    /// Ends the visit.
    void giveWay() { m_socket.abort(); }

private:
    void onDeadline() override { m_socket.abort(); }

    void wait() { m_deadline.startAt(m_door.m_deadlines.clock().steady() + patience.count()); }

    void read()
    {
        if (!m_socket.canReadLine()) {
            if (m_socket.bytesAvailable() >= mostBytes)
                m_socket.abort();
            return;
        }
        disconnect(&m_socket, &QLocalSocket::readyRead, &m_door, nullptr); // one request
        m_hasAsked = true;
        m_deadline.stop(); // how long it takes is up to this server
        const QByteArray line = m_socket.readLine(mostBytes + 1);
        m_door.m_carryOut(QJsonDocument::fromJson(line).object(),
                          [door = QPointer(&m_door),
                           socket = QPointer(&m_socket)](const QJsonObject &answer) {
                              if (Visit *visit = door ? door->find(socket) : nullptr)
                                  visit->write(answer);
                          });
    }

    void write(const QJsonObject &answer)
    {
        wait();
        m_socket.write(QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n');
        m_socket.disconnectFromServer();
    }

    ControlDoor &m_door;
    QLocalSocket &m_socket;
    Deadline m_deadline;
    bool m_hasAsked = false;
};

ControlDoor::ControlDoor(Deadlines &deadlines, CarryOut carryOut, QObject *parent)
    : QObject(parent), m_deadlines(deadlines), m_carryOut(std::move(carryOut))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(1);
    m_server.setListenBacklogSize(SOMAXCONN);
    connect(&m_server, &QLocalServer::newConnection, this, &ControlDoor::accept);
}

ControlDoor::~ControlDoor() = default;

QString ControlDoor::path(const QString &folder)
{
    return folder + u"/control.sock"_s;
}

bool ControlDoor::open(const QString &folder)
{
    // Of a server that was killed: whoever holds the folder's lock is the only one.
    QLocalServer::removeServer(path(folder));
    return m_server.listen(path(folder));
}

void ControlDoor::accept()
{
    while (m_server.hasPendingConnections() && (connections() < mostConnections || makePlace())) {
        QLocalSocket *socket = m_server.nextPendingConnection();
        socket->setParent(nullptr); // the visit's
        m_visits.push_back(std::make_unique<Visit>(*this, *socket));
        // It may have gone already, of which no signal comes any more.
        if (socket->state() == QLocalSocket::UnconnectedState)
            remove(socket);
        else
            connect(socket, &QLocalSocket::disconnected, this, [this, socket] { remove(socket); });
        // The same holds for what came while it waited.
        if (find(socket) && socket->bytesAvailable() > 0)
            emit socket->readyRead();
    }
}

/// Ends the visit whose peer has been silent longest. False: there is none.
bool ControlDoor::makePlace()
{
    std::vector<const QLocalSocket *> sockets;
    sockets.reserve(m_visits.size());
    for (const auto &visit : m_visits)
        sockets.push_back(visit->socket());
    for (const QLocalSocket *socket : sockets) {
        if (Visit *visit = find(socket))
            visit->look();
        Visit *visit = find(socket);
        if (visit && visit->isSilent())
            visit->giveWay();
        if (connections() < mostConnections)
            return true;
    }
    return false;
}

ControlDoor::Visit *ControlDoor::find(const QLocalSocket *socket)
{
    const auto found = std::find_if(m_visits.begin(), m_visits.end(), [socket](const auto &visit) {
        return visit->socket() == socket;
    });
    return found == m_visits.end() ? nullptr : found->get();
}

void ControlDoor::remove(const QLocalSocket *socket)
{
    if (std::erase_if(m_visits, [socket](const auto &visit) { return visit->socket() == socket; }))
        QMetaObject::invokeMethod(this, &ControlDoor::accept, Qt::QueuedConnection);
}

} // namespace teahouse::server
