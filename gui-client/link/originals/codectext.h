#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace teahouse::client {

/// Bytes of a frame as clean text; what is not UTF-8 in them is replaced.
QString decodedText(QByteArrayView bytes);

/// The same in one line.
QString decodedLine(QByteArrayView bytes);

/// The name behind `Welcome to `; empty for another line.
QString serverNameIn(const QString &greeting);

/// A speaker of a protocol that knows addresses. Port 0 stands for somebody with a name.
QString speakerLabel(const QString &host, const QString &port);

/// The speaker of a Python address, `'HOST', PORT`, with the further numbers that IPv6 has.
std::optional<QString> speakerOfTuple(const QString &tuple);

/// The speaker of `HOST:PORT`, wherever else there are colons.
std::optional<QString> speakerOfPair(const QString &pair);

} // namespace teahouse::client
