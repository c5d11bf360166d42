#pragma once

#include "shared/event.h"

#include <QJsonObject>

#include <optional>

namespace teahouse::wire {

/// An event as a native line, with its `\n`.
QByteArray encodeEvent(const Event &event, Side side);

/// The same for the side of one's own, when encodeEvent() has made `other` for the others.
QByteArray encodeOwnEvent(const Event &event, QByteArrayView other);

/// The event of a native object; nothing for a kind this program does not know.
std::optional<Event> decodeEvent(const QJsonObject &object);

} // namespace teahouse::wire
