#pragma once

#include "shared/fingerprint.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace teahouse {

/// What a server tells the local network of itself, as the TXT record of its service (RFC 6763, 6):
///
///     v=1 name=UTF8 fp=BASE32 n=PEOPLE
///
/// Anybody on the network can say anything there: it is a claim, and nothing is trusted by it.
struct Announcement
{
    static constexpr QLatin1StringView serviceType{"_teahouse._tcp"};
    static constexpr qsizetype longestString = 255; ///< bytes of one string (RFC 6763, 6.1)
    static constexpr qsizetype longest = 400;       ///< bytes of all of them, with their lengths

    QString name = {};      ///< of the server, in one line that may be shown
    QString keyBegins = {}; ///< Fingerprint::shortText(); empty: the server has no key
    int people = 0;         ///< who are logged in

    bool operator==(const Announcement &) const = default;
};

/// The strings of the record. A name for which there is no room ends behind a whole character.
QList<QByteArray> announcementTxt(const Announcement &announcement);

/// Reads such strings, with the name cleaned and a key that is none left out. Unknown strings are
/// passed over; of several with one key the first counts (RFC 6763, 6.4). Nothing where the record
/// is of another version, is too long, or has no name.
std::optional<Announcement> parseAnnouncement(const QList<QByteArray> &txt);

/// The beginning of a text that has at most that many bytes of UTF-8, and no half character.
QString cutToUtf8(const QString &text, qsizetype bytes);

} // namespace teahouse
