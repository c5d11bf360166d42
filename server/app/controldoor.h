#pragma once

#include "server/net/deadlines.h"

#include <QJsonObject>
#include <QLocalServer>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

class QLocalSocket;

namespace teahouse::server {

/// How `teahoused user` reaches a running server: a socket in the data folder that only its owner
/// can open (0600). One request a connection, a line of JSON each way. A few connections at once;
/// for a further one the peer that has been silent longest gives way, or, when each has asked for
/// something, it waits with the kernel. Each has its time.
class ControlDoor : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 mostBytes = 64 * 1024; ///< of a request
    static constexpr int mostConnections = 8;      ///< at once
    /// In which a request has to come whole, and once it is answered the answer has to be taken.
    static constexpr std::chrono::milliseconds patience = std::chrono::seconds(10);

    using CarryOut = std::function<void(const QJsonObject &, std::function<void(QJsonObject)>)>;

    ControlDoor(Deadlines &deadlines, CarryOut carryOut, QObject *parent = nullptr);
    ~ControlDoor() override;

    /// The socket of a data folder.
    static QString path(const QString &folder);

    /// False: `teahoused user` has to wait until the server is stopped; errorText() says why.
    bool open(const QString &folder);
    QString errorText() const { return m_server.errorString(); }

    /// Connections that are being served.
    qsizetype connections() const { return qsizetype(m_visits.size()); }

private:
    class Visit;

    void accept();
    bool makePlace();
    Visit *find(const QLocalSocket *socket);
    void remove(const QLocalSocket *socket);

    Deadlines &m_deadlines;
    CarryOut m_carryOut;
    QLocalServer m_server;
    std::vector<std::unique_ptr<Visit>> m_visits; ///< in the order in which they came
};

} // namespace teahouse::server
