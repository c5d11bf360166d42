#include "server/store/itemrow.h"

#include "server/store/storedtables.h"

#include <array>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

enum Place { Seq, Kind, Speaker, Time, Text, Flags, ReplyTo, Target, Name, Role, Places };

/// The rules for what TEAHOUSE_ITEM_COLUMNS asks for, in that order.
const std::array<Column, Places> &columns()
{
    static const std::array<Column, Places> found = [] {
        const StoredTable &items = storedTable("items");
        return std::array<Column, Places>{items.column("seq"),      items.column("kind"),
                                          items.column("speaker"),  items.column("time"),
                                          items.column("text"),     items.column("flags"),
                                          items.column("reply_to"), items.column("target"),
                                          items.column("name"),     items.column("role")};
    }();
    return found;
}

QString textAt(const Statement &row, int begin, Place place)
{
    return shownText(row, begin + place, columns()[place]);
}

} // namespace

QString itemFault(const Statement &row, int begin)
{
    for (const Place place : {Seq, Kind, Time, Flags, ReplyTo, Target}) {
        const QString fault = faultOf(row, begin + place, columns()[place]);
        if (!fault.isEmpty())
            return u"number %1 is damaged: \"%2\" %3"_s.arg(row.integer(begin))
                    .arg(QLatin1StringView(columns()[place].name), fault);
    }
    return {};
}

Item readItem(const Statement &row, int begin)
{
    if (!itemFault(row, begin).isEmpty()) {
        const bool hasTime = faultOf(row, begin + Time, columns()[Time]).isEmpty();
        return goneItem(row.number(begin + Seq), hasTime ? row.integer(begin + Time) : 0);
    }
    Item item;
    item.seq = row.number(begin + Seq);
    item.kind = static_cast<ItemKind>(row.integer(begin + Kind));
    item.from = textAt(row, begin, Speaker);
    item.time = row.integer(begin + Time);
    item.text = textAt(row, begin, Text);
    item.action = (row.integer(begin + Flags) & ActionFlag) != 0;
    item.edited = (row.integer(begin + Flags) & EditedFlag) != 0;
    item.replyTo = row.number(begin + ReplyTo);
    item.target = row.number(begin + Target);
    item.name = textAt(row, begin, Name);
    item.role = textAt(row, begin, Role);
    if (item.kind == ItemKind::Gone)
        item.to = item.seq;
    return item;
}

Item goneItem(quint64 seq, qint64 time)
{
    Item gone;
    gone.seq = gone.to = seq;
    gone.kind = ItemKind::Gone;
    gone.time = time;
    return gone;
}

} // namespace teahouse::server
