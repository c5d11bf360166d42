#pragma once

#include <QByteArrayView>
#include <QString>

namespace teahouse::server {

/// Tells systemd of a state, `READY=1` for instance, by one datagram to the socket that it names
/// in `$NOTIFY_SOCKET`: sd_notify(3). Its library is not needed for twenty lines. Does nothing
/// when `socket` is empty; false when the datagram could not be sent (errno).
bool notifySystemd(const QString &socket, QByteArrayView state);

} // namespace teahouse::server
