#include "server/core/housecase.h"

#include "shared/limits.h"
#include "shared/text.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// When a change of the same room may be through, in milliseconds.
constexpr int underWay = 1000;

Error badRequest(const QString &why)
{
    return {.code = ErrorCode::BadRequest, .subject = why};
}

Result<Done> checkKey(const QString &key)
{
    if (codePoints(key) > limits::roomKey)
        return Error{.code = ErrorCode::TooLong,
                     .subject = u"a room's password"_s,
                     .number = limits::roomKey};
    if (cleanLine(key) != key)
        return badRequest(u"a room's password is one line"_s);
    return Done{};
}

Result<Done> checkRetention(int days)
{
    if (days >= keepForever && days <= limits::retentionDays)
        return Done{};
    return Error{.code = ErrorCode::TooMany,
                 .subject = u"days of history"_s,
                 .number = limits::retentionDays};
}

QString onOff(const char *field, bool on)
{
    return QString::fromLatin1(field) + (on ? u" on"_s : u" off"_s);
}

/// The rules that are said, in words for the audit log; of a password only that it is there.
QString words(const RoomRules &rules)
{
    QStringList list;
    if (rules.isClosed)
        list += onOff("private", *rules.isClosed);
    if (rules.key)
        list += onOff("key", !rules.key->isEmpty());
    if (rules.isReadOnly)
        list += onOff("read_only", *rules.isReadOnly);
    if (rules.retention)
        list += *rules.retention == keepForever ? u"retention forever"_s
                                                : u"retention %1"_s.arg(*rules.retention);
    if (!rules.owner.isEmpty())
        list += u"owner "_s + rules.owner;
    return list.join(u", "_s);
}

} // namespace

/// The hash of a room's password; of none an empty one.
void House::hashKey(SessionId id, const QString &key, PasswordDesk::HashThen then)
{
    if (key.isEmpty())
        then(QByteArray());
    else
        m_authenticator.hash(requesterOf(*find(id), 0), key, std::move(then));
}

void House::create(SessionId id, const NewRoom &room, qint64 now, RoomThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    // Who owns nothing could let nobody in.
    if (room.isClosed && !user->registered)
        return then(Error{.code = ErrorCode::NotAllowed});
    const Result<QString> topic = cleanTopic(room.topic);
    if (!topic)
        return then(topic.error());
    if (const Result<Done> good = checkKey(room.key); !good)
        return then(good.error());
    const int retention = room.retention.value_or(m_settings.retention);
    if (const Result<Done> good = checkRetention(retention); !good)
        return then(good.error());
    RoomRecord record{
            .name = room.name, .topic = *topic, .retention = retention, .isClosed = room.isClosed};
    hashKey(id, room.key,
            [this, id, record, now,
             then = std::move(then)](const Result<QByteArray> &hash) mutable {
                if (!hash)
                    return then(hash.error());
                record.keyHash = *hash;
                make(id, std::move(record), now, std::move(then));
            });
}

/// Whether there is a name left for one more room, and not too many are this one's already.
Result<Done> House::mayMakeRoom(const Session &session, const User &user)
{
    const auto tooMany = [](const QString &what, int most) {
        return Error{.code = ErrorCode::TooMany, .subject = what, .number = most};
    };
    const qint64 left = m_settings.rooms - m_publicRooms;
    const ShareLimits &shares = m_settings.shares;
    const int fromAddress = fairPart(left, partOfRooms(shares.roomsPerAddress));
    if (!user.admin && m_madeFrom.count(session.share()) >= fromAddress)
        return tooMany(u"rooms that were made from your address"_s, fromAddress);
    const int byGuest = fairPart(left, partOfRooms(shares.roomsPerGuest));
    if (!user.registered && m_madeByGuest.count(user.id) >= byGuest)
        return tooMany(u"rooms that a guest has made"_s, byGuest);
    if (left <= 0 && !giveWayToRoom())
        return tooMany(u"rooms"_s, m_settings.rooms);
    return Done{};
}

/// An empty room vanishes, as it would in time: of the address from where most were made, the one
/// that nobody has been in for longest.
bool House::giveWayToRoom()
{
    Room *first = nullptr;
    std::pair<int, qint64> firstPlace;
    const QList<RoomId> empty = m_empty.rooms();
    for (const RoomId id : empty) {
        Room &room = *findRoom(id);
        if (m_underChange.contains(id) || !room.log().idle())
            continue;
        const std::pair place{-m_madeFrom.count(m_madeFrom.holder(id)), room.emptySince()};
        if (!first || place < firstPlace) {
            first = &room;
            firstPlace = place;
        }
    }
    if (first)
        removeRoom(*first);
    return first != nullptr;
}

void House::make(SessionId id, RoomRecord record, qint64 now, RoomThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::Closing});
    const Result<QString> fresh = freshRoomName(record.name);
    if (!fresh)
        return then(fresh.error());
    if (find(id)->spec.form == Form::Object
        && std::max(user->rooms.size(), user->joined.size()) >= limits::roomsPerUser)
        return then(Error{.code = ErrorCode::TooMany,
                          .subject = u"rooms at a time"_s,
                          .number = limits::roomsPerUser});
    const UserId owner = user->registered ? user->id : 0;
    if (owner != 0) {
        if (const Result<Done> may = mayOwnMore(owner); !may)
            return then(may.error());
    }
    if (const Result<Done> may = mayMakeRoom(*find(id), *user); !may)
        return then(may.error());
    record.id = ++m_lastRoom;
    record.name = *fresh;
    m_making.insert(record.id, owner);
    m_madeFrom.take(find(id)->share(), record.id);
    if (owner == 0)
        m_madeByGuest.take(user->id, record.id);
    addRoom(record);
    const auto end = [this, id, room = record.id, now, then = std::move(then)](
                             const Result<Done> &kept) { made(id, room, kept, now, then); };
    m_store.putRoom(record, [this, room = record.id, owner, end](const Result<Done> &kept) {
        if (!kept || owner == 0)
            return end(kept);
        putMemberships({{.room = room, .user = owner, .role = RoomRole::Owner}}, {}, end);
    });
}

/// The store has taken a new room or has not, which is then as if it had never been.
void House::made(SessionId id, RoomId roomId, const Result<Done> &kept, qint64 now, RoomThen then)
{
    Room &room = *findRoom(roomId);
    m_making.remove(roomId);
    if (!kept) {
        removeRoom(room);
        return then(kept.error());
    }
    reviewCatalog(room);
    reviewEmpty(room); // whoever has made it may be gone
    User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::Closing});
    if (user->stored)
        moveRead(*user, room, 0);
    if (const Result<Done> admitted = isAdmitted(*user, room); !admitted) [[maybe_unused]]
        const Result<Done> expected = expect(room, user->id);
    moveTo(*find(id), *user, room, now);
    answerEntered(id, roomId, std::move(then));
}

void House::join(SessionId id, const QString &name, const QString &key, qint64 now, RoomThen then)
{
    const Result<RoomState> joined = join(id, name, now);
    if (joined)
        return answerEntered(id, findPublic(name)->id(), std::move(then));
    if (joined.error().code != ErrorCode::RoomKey || key.isEmpty())
        return then(joined);
    if (const Result<Done> good = checkKey(key); !good)
        return then(joined.error());
    const Room &room = *findPublic(name);
    const Requester by = requesterOf(*find(id), 0);
    const Guess guess{Guess::Kind::RoomKey, QString::number(room.id()), room.name()};
    const QByteArray hash = room.record().keyHash;
    m_authenticator.check(
            by, guess, {key, hash},
            [this, id, name, hash, now, then = std::move(then)](const Result<Done> &right) {
                if (!right && right.error().code != ErrorCode::WrongPassword)
                    return then(right.error());
                User *user = userOf(id);
                Room *open = findPublic(name);
                const bool isRight = right && user && open && open->record().keyHash == hash;
                if (isRight) {
                    if (const auto expected = expect(*open, user->id); !expected)
                        return then(expected.error());
                }
                const Result<RoomState> entered = join(id, name, now);
                if (isRight && !entered)
                    expectNoMore(*open, user->id);
                if (entered)
                    answerEntered(id, open->id(), then);
                else
                    then(entered);
            });
}

/// What a room is to be, and who is to own it.
struct House::Rules
{
    Case asked;
    RoomRecord record;
    QString words;
    QList<MembershipRecord> roles; ///< those that change
};

Result<House::Rules> House::rulesFrom(SessionId id, const QString &name,
                                      const RoomRules &wanted) const
{
    const Result<Case> asked = caseOf(id, {.room = name, .name = {}});
    if (!asked)
        return asked.error();
    const Room &room = *findRoom(asked->room);
    if (room.id() == m_main && (wanted.isClosed || wanted.key || !wanted.owner.isEmpty()))
        return badRequest(u"main is open to everybody and nobody's"_s);
    if (m_kept.contains(room.id()) && wanted.retention)
        return badRequest(
                u"how long %1 keeps its items is the server's setting"_s.arg(room.name()));
    if (m_underChange.contains(room.id()))
        return Error{.code = ErrorCode::SlowDown, .retryMs = underWay};
    Rules rules{*asked, room.comingRecord(), words(wanted), {}};
    if (rules.words.isEmpty())
        return badRequest(u"say what is to change: private, key, read_only, retention or owner"_s);
    if (wanted.key) {
        if (const Result<Done> good = checkKey(*wanted.key); !good)
            return good.error();
    }
    rules.record.isClosed = wanted.isClosed.value_or(rules.record.isClosed);
    rules.record.isReadOnly = wanted.isReadOnly.value_or(rules.record.isReadOnly);
    rules.record.retention = wanted.retention.value_or(rules.record.retention);
    if (const Result<Done> good = checkRetention(rules.record.retention); !good)
        return good.error();
    if (wanted.owner.isEmpty())
        return rules;
    const User *owner = m_directory.findBearer(wanted.owner);
    if (!owner)
        return Error{.code = ErrorCode::NoSuchUser, .subject = wanted.owner};
    if (!owner->registered)
        return badRequest(u"%1 is a guest: only accounts own rooms"_s.arg(owner->name));
    for (const MembershipRecord &before : m_memberships.rolesOf(room.id())) {
        if (before.role != RoomRole::Owner || before.user == owner->id)
            continue;
        MembershipRecord record = comingMembership(room.id(), before.user);
        record.role = RoomRole::Moderator;
        rules.roles.append(record);
    }
    MembershipRecord record = comingMembership(room.id(), owner->id);
    if (record.role != RoomRole::Owner) {
        if (const Result<Done> may = mayOwn(room, *owner); !may)
            return may.error();
        record.role = RoomRole::Owner;
        rules.roles.append(record);
    }
    return rules;
}

void House::setRules(SessionId id, const QString &name, const RoomRules &wanted, qint64 now,
                     RoomThen then)
{
    const Result<Rules> from = rulesFrom(id, name, wanted);
    if (!from)
        return then(from.error());
    const RoomId room = from->record.id;
    m_underChange.insert(room);
    hashKey(id, wanted.key.value_or(QString()),
            [=, this, asked = from->asked, then = std::move(then)](const Result<QByteArray> &hash) {
                m_underChange.remove(room);
                if (!hash)
                    return then(hash.error());
                // Roles may be others by now, also that of whoever asked.
                Result<Rules> rules = rulesFrom(id, name, wanted);
                if (rules && (rules->record.id != room || rules->asked.rank < asked.rank))
                    rules = Error{.code = ErrorCode::NotAllowed};
                if (!rules)
                    return then(rules.error());
                rules.value().asked.now = now;
                if (wanted.key)
                    rules.value().record.keyHash = *hash;
                changeRules(id, *rules, then);
            });
}

void House::changeRules(SessionId id, const Rules &rules, RoomThen then)
{
    const RoomId room = rules.record.id;
    m_underChange.insert(room);
    putRules(rules, [this, id, room, then = std::move(then)](const Result<Done> &kept) {
        m_underChange.remove(room);
        const User *user = userOf(id);
        const Room *changed = findRoom(room);
        if (!kept)
            return then(kept.error());
        if (!user || !changed)
            return then(Error{.code = ErrorCode::NoSuchRoom});
        then(presentState(*changed, *user));
    });
}

void House::putRules(const Rules &rules, DoneThen then)
{
    const Room *room = findRoom(rules.record.id);
    if (!room)
        return then(Error{.code = ErrorCode::NoSuchRoom, .subject = rules.asked.roomName});
    RoomRecord record = rules.record;
    record.topic = room->comingRecord().topic;
    m_store.putRoom(record, [this, rules, then = std::move(then)](const Result<Done> &kept) {
        if (!kept)
            return then(kept);
        const AuditRecord entry = entryOf(rules.asked, "room-set", rules.words);
        putMemberships(rules.roles, {entry}, [this, rules, then](const Result<Done> &noted) {
            if (noted)
                return applyRules(rules, then);
            if (findRoom(rules.record.id))
                m_unstored.insert(rules.record.id); // it is to be again what it still is
            then(noted);
        });
    });
}

void House::applyRules(const Rules &rules, DoneThen then)
{
    Room *room = findRoom(rules.record.id);
    if (!room)
        return then(Error{.code = ErrorCode::NoSuchRoom, .subject = rules.asked.roomName});
    const bool keepsOtherwise = room->retention() != rules.record.retention;
    // Who was expected under other rules is not under these.
    if (rules.record.isClosed != room->isClosed() || rules.record.keyHash != room->record().keyHash)
        m_expected.forgetRoom(room->id());
    room->setRules(rules.record);
    reviewCatalog(*room);
    if (room->isClosed() || room->hasKey()) {
        const Closing why{ClosingCode::Kicked,
                          u"The room \"%1\" is private now."_s.arg(room->name())};
        const std::vector<Room::Member> members = room->members();
        for (const Room::Member &member : members) {
            if (m_directory.find(member.user)->anonymous)
                putOut(member.user, room->id(), why, rules.asked.now);
        }
    }
    for (const MembershipRecord &record : rules.roles) {
        Case asked = rules.asked;
        const AccountRecord *account = m_directory.account(record.user);
        asked.name = account ? account->name : QString();
        tellRole(asked, record.user, [](const Result<Done> &) {});
    }
    const auto tell = [this, id = room->id(), then = std::move(then)](const auto &) {
        if (const Room *changed = findRoom(id))
            tellState(*changed);
        then(Done{});
    };
    // Another time to keep items may have made another one the first.
    if (keepsOtherwise)
        room->log().page({.limit = 1}, tell);
    else
        tell(Done{});
}

} // namespace teahouse::server
