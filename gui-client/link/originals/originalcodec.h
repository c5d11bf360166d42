#pragma once

#include "gui-client/link/originals/heard.h"
#include "shared/chatprotocol.h"

#include <QByteArrayView>

#include <memory>

namespace teahouse::client {

/// One connection's share of an original protocol: bytes to what they mean, wishes to bytes. Knows
/// neither sockets nor time. Bytes may come in pieces of any size and mean the same.
class OriginalCodec
{
public:
    virtual ~OriginalCodec() = default;

    /// The connection stands.
    virtual HeardList opened() { return {}; }
    virtual HeardList take(QByteArrayView bytes) = 0;

    /// Nothing has come for a while: whatever has no end of its own has ended.
    virtual HeardList quiet() { return {}; }
    /// Whether quiet() would have something to tell.
    virtual bool isUnsettled() const { return false; }

    /// Where names are asked for; after heard::Ready.
    virtual QByteArray login(const QString &) { return {}; }

    /// The frames of a text, one a line: a NUL frame could hold several, but not every server
    /// passes them on as one. None for a text that is nothing but blank lines.
    static QStringList framesOf(const QString &text);
    virtual QByteArray say(const QString &frame) const = 0;

    /// Empty where the protocol has no word for it.
    virtual QByteArray look() { return {}; }
    virtual QByteArray who() { return {}; }
    virtual QByteArray logout() const { return {}; }
};

/// How one hears of one's own words.
enum class Echo {
    None,   ///< not at all: sent is all there is to know
    Named,  ///< they come back under one's own name
    Silent, ///< they come back without saying whose they are, or under an address
};

Echo echoOf(ChatProtocol protocol);

/// The codec of an original protocol.
std::unique_ptr<OriginalCodec> makeOriginalCodec(ChatProtocol protocol);

} // namespace teahouse::client
