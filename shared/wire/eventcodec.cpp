#include "shared/wire/eventcodec.h"

#include "shared/wire/json.h"
#include "shared/wire/valuecodec.h"

namespace teahouse::wire {

using namespace Qt::StringLiterals;

namespace {

/// Writes each kind of event; the member functions are the rows of docs/protocol.md.
class Writer
{
public:
    explicit Writer(Side side) : m_side(side) { }

    QJsonObject operator()(const ItemAdded &event) const
    {
        QJsonObject object = toJson(event.item);
        object["ev"_L1] = "item"_L1;
        if (m_side == Side::Own && !event.cid.isEmpty())
            object["cid"_L1] = event.cid;
        return object;
    }
    QJsonObject operator()(const Entered &event) const
    {
        return {{"ev"_L1, "entered"_L1},
                {"room"_L1, event.room},
                {"name"_L1, event.name},
                {"via"_L1, event.via}};
    }
    QJsonObject operator()(const Left &event) const
    {
        return {{"ev"_L1, "left"_L1},
                {"room"_L1, event.room},
                {"name"_L1, event.name},
                {"reason"_L1, event.reason}};
    }
    QJsonObject operator()(const CountChanged &event) const
    {
        return {{"ev"_L1, "count"_L1}, {"room"_L1, event.room}, {"members"_L1, event.members}};
    }
    QJsonObject operator()(const UserChanged &event) const
    {
        return {{"ev"_L1, "user"_L1}, {"name"_L1, event.name}, {"away"_L1, event.away}};
    }
    QJsonObject operator()(const RoomChanged &event) const
    {
        QJsonObject object = toJson(event.room);
        object["ev"_L1] = "room"_L1;
        if (event.gone)
            object["gone"_L1] = true;
        return object;
    }
    QJsonObject operator()(const ReadMoved &event) const
    {
        return {{"ev"_L1, "read"_L1},
                {"room"_L1, event.room},
                {"seq"_L1, static_cast<qint64>(event.seq)}};
    }
    QJsonObject operator()(const Notice &event) const
    {
        return {{"ev"_L1, "notice"_L1}, {"text"_L1, event.text}, {"level"_L1, event.level}};
    }
    QJsonObject operator()(const Ping &) const { return {{"ev"_L1, "ping"_L1}}; }
    QJsonObject operator()(const Closing &event) const
    {
        return {{"ev"_L1, "closing"_L1},
                {"code"_L1, closingName(event.code)},
                {"text"_L1, event.text.isEmpty() ? closingSentence(event.code) : event.text},
                {"retry"_L1, mayReconnect(event.code)}};
    }

private:
    Side m_side;
};

} // namespace

QByteArray encodeEvent(const Event &event, Side side)
{
    return toLine(std::visit(Writer(side), event));
}

std::optional<Event> decodeEvent(const QJsonObject &object)
{
    const auto text = [&](QLatin1StringView key) { return object[key].toString(); };
    const QString kind = text("ev"_L1);
    if (kind == "item"_L1)
        return ItemAdded{toItem(object), text("cid"_L1)};
    if (kind == "entered"_L1)
        return Entered{text("room"_L1), text("name"_L1), text("via"_L1)};
    if (kind == "left"_L1)
        return Left{text("room"_L1), text("name"_L1), text("reason"_L1)};
    if (kind == "count"_L1)
        return CountChanged{text("room"_L1), object["members"_L1].toInt()};
    if (kind == "user"_L1)
        return UserChanged{text("name"_L1), text("away"_L1)};
    if (kind == "room"_L1)
        return RoomChanged{toRoomState(object), object["gone"_L1].toBool()};
    if (kind == "read"_L1)
        return ReadMoved{text("room"_L1), toNumber(object["seq"_L1])};
    if (kind == "notice"_L1)
        return Notice{text("text"_L1), text("level"_L1)};
    if (kind == "ping"_L1)
        return Ping{};
    if (kind == "closing"_L1)
        return Closing{closingCode(text("code"_L1)).value_or(ClosingCode::Shutdown),
                       text("text"_L1)};
    return std::nullopt;
}

} // namespace teahouse::wire
