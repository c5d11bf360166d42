#pragma once

#include "server/core/records.h"
#include "shared/item.h"

#include <QByteArray>

namespace teahouse::server {

/// The key as it stands in the file, made as long as the functions below need it.
QByteArray sealKey(const QByteArray &stored);

/// A keyed hash of what is said in an item, by which a retry is known for the same: SipHash, so
/// that nobody can try texts against it
/// (https://doc.libsodium.org/hashing/short-input_hashing). `key` is a sealKey().
qint64 digestOf(const QByteArray &key, const Item &item);

/// What a row says besides the item.
struct ItemRow
{
    RoomId room = 0;
    UserId sender = 0;
    int flags = 0;
    quint64 newestEdit = 0;
};

/// A keyed hash of all that a row holds, so that `check` finds what was changed under it. `digest`
/// is that of the item as the row has it.
qint64 sealOf(const QByteArray &key, const Item &item, const ItemRow &row, qint64 digest);

} // namespace teahouse::server
