#include "server/store/itemrow.h"

namespace teahouse::server {

Item readItem(const Statement &row, int begin)
{
    Item item;
    item.seq = row.number(begin);
    item.kind = static_cast<ItemKind>(row.integer(begin + 1));
    item.from = row.text(begin + 2);
    item.time = row.integer(begin + 3);
    item.text = row.text(begin + 4);
    item.action = (row.integer(begin + 5) & ActionFlag) != 0;
    item.edited = (row.integer(begin + 5) & EditedFlag) != 0;
    item.replyTo = row.number(begin + 6);
    item.target = row.number(begin + 7);
    item.name = row.text(begin + 8);
    item.role = row.text(begin + 9);
    if (item.kind == ItemKind::Gone)
        item.to = item.seq;
    return item;
}

} // namespace teahouse::server
