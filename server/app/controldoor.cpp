#include "server/app/controldoor.h"

#include <QJsonDocument>
#include <QLocalSocket>
#include <QPointer>

namespace teahouse::server {

using namespace Qt::StringLiterals;

ControlDoor::ControlDoor(CarryOut carryOut, QObject *parent)
    : QObject(parent), m_carryOut(std::move(carryOut))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &ControlDoor::accept);
}

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
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(*socket); });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void ControlDoor::read(QLocalSocket &socket)
{
    if (!socket.canReadLine()) {
        if (socket.bytesAvailable() > mostBytes)
            socket.abort();
        return;
    }
    disconnect(&socket, &QLocalSocket::readyRead, this, nullptr); // one request
    const QByteArray line = socket.readLine(mostBytes);
    m_carryOut(QJsonDocument::fromJson(line).object(),
               [answering = QPointer(&socket)](const QJsonObject &answer) {
                   if (!answering)
                       return;
                   answering->write(QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n');
                   answering->disconnectFromServer();
               });
}

} // namespace teahouse::server
