#pragma once

#include "shared/request.h"

#include <QByteArray>
#include <QJsonObject>

namespace teahouse::wire {

/// Arguments as a request has them, for whoever puts them together as JSON.
Fields toFields(const QJsonObject &object);

/// A request as a native line, with its `\n`.
QByteArray encodeRequest(const Request &request);

/// The request of a native line (without its end). Never fails: what cannot be understood comes
/// back with its `refusal` set, and with the id where one could be read.
Request decodeRequest(const QByteArray &line);

} // namespace teahouse::wire
