#pragma once

#include "shared/joinlink.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace teahouse::server {

/// What the page says that tells people how to join.
struct JoinFacts
{
    QString serverName;
    QList<JoinLink> links; ///< where the server is reached; fingerprints and codes are left out
    std::optional<Fingerprint> fingerprint = {}; ///< of its key, for comparing
};

/// What the `http` door serves.
struct HttpSite
{
    QByteArray page;            ///< UTF-8
    QStringList hostNames = {}; ///< by which it may be asked for, besides those that mean a LAN
};

/// The page, in English and Chinese: no script, nothing from outside. Its links carry neither
/// fingerprint nor code, since whoever alters the page would choose them.
QByteArray joinPage(const JoinFacts &facts);

} // namespace teahouse::server
