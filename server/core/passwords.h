#pragma once

#include "shared/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace teahouse::server {

/// Makes hashes of passwords, of people and of rooms, that are slow to guess from. Asynchronous:
/// every call ends with exactly one call of its continuation, on core's thread and never before
/// it has returned. Owned by the app; destroying it drops continuations not yet called.
class Passwords
{
public:
    virtual ~Passwords() = default;

    /// A hash that says by itself how it was made; Latin-1, never empty. Errors: SlowDown (too
    /// many wait), Internal.
    virtual void hash(const QString &password, std::function<void(Result<QByteArray>)> then) = 0;

    /// Whether the hash is one of this password. An empty hash is nobody's: it takes as long to
    /// find that out as with any other. Error: SlowDown.
    virtual void verify(const QString &password, const QByteArray &hash,
                        std::function<void(Result<bool>)> then) = 0;
};

} // namespace teahouse::server
