#include "shared/wire/valuecodec.h"

#include "shared/wire/json.h"

#include <array>
#include <optional>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kindNames = {"message"_L1, "edited"_L1, "deleted"_L1,
                                  "topic"_L1,   "role"_L1,   "gone"_L1};
constexpr std::array roleNames = {""_L1, "member"_L1, "moderator"_L1, "owner"_L1};
constexpr std::array sanctionNames = {"ban"_L1, "mute"_L1};
constexpr std::array levelNames = {"all"_L1, "mentions"_L1, "none"_L1};

/// The place of a name in a list of names; 0 for one that is not in it.
template <typename Enum, size_t Size>
Enum fromName(const std::array<QLatin1StringView, Size> &names, const QString &name)
{
    for (size_t i = 0; i < Size; ++i) {
        if (name == names.at(i))
            return static_cast<Enum>(i);
    }
    return static_cast<Enum>(0);
}

/// A flag stands in a line only when it is set.
void setFlag(QJsonObject &object, QLatin1StringView key, bool isSet)
{
    if (isSet)
        object[key] = true;
}

qint64 number(quint64 value)
{
    return static_cast<qint64>(value);
}

} // namespace

QLatin1StringView kindName(ItemKind kind)
{
    return kindNames.at(static_cast<size_t>(kind));
}

QLatin1StringView roleName(RoomRole role)
{
    return roleNames.at(static_cast<size_t>(role));
}

RoomRole toRole(const QString &name)
{
    return fromName<RoomRole>(roleNames, name);
}

std::optional<NotifyLevel> toLevel(QStringView name)
{
    for (size_t i = 0; i < levelNames.size(); ++i) {
        if (name == levelNames.at(i))
            return static_cast<NotifyLevel>(i);
    }
    return std::nullopt;
}

QJsonObject toJson(const Item &item)
{
    QJsonObject object{{"room"_L1, item.room},
                       {"seq"_L1, number(item.seq)},
                       {"kind"_L1, kindName(item.kind)},
                       {"from"_L1, item.from},
                       {"time"_L1, toTime(item.time)}};
    switch (item.kind) {
    case ItemKind::Message:
        object["text"_L1] = item.text;
        if (item.action)
            object["style"_L1] = "action"_L1;
        if (item.edited)
            object["edited"_L1] = true;
        if (item.replyTo > 0)
            object["reply_to"_L1] = number(item.replyTo);
        break;
    case ItemKind::Edited:
        object["target"_L1] = number(item.target);
        object["text"_L1] = item.text;
        break;
    case ItemKind::Deleted:
        object["target"_L1] = number(item.target);
        break;
    case ItemKind::Topic:
        object["text"_L1] = item.text;
        break;
    case ItemKind::Role:
        object["name"_L1] = item.name;
        object["role"_L1] = item.role;
        break;
    case ItemKind::Gone:
        object["to"_L1] = number(item.to);
        break;
    }
    return object;
}

Item toItem(const QJsonObject &object)
{
    Item item;
    item.room = object["room"_L1].toString();
    item.seq = toNumber(object["seq"_L1]);
    item.kind = fromName<ItemKind>(kindNames, object["kind"_L1].toString());
    item.from = object["from"_L1].toString();
    item.time = fromTime(object["time"_L1].toString());
    item.text = object["text"_L1].toString();
    item.action = object["style"_L1].toString() == "action"_L1;
    item.edited = object["edited"_L1].toBool();
    item.replyTo = toNumber(object["reply_to"_L1]);
    item.target = toNumber(object["target"_L1]);
    item.to = toNumber(object["to"_L1]);
    item.name = object["name"_L1].toString();
    item.role = object["role"_L1].toString();
    return item;
}

QJsonObject toJson(const RoomState &room)
{
    if (room.isNameOnly)
        return {{"room"_L1, room.room}, {"key"_L1, room.hasKey}};
    QJsonObject object{{"room"_L1, room.room},
                       {"topic"_L1, room.topic},
                       {"first"_L1, number(room.first)},
                       {"last"_L1, number(room.last)},
                       {"read"_L1, number(room.read)},
                       {"unread"_L1, room.unread},
                       {"mentions"_L1, room.mentions},
                       {"level"_L1, levelNames.at(static_cast<size_t>(room.level))},
                       {"members"_L1, room.members}};
    if (room.retention != keepForever)
        object["retention"_L1] = room.retention;
    if (room.role != RoomRole::None)
        object["role"_L1] = roleName(room.role);
    setFlag(object, "private"_L1, room.isClosed);
    setFlag(object, "key"_L1, room.hasKey);
    setFlag(object, "read_only"_L1, room.isReadOnly);
    setFlag(object, "muted"_L1, room.isMuted);
    if (room.mutedUntil != 0)
        object["muted_until"_L1] = toTime(room.mutedUntil);
    if (!room.mutedReason.isEmpty())
        object["muted_reason"_L1] = room.mutedReason;
    return object;
}

RoomState toRoomState(const QJsonObject &object)
{
    RoomState room;
    room.room = object["room"_L1].toString();
    room.topic = object["topic"_L1].toString();
    room.first = toNumber(object["first"_L1]);
    room.last = toNumber(object["last"_L1]);
    room.read = toNumber(object["read"_L1]);
    room.unread = object["unread"_L1].toInt();
    room.mentions = object["mentions"_L1].toInt();
    room.level = fromName<NotifyLevel>(levelNames, object["level"_L1].toString());
    room.members = object["members"_L1].toInt();
    room.retention = object["retention"_L1].toInt(keepForever);
    room.role = toRole(object["role"_L1].toString());
    room.isClosed = object["private"_L1].toBool();
    room.hasKey = object["key"_L1].toBool();
    room.isReadOnly = object["read_only"_L1].toBool();
    room.isNameOnly = !object.contains("members"_L1);
    room.isMuted = object["muted"_L1].toBool();
    room.mutedUntil = fromTime(object["muted_until"_L1].toString());
    room.mutedReason = object["muted_reason"_L1].toString();
    return room;
}

QJsonObject toJson(const Person &person)
{
    QJsonObject object{{"name"_L1, person.name},
                       {"away"_L1, person.away},
                       {"via"_L1, person.via},
                       {"online"_L1, person.online}};
    if (person.role != RoomRole::None)
        object["role"_L1] = roleName(person.role);
    setFlag(object, "registered"_L1, person.registered);
    setFlag(object, "admin"_L1, person.admin);
    if (!person.address.isEmpty())
        object["address"_L1] = person.address;
    return object;
}

Person toPerson(const QJsonObject &object)
{
    return {object["name"_L1].toString(),         object["away"_L1].toString(),
            object["via"_L1].toString(),          object["online"_L1].toBool(true),
            toRole(object["role"_L1].toString()), object["registered"_L1].toBool(),
            object["admin"_L1].toBool(),          object["address"_L1].toString()};
}

QJsonObject toJson(const UserInfo &user)
{
    return {{"name"_L1, user.name}, {"registered"_L1, user.registered}, {"role"_L1, user.role}};
}

UserInfo toUserInfo(const QJsonObject &object)
{
    return {object["name"_L1].toString(), object["registered"_L1].toBool(),
            object["role"_L1].toString()};
}

QJsonObject toJson(const AccountList::Account &account)
{
    QJsonObject object{{"name"_L1, account.name}, {"created"_L1, toTime(account.created)}};
    if (account.seen != 0)
        object["seen"_L1] = toTime(account.seen);
    setFlag(object, "admin"_L1, account.admin);
    setFlag(object, "online"_L1, account.online);
    return object;
}

AccountList::Account toAccount(const QJsonObject &object)
{
    return {object["name"_L1].toString(), object["admin"_L1].toBool(), object["online"_L1].toBool(),
            fromTime(object["created"_L1].toString()), fromTime(object["seen"_L1].toString())};
}

QJsonObject toJson(const InviteList::Invite &invite)
{
    QJsonObject object{{"label"_L1, invite.label},
                       {"by"_L1, invite.by},
                       {"uses"_L1, invite.uses},
                       {"until"_L1, toTime(invite.until)}};
    if (!invite.room.isEmpty())
        object["room"_L1] = invite.room;
    return object;
}

InviteList::Invite toInvite(const QJsonObject &object)
{
    return {object["label"_L1].toString(), object["by"_L1].toString(), object["room"_L1].toString(),
            object["uses"_L1].toInt(1), fromTime(object["until"_L1].toString())};
}

QJsonObject toJson(const SanctionList::Sanction &sanction)
{
    QJsonObject object{{"kind"_L1, sanctionNames.at(static_cast<size_t>(sanction.kind))},
                       {"subject"_L1, sanction.subject},
                       {"reason"_L1, sanction.reason},
                       {"by"_L1, sanction.by},
                       {"time"_L1, toTime(sanction.time)}};
    if (!sanction.room.isEmpty())
        object["room"_L1] = sanction.room;
    if (sanction.until != 0)
        object["until"_L1] = toTime(sanction.until);
    if (!sanction.address.isEmpty())
        object["address"_L1] = sanction.address;
    return object;
}

SanctionList::Sanction toSanction(const QJsonObject &object)
{
    return {fromName<SanctionKind>(sanctionNames, object["kind"_L1].toString()),
            object["room"_L1].toString(),
            object["subject"_L1].toString(),
            fromTime(object["until"_L1].toString()),
            object["reason"_L1].toString(),
            object["by"_L1].toString(),
            fromTime(object["time"_L1].toString()),
            object["address"_L1].toString()};
}

QJsonObject toJson(const AuditPage::Entry &entry)
{
    QJsonObject object{{"id"_L1, number(entry.id)}, {"time"_L1, toTime(entry.time)},
                       {"by"_L1, entry.by},         {"verb"_L1, entry.verb},
                       {"target"_L1, entry.target}, {"text"_L1, entry.text}};
    if (!entry.room.isEmpty())
        object["room"_L1] = entry.room;
    if (!entry.address.isEmpty())
        object["address"_L1] = entry.address;
    return object;
}

AuditPage::Entry toAuditEntry(const QJsonObject &object)
{
    return {toNumber(object["id"_L1]),    fromTime(object["time"_L1].toString()),
            object["by"_L1].toString(),   object["verb"_L1].toString(),
            object["room"_L1].toString(), object["target"_L1].toString(),
            object["text"_L1].toString(), object["address"_L1].toString()};
}

} // namespace teahouse::wire
