#include "gui-client/link/originals/linecodec.h"

#include "gui-client/link/originals/codectext.h"

#include <utility>

namespace teahouse::client {

QByteArray LineCodec::say(const QString &frame) const
{
    return frame.toUtf8() + "\r\n";
}

HeardList LineCodec::quiet()
{
    return std::exchange(m_greeted, true) ? HeardList() : HeardList{heard::Ready{}};
}

void LineCodec::takeFrame(const QString &line, HeardList &heard)
{
    if (!std::exchange(m_greeted, true)) {
        const QString server = serverNameIn(line);
        heard.append(heard::Ready{server});
        if (!server.isEmpty())
            return;
    }
    heard.append(heard::Spoken{{}, line});
}

} // namespace teahouse::client
