#pragma once

#include "server/core/store.h"
#include "server/store/database.h"

namespace teahouse::server {

/// Accounts and what people are to rooms, to each other and to the server, on the writer's
/// connection. Functions throw DatabaseError.
class StandingTables
{
public:
    explicit StandingTables(Database &database);

    void put(const AccountRecord &account);
    void put(const MembershipRecord &membership);
    void put(const SanctionRecord &sanction);
    void put(const IgnoreRecord &ignore);
    void put(const InviteRecord &invite);
    void put(const TrustRecord &trust);
    void put(const AuditRecord &entry);

    /// Takes away what people were in a room. The audit log stays.
    void forgetRoom(RoomId room);

private:
    Statement m_putAccount;
    Statement m_isGuestNoMore;
    Statement m_claim;
    Statement m_putMembership;
    Statement m_removeMembership;
    Statement m_putSanction;
    Statement m_liftSanction;
    Statement m_putIgnore;
    Statement m_liftIgnore;
    Statement m_putInvite;
    Statement m_useInvite;
    Statement m_trust;
    Statement m_dropTrust;
    Statement m_forgetTrust;
    Statement m_audit;
    Statement m_forgetMemberships;
    Statement m_forgetSanctions;
    Statement m_forgetInvites;
};

/// Reads all of that but the audit log into `state`. Errors: DatabaseError.
void loadStandings(Database &database, StoredState &state);

} // namespace teahouse::server
