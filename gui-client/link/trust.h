#pragma once

#include "shared/fingerprint.h"

#include <QList>
#include <QString>

#include <optional>

namespace teahouse::client {

/// How an encrypted server was trusted, which decides what it has to show the next time.
struct ServerTrust
{
    enum class By {
        Key,       ///< its key: any other one is a changed key
        Authority, ///< a certificate authority of this computer vouched for its name
    };

    By by = By::Key;
    Fingerprint key; ///< the last one met

    bool operator==(const ServerTrust &) const = default;
};

/// The key that a server has proved to have.
struct PresentedKey
{
    Fingerprint key;
    bool isVouched = false; ///< an authority of this computer vouches for it and the host's name

    bool operator==(const PresentedKey &) const = default;
};

/// A server that is known by its key from another address.
struct KnownElsewhere
{
    Fingerprint key;
    QString name;    ///< as it calls itself; may be empty
    QString address; ///< where it was met

    bool operator==(const KnownElsewhere &) const = default;
};

/// What is known of a server before it is met.
struct Acquaintance
{
    std::optional<ServerTrust> trust = {};  ///< it was met encrypted: never again in plain text
    std::optional<Fingerprint> pinned = {}; ///< the key that a link names
    QString announced = {}; ///< how its key begins, as it was announced nearby; empty: it was not
    QList<KnownElsewhere> elsewhere = {};
    bool mayBePlain = false;   ///< the person agrees to go on without encryption
    bool tryEncrypted = false; ///< it says nothing, and is to be met encrypted all the same

    bool operator==(const Acquaintance &) const = default;
};

/// What to make of a key.
struct Judgement
{
    enum class Verdict {
        Accept,
        AskFirst,         ///< never met: the person compares
        SameKeyElsewhere, ///< known from another address: `elsewhere`
        Changed,          ///< not what it was: `before`
        LinkDiffers,      ///< not the one that the link names: `before`
        AnnouncedDiffers, ///< not the one that was announced
    };

    Verdict verdict = Verdict::AskFirst;
    PresentedKey now;
    ServerTrust::By by = ServerTrust::By::Key; ///< how it is trusted once it is
    std::optional<Fingerprint> before = {};
    std::optional<KnownElsewhere> elsewhere = {};

    bool operator==(const Judgement &) const = default;
};

/// Judges the key that a server presents by what is known of it. The link comes first: it never
/// replaces a key that is stored, and one that names another key than the server has is refused.
Judgement judge(const Acquaintance &known, const PresentedKey &presented);

} // namespace teahouse::client
