#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>

namespace teahouse {

/// Whether a character may be shown and passed on: letters, marks, digits, signs, blanks, what is
/// for private use, and what a later Unicode may add. Not: control characters, line and paragraph
/// separators, halves of surrogate pairs, noncharacters, and whatever is invisible by itself (all
/// that turns the direction of writing, tags, the soft hyphen, the zero width space), besides the
/// joiner and the non-joiner, without which emoji and many scripts fall apart.
bool mayBeShown(char32_t c);

/// Text without the escape sequences of terminals, each as a whole (ECMA-48, 5; for their forms see
/// text.cpp). One that is not finished ends where its line does.
QString withoutEscapes(QStringView text);

/// Whether cleanText() has nothing to do, told at a glance; of some texts it says no all the same.
bool isPlainText(QStringView text);

/// Text that may be shown and passed on: line ends become `\n`, a tab four blanks; escape sequences
/// and every other character that may not be shown are left out.
QString cleanText(QStringView text);

/// The same in one line: line ends become blanks.
QString cleanLine(QStringView text);

/// What of a text that is ready to be sent may leave: CR and LF, which lines need, stay as they
/// are, and everything else is as in cleanText().
QString cleanOutput(QStringView text);

/// The length as people count it, in Unicode code points.
int codePoints(QStringView text);

/// The length in bytes of UTF-8.
qsizetype utf8Size(QStringView text);

/// UTF-8 bytes as text; nothing when they are not UTF-8.
std::optional<QString> fromUtf8(QByteArrayView bytes);

} // namespace teahouse
