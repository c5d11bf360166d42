#pragma once

#include "shared/item.h"
#include "shared/reply.h"
#include "shared/roominfo.h"

#include <QJsonObject>

#include <optional>

/// The value types as they stand in native lines, both ways. Decoding never fails: what is
/// missing or of another type reads as empty, for the client must outlive a newer server.
namespace teahouse::wire {

QLatin1StringView kindName(ItemKind kind);
QLatin1StringView roleName(RoomRole role); ///< empty for RoomRole::None
RoomRole toRole(const QString &name);      ///< RoomRole::None for a name that is none
std::optional<NotifyLevel> toLevel(QStringView name);

QJsonObject toJson(const Item &item);
Item toItem(const QJsonObject &object);

QJsonObject toJson(const RoomState &room);
RoomState toRoomState(const QJsonObject &object);

QJsonObject toJson(const Person &person);
Person toPerson(const QJsonObject &object);

QJsonObject toJson(const UserInfo &user);
UserInfo toUserInfo(const QJsonObject &object);

QJsonObject toJson(const AccountList::Account &account);
AccountList::Account toAccount(const QJsonObject &object);
QJsonObject toJson(const InviteList::Invite &invite);
InviteList::Invite toInvite(const QJsonObject &object);

QJsonObject toJson(const SanctionList::Sanction &sanction);
SanctionList::Sanction toSanction(const QJsonObject &object);

QJsonObject toJson(const AuditPage::Entry &entry);
AuditPage::Entry toAuditEntry(const QJsonObject &object);

} // namespace teahouse::wire
