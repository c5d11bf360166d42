#include "server/app/controldoor.h"

#include <QJsonDocument>
#include <QLocalSocket>
#include <QPointer>

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
        m_deadline.stop(); // how long it takes is up to this server
        const QByteArray line = m_socket.readLine(mostBytes + 1);
        m_door.m_carryOut(QJsonDocument::fromJson(line).object(),
                          [door = QPointer(&m_door),
                           socket = QPointer(&m_socket)](const QJsonObject &answer) {
                              const auto visit = door ? door->m_visits.find(socket)
                                                      : decltype(door->m_visits.end())();
                              if (door && socket && visit != door->m_visits.end())
                                  visit->second->write(answer);
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
};

ControlDoor::ControlDoor(Deadlines &deadlines, CarryOut carryOut, QObject *parent)
    : QObject(parent), m_deadlines(deadlines), m_carryOut(std::move(carryOut))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(1);
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
    while (connections() < mostConnections) {
        QLocalSocket *socket = m_server.nextPendingConnection();
        if (!socket)
            return;
        socket->setParent(nullptr); // the visit's
        m_visits.emplace(socket, std::make_unique<Visit>(*this, *socket));
        // It may have gone already, of which no signal comes any more.
        if (socket->state() == QLocalSocket::UnconnectedState)
            remove(socket);
        else
            connect(socket, &QLocalSocket::disconnected, this, [this, socket] { remove(socket); });
        // The same holds for what came while it waited.
        if (m_visits.contains(socket) && socket->bytesAvailable() > 0)
            emit socket->readyRead();
    }
}

void ControlDoor::remove(QLocalSocket *socket)
{
    if (m_visits.erase(socket) > 0)
        QMetaObject::invokeMethod(this, &ControlDoor::accept, Qt::QueuedConnection);
}

} // namespace teahouse::server
