#include "server/app/sdnotify.h"

#include <QFile>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

namespace teahouse::server {

bool notifySystemd(const QString &socket, QByteArrayView state)
{
    const QByteArray path = QFile::encodeName(socket);
    if (path.isEmpty())
        return true;
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= qsizetype(sizeof(address.sun_path))) {
        errno = ENAMETOOLONG;
        return false;
    }
    std::copy(path.begin(), path.end(), address.sun_path);
    if (path.startsWith('@')) // a name without a file
        address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path)
                                               + size_t(path.size()));
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return false;
    const ssize_t sent = ::sendto(descriptor, state.data(), size_t(state.size()), MSG_NOSIGNAL,
                                  reinterpret_cast<const sockaddr *>(&address), length);
    ::close(descriptor);
    return sent == state.size();
}

} // namespace teahouse::server
