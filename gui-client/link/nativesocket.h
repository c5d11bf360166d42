#pragma once

#include "gui-client/link/linkfailure.h"
#include "gui-client/link/serveraddress.h"
#include "shared/framereader.h"
#include "shared/request.h"

#include <QJsonObject>
#include <QTcpSocket>

namespace teahouse::client {

/// One connection to a server, as JSON objects instead of bytes. Skips the server's greeting,
/// bounds what it reads, and notices a server that speaks something else. Long input is handed on
/// in slices, so that a flooding server does not hold up the windows. Knows neither verbs nor who
/// is logged in.
class NativeSocket : public QObject
{
    Q_OBJECT

public:
    explicit NativeSocket(QObject *parent = nullptr);
    ~NativeSocket() override;

    /// Connects, to each address of the host in turn. Ends what was there before without a signal.
    void open(const ServerAddress &address);

    void send(const Request &request);

    /// Ends without a signal; what is not written yet is lost.
    void abort();

signals:
    void opened();
    /// Some bytes have come, not necessarily a whole object.
    void heard();
    void received(const QJsonObject &object);
    /// The connection is over, or never came about. Not after abort().
    void ended(const LinkFailure &failure);

private:
    void read();
    void takeSlice();
    void takeFrame(const QByteArray &frame);
    void socketEnded(LinkFailure::Kind kind);
    void fail(LinkFailure::Kind kind);

    QTcpSocket m_socket;
    FrameReader m_reader;
    std::optional<LinkFailure> m_end; ///< the socket is gone; told once all input is handed on
    quint64 m_connection = 0;         ///< tells a signal handler's new connection from the old one
    bool m_slicing = false;           ///< the rest of the input waits for the event loop
    bool m_greeted = false;           ///< the one line that is not JSON has come
    bool m_spoken = false;            ///< a JSON object has come
};

} // namespace teahouse::client
