#include "gui-client/link/originals/originalcodec.h"

#include "gui-client/link/originals/guestcodec.h"
#include "gui-client/link/originals/linecodec.h"
#include "gui-client/link/originals/nulcodec.h"
#include "gui-client/link/originals/relaycodec.h"
#include "gui-client/link/originals/teacodec.h"
#include "gui-client/link/originals/wxcodec.h"
#include "shared/text.h"

namespace teahouse::client {

QStringList OriginalCodec::framesOf(const QString &text)
{
    QStringList frames;
    for (const QString &line : text.split(u'\n')) {
        if (!line.trimmed().isEmpty())
            frames.append(line);
    }
    return frames;
}

Echo echoOf(ChatProtocol protocol)
{
    switch (protocol) {
    case ChatProtocol::Tea:
    case ChatProtocol::Wx:
        return Echo::Named;
    case ChatProtocol::Line:
    case ChatProtocol::Nul:
        return Echo::Silent;
    default:
        return Echo::None;
    }
}

std::unique_ptr<OriginalCodec> makeOriginalCodec(ChatProtocol protocol)
{
    switch (protocol) {
    case ChatProtocol::Tea:
        return std::make_unique<TeaCodec>();
    case ChatProtocol::Wx:
        return std::make_unique<WxCodec>();
    case ChatProtocol::Guest:
        return std::make_unique<GuestCodec>();
    case ChatProtocol::Relay:
        return std::make_unique<RelayCodec>();
    case ChatProtocol::Line:
        return std::make_unique<LineCodec>();
    case ChatProtocol::Nul:
        return std::make_unique<NulCodec>();
    case ChatProtocol::Automatic:
    case ChatProtocol::Teahouse:
        break;
    }
    return nullptr;
}

} // namespace teahouse::client
