/// The chat that everybody writes first with Qt: QTcpServer, a QTcpSocket each, the stock event
/// loop. Every line to everybody; `in` greets. It is measured for reference only.

#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QTcpServer server;
    QList<QTcpSocket *> members;
    server.setListenBacklogSize(4096);
    server.listen(QHostAddress::LocalHost, 0);
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        while (QTcpSocket *socket = server.nextPendingConnection()) {
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            members.append(socket);
            socket->write("in\n");
            QObject::connect(socket, &QTcpSocket::readyRead, &server, [&, socket] {
                while (socket->canReadLine()) {
                    const QByteArray line = socket->readLine();
                    for (QTcpSocket *member : std::as_const(members))
                        member->write(line);
                }
            });
            QObject::connect(socket, &QTcpSocket::disconnected, &server, [&, socket] {
                members.removeOne(socket);
                socket->deleteLater();
            });
        }
    });
    std::printf("listening qtcp 127.0.0.1 %d\nready\n", server.serverPort());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
