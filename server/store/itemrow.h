#pragma once

#include "server/store/database.h"
#include "shared/item.h"

namespace teahouse::server {

/// What SELECT asks for so that readItem() can read it.
#define TEAHOUSE_ITEM_COLUMNS "seq, kind, speaker, time, text, flags, reply_to, target, name, role"

/// The bits of the column `flags`.
enum ItemFlag : int { ActionFlag = 1, EditedFlag = 2 };

/// The item of a row, its columns beginning with number `begin`.
Item readItem(const Statement &row, int begin);

} // namespace teahouse::server
