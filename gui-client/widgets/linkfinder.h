#pragma once

#include <QList>
#include <QStringView>
#include <QUrl>

namespace teahouse::client {

/// A link inside a text.
struct Link
{
    qsizetype start = 0;
    qsizetype length = 0;
    QUrl url;
};

/// The http, https and mailto links of a text. A link ends before blanks, quotes, angle brackets
/// and Chinese punctuation; closing brackets belong to it only when they were opened in it; a
/// full stop or comma at its end belongs to the sentence.
QList<Link> findLinks(QStringView text);

} // namespace teahouse::client
