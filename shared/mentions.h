#pragma once

#include <QList>
#include <QStringView>

#include <functional>

namespace teahouse {

/// Gives a number of the caller's own for whoever bears a folded name; 0: nobody does.
using Named = std::function<quint64(QStringView folded)>;

/// Whom a text means, each once and at most limits::mentions of them: `@NAME`, the longest name
/// that fits, or NAME where it stands as a word (docs/protocol.md, "Mentions"). Every name that may
/// stand in Chinese is asked for, some limits::name for each letter; `named` has to be quick.
QList<quint64> mentionedIn(QStringView text, const Named &named);

} // namespace teahouse
