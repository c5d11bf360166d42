#pragma once

#include <QList>
#include <QString>

#include <utility>

namespace teahouse::client {

/// The words of what somebody searches for. Chinese has no blanks: a piece of it is one word.
QStringList searchWords(const QString &text);

/// Where the words stand in a text, in upper and lower case alike and not within other words: start
/// and length, in order and without overlaps.
QList<std::pair<qsizetype, qsizetype>> findWords(const QString &text, const QStringList &words);

} // namespace teahouse::client
