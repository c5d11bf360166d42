#pragma once

#include "server/store/database.h"
#include "shared/item.h"

namespace teahouse::server {

/// What SELECT asks for so that readItem() can read it.
#define TEAHOUSE_ITEM_COLUMNS "seq, kind, speaker, time, text, flags, reply_to, target, name, role"

/// The bits of the column `flags`.
enum ItemFlag : int { ActionFlag = 1, EditedFlag = 2 };

/// The item of a row, its columns beginning with number `begin`. Of a damaged row, in which a
/// number is none of those that it may be, only that there is an item: it is gone.
Item readItem(const Statement &row, int begin);

/// What is damaged in the row, to follow a room's name; empty: nothing.
QString itemFault(const Statement &row, int begin);

/// What stands for the item of this number that was erased, has expired or is damaged.
Item goneItem(quint64 seq, qint64 time);

} // namespace teahouse::server
