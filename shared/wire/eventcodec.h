#pragma once

#include "shared/event.h"

#include <QJsonObject>

#include <optional>

namespace teahouse::wire {

/// An event as a native line, with its `\n`.
QByteArray encodeEvent(const Event &event, Side side);

/// The event of a native object; nothing for a kind this program does not know.
std::optional<Event> decodeEvent(const QJsonObject &object);

} // namespace teahouse::wire
