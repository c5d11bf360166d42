#pragma once

#include <QStringList>
#include <QStringView>

namespace teahouse::client {

/// Whether `text` speaks to `name`: as `@NAME`, unless a longer one of `names` stands there, or as
/// NAME where that is a word. Upper and lower case are the same (docs/protocol.md, "Mentions").
bool isMentioned(QStringView text, QStringView name, const QStringList &names = {});

} // namespace teahouse::client
