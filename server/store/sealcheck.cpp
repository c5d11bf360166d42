#include "server/store/sealcheck.h"

#include "server/store/itemrow.h"
#include "server/store/itemseal.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// The row as it stands, without what readers clean.
Item itemOf(const Statement &row)
{
    Item item;
    item.seq = row.number(0);
    item.kind = static_cast<ItemKind>(row.integer(1));
    item.from = row.text(2);
    item.time = row.integer(3);
    item.text = row.text(4);
    item.action = (row.integer(5) & ActionFlag) != 0;
    item.replyTo = row.number(6);
    item.target = row.number(7);
    item.name = row.text(8);
    item.role = row.text(9);
    return item;
}

QByteArray keyOf(Database &database)
{
    Statement store(database, "SELECT digest_key FROM store");
    return store.next() ? sealKey(store.bytes(0)) : QByteArray();
}

} // namespace

QStringList checkSeals(Database &database, int atMost)
{
    const QByteArray key = keyOf(database);
    QStringList wrong;
    if (key.isEmpty())
        return wrong;
    Statement rows(database,
                   "SELECT " TEAHOUSE_ITEM_COLUMNS ", room, sender, newest_edit, seal FROM items"
                   " WHERE seal IS NOT NULL");
    while (wrong.size() <= atMost && rows.next()) {
        const Item item = itemOf(rows);
        const ItemRow row{rows.number(10), rows.number(11), static_cast<int>(rows.integer(5)),
                          rows.number(12)};
        if (sealOf(key, item, row, digestOf(key, item)) == rows.integer(13))
            continue;
        if (wrong.size() == atMost)
            wrong.append(u"There is more of the kind."_s);
        else
            wrong.append(u"In room #%1 number %2 is not as it was written."_s.arg(row.room).arg(
                    item.seq));
    }
    return wrong;
}

} // namespace teahouse::server
