#pragma once

#include <QStringView>

#include <optional>

namespace teahouse::client {

/// Letters of Chinese, Japanese, Korean and Thai, which stand right behind a link without a blank.
bool isWrittenDense(QChar c);

/// Where the host of a link ends that begins at `from` in `text`: before `/`, `:` and so on, or
/// before Chinese text. Nothing where no host stands there that one may trust to lead where it
/// seems to.
///
/// Letters besides ASCII are accepted in a host when each of its labels is of one script, Latin,
/// Chinese and Japanese, or Korean (no Cyrillic or Greek, whose letters look like Latin ones), and
/// the last one is of ASCII or one of the top-level domains in Chinese or Korean.
std::optional<qsizetype> hostEnd(QStringView text, qsizetype from);

} // namespace teahouse::client
