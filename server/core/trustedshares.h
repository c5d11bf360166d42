#pragma once

#include "server/core/keyeddigest.h"
#include "server/core/limitshare.h"
#include "server/core/records.h"

#include <QList>

#include <set>
#include <tuple>

namespace teahouse::server {

/// From where each account was reached before: there it goes before strangers. Holds no addresses,
/// only keyed digests of account and address. Of one account, and of all together, those that were
/// used last are kept. What changes is for the House to give to the store. Owned by the
/// Authenticator.
class TrustedShares
{
public:
    explicit TrustedShares(KeyedDigest digest) : m_digest(std::move(digest)) { }

    /// Takes over what an earlier run has kept.
    void takeOver(const QList<TrustRecord> &records);

    bool contains(UserId account, const LimitShare &share) const;

    /// What is to be kept of an account that is reached from there, at `utc` ms since 1970; nothing
    /// when the address is not known.
    std::optional<TrustRecord> record(UserId account, const LimitShare &share, qint64 utc) const;
    /// Keeps a record; returns those that had to give way for it, to be taken from the store.
    QList<TrustRecord> apply(const TrustRecord &record);
    /// The account was removed; the store does the same by itself.
    void forget(UserId account);

    qsizetype size() const { return std::ssize(m_byUse); }

private:
    struct Place
    {
        Digest origin = {};
        qint64 used = 0;
    };

    Digest digestOf(UserId account, const LimitShare &share) const;
    void insert(UserId account, const Place &place);
    TrustRecord remove(UserId account, const Digest &origin);

    KeyedDigest m_digest;
    QHash<UserId, QList<Place>> m_places; ///< the last used first; no empty ones
    std::set<std::tuple<qint64, UserId, Digest>> m_byUse;
};

} // namespace teahouse::server
