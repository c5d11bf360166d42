#pragma once

#include <QJsonObject>
#include <QLocalServer>

#include <functional>

class QLocalSocket;

namespace teahouse::server {

/// How `teahoused user` reaches a running server: a socket in the data folder that only its owner
/// can open (0600). One request a connection, a line of JSON each way.
class ControlDoor : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 mostBytes = 64 * 1024; ///< of a request

    using CarryOut = std::function<void(const QJsonObject &, std::function<void(QJsonObject)>)>;

    explicit ControlDoor(CarryOut carryOut, QObject *parent = nullptr);

    /// The socket of a data folder.
    static QString path(const QString &folder);

    /// False: `teahoused user` has to wait until the server is stopped; errorText() says why.
    bool open(const QString &folder);
    QString errorText() const { return m_server.errorString(); }

private:
    void accept();
    void read(QLocalSocket &socket);

    CarryOut m_carryOut;
    QLocalServer m_server;
};

} // namespace teahouse::server
