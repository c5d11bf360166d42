#include "server/dialects/lineends.h"

#include <utility>

namespace teahouse::server {

QByteArray LineEnds::unified(QByteArrayView bytes)
{
    if (!m_isBehindCr && !bytes.contains('\r'))
        return bytes.toByteArray();
    QByteArray lines;
    lines.reserve(bytes.size() + 1);
    while (!bytes.isEmpty()) {
        if (std::exchange(m_isBehindCr, false) && bytes.front() == '\n')
            bytes = bytes.sliced(1);
        const qsizetype cr = bytes.indexOf('\r');
        if (cr < 0)
            return lines.append(bytes);
        lines.append(bytes.first(cr + 1)).append('\n');
        bytes = bytes.sliced(cr + 1);
        m_isBehindCr = true;
    }
    return lines;
}

} // namespace teahouse::server
