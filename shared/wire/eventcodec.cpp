#include "shared/wire/eventcodec.h"

#include "shared/text.h"
#include "shared/wire/json.h"
#include "shared/wire/objectwriter.h"
#include "shared/wire/valuecodec.h"

namespace teahouse::wire {

using namespace Qt::StringLiterals;

namespace {

qint64 number(quint64 value)
{
    return static_cast<qint64>(value);
}

/// A text of somebody's, cleaned.
void put(ObjectWriter &line, QLatin1StringView key, const QString &text)
{
    if (isPlainText(text))
        line.text(key, text);
    else
        line.text(key, cleanText(text));
}

/// toJson(item) with `ev`, and with `cid` where there is one.
QByteArray itemLine(const Item &item, const QString &cid)
{
    const bool isMessage = item.kind == ItemKind::Message;
    const bool hasTarget = item.kind == ItemKind::Edited || item.kind == ItemKind::Deleted;
    ObjectWriter line;
    if (!cid.isEmpty())
        put(line, "cid"_L1, cid);
    if (isMessage && item.edited)
        line.boolean("edited"_L1, true);
    line.word("ev"_L1, "item");
    put(line, "from"_L1, item.from);
    line.word("kind"_L1, kindName(item.kind));
    if (item.kind == ItemKind::Role)
        put(line, "name"_L1, item.name);
    if (isMessage && item.replyTo > 0)
        line.number("reply_to"_L1, number(item.replyTo));
    if (item.kind == ItemKind::Role)
        put(line, "role"_L1, item.role);
    put(line, "room"_L1, item.room);
    line.number("seq"_L1, number(item.seq));
    if (isMessage && item.action)
        line.word("style"_L1, "action");
    if (hasTarget)
        line.number("target"_L1, number(item.target));
    if (isMessage || item.kind == ItemKind::Edited || item.kind == ItemKind::Topic)
        put(line, "text"_L1, item.text);
    line.word("time"_L1, timeText(item.time));
    if (item.kind == ItemKind::Gone)
        line.number("to"_L1, number(item.to));
    return line.line();
}

/// Writes each kind of event; the member functions are the rows of docs/protocol.md.
class Writer
{
public:
    explicit Writer(Side side) : m_side(side) { }

    QByteArray operator()(const ItemAdded &event) const
    {
        return itemLine(event.item, m_side == Side::Own ? event.cid : QString());
    }
    QByteArray operator()(const Entered &event) const
    {
        ObjectWriter line;
        if (event.admin)
            line.boolean("admin"_L1, true);
        line.word("ev"_L1, "entered");
        put(line, "name"_L1, event.name);
        if (event.registered)
            line.boolean("registered"_L1, true);
        if (event.role != RoomRole::None)
            line.word("role"_L1, roleName(event.role));
        put(line, "room"_L1, event.room);
        put(line, "via"_L1, event.via);
        return line.line();
    }
    QByteArray operator()(const Left &event) const
    {
        ObjectWriter line;
        line.word("ev"_L1, "left");
        put(line, "name"_L1, event.name);
        put(line, "reason"_L1, event.reason);
        put(line, "room"_L1, event.room);
        return line.line();
    }
    QByteArray operator()(const CountChanged &event) const
    {
        ObjectWriter line;
        line.word("ev"_L1, "count");
        line.number("members"_L1, event.members);
        put(line, "room"_L1, event.room);
        return line.line();
    }
    template <typename Rare>
    QByteArray operator()(const Rare &event) const
    {
        return toCleanLine(object(event));
    }

private:
    static QJsonObject object(const UserChanged &event)
    {
        QJsonObject user{{"ev"_L1, "user"_L1}, {"name"_L1, event.name}, {"away"_L1, event.away}};
        if (event.registered)
            user["registered"_L1] = true;
        if (event.admin)
            user["admin"_L1] = true;
        return user;
    }
    static QJsonObject object(const RoomChanged &event)
    {
        QJsonObject room = toJson(event.room);
        room["ev"_L1] = "room"_L1;
        if (event.gone)
            room["gone"_L1] = true;
        return room;
    }
    static QJsonObject object(const ReadMoved &event)
    {
        return {{"ev"_L1, "read"_L1},
                {"room"_L1, event.room},
                {"seq"_L1, static_cast<qint64>(event.seq)}};
    }
    static QJsonObject object(const Notice &event)
    {
        QJsonObject notice{
                {"ev"_L1, "notice"_L1}, {"text"_L1, event.text}, {"level"_L1, event.level}};
        setText(notice, "kind"_L1, event.kind);
        setText(notice, "room"_L1, event.room);
        setText(notice, "by"_L1, event.by);
        setText(notice, "reason"_L1, event.reason);
        setText(notice, "until"_L1, event.until == 0 ? QString() : toTime(event.until));
        return notice;
    }
    static QJsonObject object(const Ping &) { return {{"ev"_L1, "ping"_L1}}; }
    static QJsonObject object(const Closing &event)
    {
        QJsonObject closing{
                {"ev"_L1, "closing"_L1},
                {"code"_L1, closingName(event.code)},
                {"text"_L1, event.text.isEmpty() ? closingSentence(event.code) : event.text},
                {"retry"_L1, mayReconnect(event.code)}};
        setText(closing, "reason"_L1, event.reason);
        setText(closing, "until"_L1, event.until == 0 ? QString() : toTime(event.until));
        setText(closing, "by"_L1, event.by);
        return closing;
    }
    static void setText(QJsonObject &object, QLatin1StringView key, const QString &text)
    {
        if (!text.isEmpty())
            object[key] = text;
    }

    Side m_side;
};

} // namespace

QByteArray encodeEvent(const Event &event, Side side)
{
    return std::visit(Writer(side), event);
}

QByteArray encodeOwnEvent(const Event &event, QByteArrayView other)
{
    const auto *added = std::get_if<ItemAdded>(&event);
    if (!added)
        return encodeEvent(event, Side::Own);
    if (added->cid.isEmpty())
        return other.toByteArray();
    // `cid` is the first of the keys.
    ObjectWriter cid;
    put(cid, "cid"_L1, added->cid);
    QByteArray line = cid.line();
    line.chop(2);
    line.append(',').append(other.sliced(1));
    return line;
}

std::optional<Event> decodeEvent(const QJsonObject &object)
{
    const auto text = [&](QLatin1StringView key) { return object[key].toString(); };
    const QString kind = text("ev"_L1);
    if (kind == "item"_L1)
        return ItemAdded{toItem(object), text("cid"_L1)};
    if (kind == "entered"_L1)
        return Entered{.room = text("room"_L1),
                       .name = text("name"_L1),
                       .via = text("via"_L1),
                       .registered = object["registered"_L1].toBool(),
                       .admin = object["admin"_L1].toBool(),
                       .role = toRole(text("role"_L1))};
    if (kind == "left"_L1)
        return Left{text("room"_L1), text("name"_L1), text("reason"_L1)};
    if (kind == "count"_L1)
        return CountChanged{text("room"_L1), object["members"_L1].toInt()};
    if (kind == "user"_L1)
        return UserChanged{text("name"_L1), text("away"_L1), object["registered"_L1].toBool(),
                           object["admin"_L1].toBool()};
    if (kind == "room"_L1)
        return RoomChanged{toRoomState(object), object["gone"_L1].toBool()};
    if (kind == "read"_L1)
        return ReadMoved{text("room"_L1), toNumber(object["seq"_L1])};
    if (kind == "notice"_L1)
        return Notice{.text = text("text"_L1),
                      .level = text("level"_L1),
                      .kind = text("kind"_L1),
                      .room = text("room"_L1),
                      .by = text("by"_L1),
                      .reason = text("reason"_L1),
                      .until = fromTime(text("until"_L1))};
    if (kind == "ping"_L1)
        return Ping{};
    if (kind == "closing"_L1)
        return Closing{.code = closingCode(text("code"_L1)).value_or(ClosingCode::Shutdown),
                       .text = text("text"_L1),
                       .reason = text("reason"_L1),
                       .until = fromTime(text("until"_L1)),
                       .by = text("by"_L1)};
    return std::nullopt;
}

} // namespace teahouse::wire
