#pragma once

#include <QByteArrayView>

#include <optional>

namespace teahouse::server {

/// Tells what strikes up another protocol at a door for lines: a browser, or a TLS client at a
/// plain port. Gives the one line to answer before the close, without its end.
std::optional<QByteArrayView> foreignGreeting(QByteArrayView firstBytes);

} // namespace teahouse::server
