#include "server/dialects/lineends.h"

#include <utility>

namespace teahouse::server {

QByteArray LineEnds::unified(QByteArrayView bytes)
{
    if (!m_isBehindCr && !bytes.contains('\r'))
        return bytes.toByteArray();
    QByteArray lines;
    lines.reserve(bytes.size() + 1);
    for (const char byte : bytes) {
        const bool isBehindCr = std::exchange(m_isBehindCr, byte == '\r');
        if (byte == '\n' && isBehindCr)
            continue;
        lines.append(byte);
        if (byte == '\r')
            lines.append('\n');
    }
    return lines;
}

} // namespace teahouse::server
