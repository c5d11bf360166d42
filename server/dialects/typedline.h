#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace teahouse::server {

/// What the bytes of a terminal mean.
enum class Charset { Utf8, Gb18030 };

/// What a line says that somebody typed at a terminal: without what was taken back (by backspace or
/// DEL the last character, by Ctrl+U all, by Ctrl+W the last word; a character is what is seen as
/// one, a grapheme cluster) and without the escape sequences of keys. Other control characters may
/// be left. Nothing when there is something left that is no text in the charset.
std::optional<QString> typedText(QByteArrayView line, Charset charset);

} // namespace teahouse::server
