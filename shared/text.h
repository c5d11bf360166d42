#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>

namespace teahouse {

/// Text that may be shown and passed on: line ends become `\n`, a tab four blanks; every other
/// control character, noncharacter and lone surrogate is left out.
QString cleanText(QStringView text);

/// The same in one line: line ends become blanks.
QString cleanLine(QStringView text);

/// The length as people count it, in Unicode code points.
int codePoints(QStringView text);

/// The length in bytes of UTF-8.
qsizetype utf8Size(QStringView text);

/// UTF-8 bytes as text; nothing when they are not UTF-8.
std::optional<QString> fromUtf8(QByteArrayView bytes);

} // namespace teahouse
