#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <array>

/// Pieces that the native wire codecs share.
namespace teahouse::wire {

/// The object in one line, with its `\n`.
QByteArray toLine(const QJsonObject &object);

/// The same of what the server sends: all texts in it are cleaned (cleanText()), wherever they are
/// from.
QByteArray toCleanLine(const QJsonObject &object);

/// A number or other integer that JSON holds exactly; 0 when absent or out of range.
quint64 toNumber(const QJsonValue &value);

/// RFC 3339 in UTC with milliseconds, and back; 0 for what is no such time.
std::array<char, 24> timeText(qint64 ms);
QString toTime(qint64 ms);
qint64 fromTime(const QString &text);

} // namespace teahouse::wire
