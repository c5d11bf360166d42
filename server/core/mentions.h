#pragma once

#include "server/core/store.h"

#include <QStringView>

#include <functional>

namespace teahouse::server {

/// Gives the user who is meant by a folded name; 0: nobody.
using NamedUser = std::function<UserId(QStringView folded)>;

/// Whom a text means, each once and at most limits::mentions of them: `@NAME`, the longest name
/// that fits, or NAME between characters that are neither letters nor digits
/// (docs/protocol.md, "Mentions").
QList<UserId> mentionedIn(QStringView text, const NamedUser &named);

} // namespace teahouse::server
