#include "server/store/standingtables.h"

#include "server/store/storedtables.h"

namespace teahouse::server {

StandingTables::StandingTables(Database &database)
    : m_putAccount(database,
                   "INSERT INTO accounts (id, name, password_hash, is_admin, is_erasing, created,"
                   " seen) VALUES (?, ?, ?, ?, ?, ?, ?)"
                   " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                   " password_hash = excluded.password_hash, is_admin = excluded.is_admin,"
                   " is_erasing = excluded.is_erasing, created = excluded.created,"
                   " seen = excluded.seen"),
      m_isGuestNoMore(database, "DELETE FROM guests WHERE id = ?"),
      m_claim(database, "UPDATE store SET is_claimed = 1 WHERE is_claimed = 0"),
      m_putMembership(database,
                      "INSERT INTO memberships (user_id, room, role, is_joined, level)"
                      " VALUES (?, ?, ?, ?, ?)"
                      " ON CONFLICT (user_id, room) DO UPDATE SET role = excluded.role,"
                      " is_joined = excluded.is_joined, level = excluded.level"),
      m_removeMembership(database, "DELETE FROM memberships WHERE user_id = ? AND room = ?"),
      m_putSanction(database,
                    "INSERT INTO sanctions (room, kind, subject, shown, until, reason, imposer,"
                    " time, addresses) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (room, kind, subject) DO UPDATE SET shown = excluded.shown,"
                    " until = excluded.until, reason = excluded.reason,"
                    " imposer = excluded.imposer, time = excluded.time,"
                    " addresses = excluded.addresses"),
      m_liftSanction(database, "DELETE FROM sanctions WHERE room = ? AND kind = ? AND subject = ?"),
      m_putIgnore(database,
                  "INSERT INTO ignores (user_id, ignored, name) VALUES (?, ?, ?)"
                  " ON CONFLICT (user_id, ignored) DO UPDATE SET name = excluded.name"),
      m_liftIgnore(database, "DELETE FROM ignores WHERE user_id = ? AND ignored = ?"),
      m_putInvite(database,
                  "INSERT INTO invites (code_hash, maker, until, uses, room)"
                  " VALUES (?, ?, ?, ?, ?)"
                  " ON CONFLICT (code_hash) DO UPDATE SET maker = excluded.maker,"
                  " until = excluded.until, uses = excluded.uses, room = excluded.room"),
      m_useInvite(database, "DELETE FROM invites WHERE code_hash = ?"),
      m_trust(database,
              "INSERT INTO trusted (user_id, origin, used) SELECT ?, ?, ?"
              " WHERE EXISTS (SELECT 1 FROM accounts WHERE id = ? AND password_hash <> '')"
              " ON CONFLICT (user_id, origin) DO UPDATE SET used = excluded.used"),
      m_dropTrust(database, "DELETE FROM trusted WHERE user_id = ? AND origin = ?"),
      m_forgetTrust(database, "DELETE FROM trusted WHERE user_id = ?"),
      m_audit(database,
              "INSERT INTO audit (time, doer, verb, room, room_name, target, text, addresses)"
              " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      m_forgetMemberships(database, "DELETE FROM memberships WHERE room = ?"),
      m_forgetSanctions(database, "DELETE FROM sanctions WHERE room = ?"),
      m_forgetInvites(database, "DELETE FROM invites WHERE room = ?")
{
}

void StandingTables::put(const AccountRecord &account)
{
    m_putAccount
            .with(account.id, account.name, QString::fromLatin1(account.passwordHash),
                  int(account.admin), int(account.erasing), account.created, account.seen)
            .run();
    m_isGuestNoMore.with(account.id).run();
    if (account.admin)
        m_claim.with().run();
    if (account.passwordHash.isEmpty())
        m_forgetTrust.with(account.id).run();
}

void StandingTables::put(const MembershipRecord &membership)
{
    const auto [room, user, role, isJoined, level] = membership;
    if (role == RoomRole::None && !isJoined && level == NotifyLevel::All)
        m_removeMembership.with(user, room).run();
    else
        m_putMembership
                .with(user, room, static_cast<int>(role), int(isJoined), static_cast<int>(level))
                .run();
}

void StandingTables::put(const SanctionRecord &sanction)
{
    const int kind = static_cast<int>(sanction.kind);
    if (sanction.lifted)
        m_liftSanction.with(sanction.room, kind, sanction.subject).run();
    else
        m_putSanction
                .with(sanction.room, kind, sanction.subject, sanction.shown, sanction.until,
                      sanction.reason, sanction.by, sanction.time, sanction.addresses)
                .run();
}

void StandingTables::put(const IgnoreRecord &ignore)
{
    if (ignore.lifted)
        m_liftIgnore.with(ignore.user, ignore.ignored).run();
    else
        m_putIgnore.with(ignore.user, ignore.ignored, ignore.name).run();
}

void StandingTables::put(const InviteRecord &invite)
{
    if (invite.used)
        m_useInvite.with(invite.codeHash).run();
    else
        m_putInvite.with(invite.codeHash, invite.by, invite.until, invite.uses, invite.room).run();
}

void StandingTables::put(const TrustRecord &trust)
{
    if (trust.dropped)
        m_dropTrust.with(trust.user, trust.origin).run();
    else
        m_trust.with(trust.user, trust.origin, trust.used, trust.user).run();
}

void StandingTables::put(const AuditRecord &entry)
{
    m_audit.with(entry.time, entry.by, entry.verb, entry.room, entry.roomName, entry.target,
                 entry.text, entry.addresses)
            .run();
}

void StandingTables::forgetRoom(RoomId room)
{
    m_forgetMemberships.with(room).run();
    m_forgetSanctions.with(room).run();
    m_forgetInvites.with(room).run();
}

void loadStandings(Database &database, StoredState &state)
{
    Statement accounts(database,
                       "SELECT id, name, password_hash, is_admin, is_erasing, created, seen"
                       " FROM accounts ORDER BY id");
    while (accounts.next())
        state.accounts.append({.id = accounts.number(0),
                               .name = accounts.text(1),
                               .passwordHash = accounts.text(2).toLatin1(),
                               .admin = accounts.integer(3) != 0,
                               .created = accounts.integer(5),
                               .seen = accounts.integer(6),
                               .erasing = accounts.integer(4) != 0});
    Statement memberships(database,
                          "SELECT room, user_id, role, is_joined, level FROM memberships"
                          " ORDER BY user_id, room");
    while (memberships.next())
        state.memberships.append({.room = memberships.number(0),
                                  .user = memberships.number(1),
                                  .role = static_cast<RoomRole>(memberships.integer(2)),
                                  .isJoined = memberships.integer(3) != 0,
                                  .level = static_cast<NotifyLevel>(memberships.integer(4))});
    const StoredTable &table = storedTable("sanctions");
    Statement sanctions(database,
                        "SELECT kind, room, subject, shown, until, reason, imposer, time, addresses"
                        " FROM sanctions ORDER BY room, kind, subject");
    while (sanctions.next())
        state.sanctions.append({.kind = static_cast<SanctionKind>(sanctions.integer(0)),
                                .room = sanctions.number(1),
                                .subject = sanctions.text(2),
                                .shown = shownText(sanctions, 3, table.column("shown")),
                                .until = sanctions.integer(4),
                                .reason = shownText(sanctions, 5, table.column("reason")),
                                .by = shownText(sanctions, 6, table.column("imposer")),
                                .time = sanctions.integer(7),
                                .addresses = sanctions.text(8)});
    Statement ignores(database,
                      "SELECT user_id, ignored, name FROM ignores ORDER BY user_id, ignored");
    const Column &ignoredName = storedTable("ignores").column("name");
    while (ignores.next())
        state.ignores.append(
                {ignores.number(0), ignores.number(1), shownText(ignores, 2, ignoredName)});
    Statement invites(database,
                      "SELECT code_hash, maker, until, uses, room FROM invites ORDER BY until");
    const Column &maker = storedTable("invites").column("maker");
    while (invites.next())
        state.invites.append({.codeHash = invites.bytes(0),
                              .by = shownText(invites, 1, maker),
                              .until = invites.integer(2),
                              .uses = static_cast<int>(invites.integer(3)),
                              .room = invites.number(4)});
    Statement trusted(database, "SELECT user_id, origin, used FROM trusted ORDER BY used");
    while (trusted.next())
        state.trusted.append({trusted.number(0), trusted.bytes(1), trusted.integer(2)});
}

} // namespace teahouse::server
