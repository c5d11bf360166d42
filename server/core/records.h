#pragma once

#include "shared/reply.h"
#include "shared/roominfo.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <array>
#include <variant>

namespace teahouse::server {

/// A room as the store knows it; never reused.
using RoomId = quint64;
/// Who speaks: an account or a guest, by id and not by name; never reused. 0: the server itself.
using UserId = quint64;

/// One of the two people of a private conversation, whether they are here or not.
struct Partner
{
    UserId user = 0;
    QString name; ///< the last one known

    bool operator==(const Partner &) const = default;
};
using Pair = std::array<Partner, 2>;

/// What the store knows of a room besides its items.
struct RoomRecord
{
    RoomId id = 0;
    QString name = {}; ///< empty: a private conversation
    Pair pair = {};    ///< of a private conversation
    QString topic = {};
    int retention = keepForever; ///< days that items are kept; 0: the room keeps no history
    quint64 first = 0;           ///< the oldest number kept; 0: nothing is. Given by the store
    quint64 last = 0;            ///< the greatest number given. Given by the store
    bool isClosed = false;       ///< one enters by invitation only
    bool isReadOnly = false;     ///< only moderators speak
    QByteArray keyHash = {};     ///< of the room's password, as Passwords makes it; empty: none
    bool isAnswered = false;     ///< of a private conversation: the second of the pair has spoken
    std::array<bool, 2> isEnded = {}; ///< who of the pair has it in his list no more

    bool operator==(const RoomRecord &) const = default;
};

/// A guest whom a resume secret can bring back.
struct GuestRecord
{
    UserId id = 0;
    QString name;
    QByteArray secretHash; ///< SHA-256 of the resume secret
    qint64 until = 0;      ///< milliseconds since 1970 UTC; 0: is here

    bool operator==(const GuestRecord &) const = default;
};

/// A registered name. One that was removed keeps its record, so that nobody gets the name again.
struct AccountRecord
{
    UserId id = 0;
    QString name = {};
    QByteArray passwordHash = {}; ///< as Passwords makes it; empty: retired, nobody can log in
    bool admin = false;
    qint64 created = 0;   ///< milliseconds since 1970 UTC
    qint64 seen = 0;      ///< when it was last here; 0: never
    bool erasing = false; ///< was removed, and what it has said is still being deleted

    bool operator==(const AccountRecord &) const = default;
};

/// What a room and an account are to each other. One that says nothing is removed.
struct MembershipRecord
{
    RoomId room = 0;
    UserId user = 0;
    RoomRole role = RoomRole::None;
    bool isJoined = false; ///< in the list of rooms that its native sessions share
    NotifyLevel level = NotifyLevel::All;

    bool operator==(const MembershipRecord &) const = default;
};

/// A ban or a mute. Of one kind, room and subject there is one; `lifted` takes it away.
struct SanctionRecord
{
    SanctionKind kind = SanctionKind::Ban;
    RoomId room = 0;      ///< 0: the whole server
    QString subject = {}; ///< a folded name, or an address or network as QHostAddress prints it
    QString shown = {};   ///< the same, as it was written
    qint64 until = 0;     ///< milliseconds since 1970 UTC; 0: for ever
    QString reason = {};
    QString by = {}; ///< the name of whoever imposed it
    qint64 time = 0; ///< when that was
    bool lifted = false;
    /// Of one on a name: networks, separated by commas, from where it holds against all who were
    /// not registered by then.
    QString addresses = {};

    bool operator==(const SanctionRecord &) const = default;
};

/// Whom an account does not want to hear.
struct IgnoreRecord
{
    UserId user = 0;
    UserId ignored = 0;
    QString name = {}; ///< of the ignored one, the last known
    bool lifted = false;

    bool operator==(const IgnoreRecord &) const = default;
};

/// A code that lets people in, lets them register and opens a room; see House::makeInvite().
struct InviteRecord
{
    QByteArray codeHash = {}; ///< SHA-256 of the code
    QString by = {};          ///< the name of whoever made it; empty: the server's own shell
    qint64 until = 0;         ///< milliseconds since 1970 UTC
    bool used = false;        ///< it is used up, taken back or expired, and goes
    int uses = 1;             ///< how many are left
    RoomId room = 0;          ///< that it opens; 0: none

    bool operator==(const InviteRecord &) const = default;
};

/// That an account was reached from an address, which gives it precedence there.
struct TrustRecord
{
    UserId user = 0;
    QByteArray origin = {}; ///< a keyed digest of account and address, 16 bytes
    qint64 used = 0;        ///< when it was reached last, milliseconds since 1970 UTC
    bool dropped = false;

    bool operator==(const TrustRecord &) const = default;
};

/// Something that somebody did with a power over others; only ever added.
struct AuditRecord
{
    qint64 time = 0;
    QString by = {}; ///< empty: the server's own shell
    QString verb = {};
    RoomId room = 0; ///< 0: the whole server
    QString roomName = {};
    QString target = {};
    QString text = {};
    QString addresses = {}; ///< of the target: networks, separated by commas

    bool operator==(const AuditRecord &) const = default;
};

/// One thing that is to be kept; see Store::put.
using Change = std::variant<AccountRecord, MembershipRecord, SanctionRecord, IgnoreRecord,
                            InviteRecord, TrustRecord, AuditRecord>;

/// Which part of the audit log is wanted, newest first.
struct AuditRequest
{
    RoomId room = 0;    ///< 0: everything
    quint64 before = 0; ///< 0: from the newest on; else the id of the last entry seen
    int limit = 0;      ///< 1 to limits::page
};

/// What is believed of the clock.
struct ClockState
{
    qint64 believed = 0; ///< the time, in milliseconds since 1970 UTC; 0: nothing is known
    qint64 steady = 0;   ///< milliseconds for which the clock has told another one since

    bool operator==(const ClockState &) const = default;
};

/// What an earlier run has left.
struct StoredState
{
    UserId lastUser = 0; ///< the greatest ids ever given
    RoomId lastRoom = 0;
    QList<RoomRecord> rooms;
    QList<GuestRecord> guests;
    QList<AccountRecord> accounts;
    QList<MembershipRecord> memberships;
    QList<SanctionRecord> sanctions;
    QList<IgnoreRecord> ignores;
    QList<InviteRecord> invites; ///< that are still good for something
    QList<TrustRecord> trusted;
    QByteArray secret = {}; ///< the key of digests that are kept; empty: none are
    bool isClaimed = false; ///< whether there has ever been an administrator
};

} // namespace teahouse::server
