#pragma once

#include "shared/item.h"
#include "shared/roominfo.h"

#include <QJsonObject>

/// The value types as they stand in native lines, both ways. Decoding never fails: what is
/// missing or of another type reads as empty, for the client must outlive a newer server.
namespace teahouse::wire {

QLatin1StringView kindName(ItemKind kind);
QJsonObject toJson(const Item &item);
Item toItem(const QJsonObject &object);

QJsonObject toJson(const RoomState &room);
RoomState toRoomState(const QJsonObject &object);

QJsonObject toJson(const Person &person);
Person toPerson(const QJsonObject &object);

QJsonObject toJson(const UserInfo &user);
UserInfo toUserInfo(const QJsonObject &object);

} // namespace teahouse::wire
