#pragma once

#include <QList>
#include <QStringView>

#include <functional>

namespace teahouse {

/// Gives a number of the caller's own for whoever bears a folded name; 0: nobody does.
using Named = std::function<quint64(QStringView folded)>;

/// Whom a text means, each once and at most limits::mentions of them: `@NAME`, the longest name
/// that fits, or NAME between characters that are neither letters nor digits
/// (docs/protocol.md, "Mentions").
QList<quint64> mentionedIn(QStringView text, const Named &named);

} // namespace teahouse
