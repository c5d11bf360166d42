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
/// and Chinese punctuation, and where Chinese text goes on right behind a host or a word of its
/// path; closing brackets belong to it only when they were opened in it; a full stop or comma at
/// its end belongs to the sentence.
///
/// What is shown as a link is what is opened: one that a browser may take to another host than a
/// reader does is none (`https://good.example@evil.example`, a host with an invisible character, an
/// address that is no plain number, a host of mixed scripts).
QList<Link> findLinks(QStringView text);

} // namespace teahouse::client
