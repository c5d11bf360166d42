#include "shared/wire/replycodec.h"

#include "shared/limits.h"
#include "shared/text.h"
#include "shared/wire/json.h"
#include "shared/wire/objectwriter.h"
#include "shared/wire/valuecodec.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

namespace {

/// What a list's entries may fill of a reply; the rest is for the fields around it.
constexpr qsizetype listBudget = limits::reply - 4 * 1024;

qsizetype encodedSize(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).size() + 1;
}

/// As many entries as the budget holds, from the first on, or from the last on backwards.
template <typename Entry>
QJsonArray fitting(const QList<Entry> &entries, bool fromTheEnd)
{
    QJsonArray array;
    qsizetype size = 0;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QJsonObject object = toJson(entries.at(fromTheEnd ? entries.size() - 1 - i : i));
        size += encodedSize(object);
        if (size > listBudget)
            break;
        fromTheEnd ? array.prepend(object) : array.append(object);
    }
    return array;
}

/// Adds each answer's fields to a reply.
class Writer
{
public:
    explicit Writer(QJsonObject &object, const Request &request)
        : m_object(object), m_request(request)
    {
    }

    void operator()(const Done &) const { }
    void operator()(const Pong &) const { }
    void operator()(const Goodbye &) const { }
    void operator()(const Greeting &answer) const
    {
        m_object["server"_L1] = answer.server;
        m_object["version"_L1] = answer.version;
        m_object["protocol"_L1] = answer.protocol;
        m_object["epoch"_L1] = answer.epoch;
        m_object["limits"_L1] = QJsonObject{{"text"_L1, limits::messageText},
                                            {"line"_L1, limits::textLine},
                                            {"frame"_L1, limits::request},
                                            {"page"_L1, limits::page}};
        m_object["features"_L1] = QJsonArray::fromStringList(answer.features);
    }
    void operator()(const Welcome &answer) const
    {
        m_object["user"_L1] = toJson(answer.user);
        if (!answer.resume.isEmpty())
            m_object["resume"_L1] = answer.resume;
        QJsonArray rooms;
        for (const RoomState &room : answer.rooms)
            rooms.append(toJson(room));
        m_object["rooms"_L1] = rooms;
        if (!answer.ignored.isEmpty())
            m_object["ignored"_L1] = QJsonArray::fromStringList(answer.ignored);
        if (!answer.room.isEmpty())
            m_object["room"_L1] = answer.room;
    }
    void operator()(const RoomJoined &answer) const
    {
        const QJsonObject room = toJson(answer.room);
        for (auto field = room.begin(); field != room.end(); ++field)
            m_object[field.key()] = field.value();
    }
    void operator()(const RoomList &answer) const
    {
        addList("rooms"_L1, answer.rooms, "room"_L1, answer);
    }
    void operator()(const PersonList &answer) const
    {
        if (!answer.room.isEmpty())
            m_object["room"_L1] = answer.room;
        QJsonArray people; // limits::page of them always fit
        for (const Person &person : answer.people)
            people.append(toJson(person));
        m_object[m_request.verb == "who"_L1 ? "users"_L1 : "members"_L1] = people;
        m_object["more"_L1] = answer.more;
        if (answer.more)
            m_object["next"_L1] = answer.next;
    }
    void operator()(const UserShown &answer) const { m_object["user"_L1] = toJson(answer.user); }
    void operator()(const InviteCode &answer) const
    {
        m_object["code"_L1] = answer.code;
        m_object["until"_L1] = toTime(answer.until);
        m_object["uses"_L1] = answer.uses;
        if (!answer.room.isEmpty())
            m_object["room"_L1] = answer.room;
        m_object["label"_L1] = answer.label;
    }
    void operator()(const InviteList &answer) const
    {
        addList("codes"_L1, answer.codes, "label"_L1, answer);
    }
    void operator()(const CodeTaken &) const { }
    void operator()(const IgnoreList &answer) const
    {
        m_object["ignored"_L1] = QJsonArray::fromStringList(answer.names);
    }
    void operator()(const AccountList &answer) const
    {
        addList("accounts"_L1, answer.accounts, "name"_L1, answer);
    }
    void operator()(const SanctionList &answer) const
    {
        // limits::page of them always fit
        QJsonArray sanctions;
        for (const SanctionList::Sanction &sanction : answer.sanctions)
            sanctions.append(toJson(sanction));
        m_object["bans"_L1] = sanctions;
        m_object["more"_L1] = answer.more;
        if (answer.more)
            m_object["next"_L1] = answer.next;
    }
    void operator()(const Imposed &answer) const
    {
        if (!answer.address.isEmpty())
            m_object["address"_L1] = answer.address;
        if (answer.isNameOnly)
            m_object["name_only"_L1] = true;
    }
    void operator()(const AuditPage &answer) const
    {
        const QJsonArray entries = fitting(answer.entries, false);
        const bool cut = entries.size() < answer.entries.size();
        m_object["entries"_L1] = entries;
        m_object["more"_L1] = cut || answer.more;
        if (cut || answer.more)
            m_object["next"_L1] = cut ? entries.last().toObject()["id"_L1]
                                      : QJsonValue(static_cast<qint64>(answer.next));
    }
    void operator()(const Said &) const { Q_UNREACHABLE(); } // saidLine()
    void operator()(const HistoryPage &answer) const
    {
        const QJsonArray items = fitting(answer.items, answer.backwards);
        m_object["room"_L1] = answer.room;
        m_object["items"_L1] = items;
        const bool cut = items.size() < answer.items.size();
        m_object["more"_L1] = cut || answer.more;
        if (cut)
            m_object["next"_L1] = (answer.backwards ? items.first() : items.last())
                                          .toObject()["seq"_L1];
        else if (answer.more)
            m_object["next"_L1] = static_cast<qint64>(answer.next);
    }
    void operator()(const SearchPage &answer) const
    {
        QList<Item> found;
        for (const SearchPage::Found &each : answer.found)
            found.append(each.item);
        const QJsonArray items = fitting(found, false);
        const bool cut = items.size() < found.size();
        m_object["items"_L1] = items;
        m_object["more"_L1] = cut || answer.more;
        if (cut || answer.more)
            m_object["next"_L1] = static_cast<qint64>(cut ? answer.found.at(items.size() - 1).place
                                                          : answer.next);
    }
    void operator()(const TopicShown &answer) const
    {
        m_object["room"_L1] = answer.room;
        m_object["topic"_L1] = answer.topic;
    }
    void operator()(const HelpShown &answer) const
    {
        QJsonArray rows;
        for (const HelpShown::Row &row : answer.rows)
            rows.append(QJsonObject{{"usage"_L1, row.usage}, {"text"_L1, row.text}});
        m_object["commands"_L1] = rows;
    }
    void operator()(const ModeChosen &answer) const { m_object["chat"_L1] = answer.chat; }
    void operator()(const CharsetChosen &answer) const { m_object["charset"_L1] = answer.charset; }

private:
    /// A list whose next page begins behind an entry's name.
    template <typename Entry, typename List>
    void addList(QLatin1StringView key, const QList<Entry> &all, QLatin1StringView name,
                 const List &answer) const
    {
        const QJsonArray entries = fitting(all, false);
        const bool cut = entries.size() < all.size();
        m_object[key] = entries;
        m_object["more"_L1] = cut || answer.more;
        if (cut)
            m_object["next"_L1] = entries.last().toObject()[name];
        else if (answer.more)
            m_object["next"_L1] = answer.next;
    }

    QJsonObject &m_object;
    const Request &m_request;
};

/// The answer to every message, which is why it is written by hand.
QByteArray saidLine(const Request &request, const Said &said)
{
    ObjectWriter line;
    line.boolean("ok"_L1, true);
    if (request.id)
        line.text("re"_L1, cleanText(*request.id));
    else
        line.null("re"_L1);
    if (!said.room.isEmpty())
        line.text("room"_L1, cleanText(said.room));
    line.number("seq"_L1, static_cast<qint64>(said.seq));
    line.word("time"_L1, timeText(said.time));
    return line.line();
}

void addError(QJsonObject &object, const Error &error)
{
    object["error"_L1] = errorName(error.code);
    object["text"_L1] = sentence(error);
    object["retry"_L1] = isPassing(error.code);
    if (error.retryMs >= 0)
        object["retry_ms"_L1] = error.retryMs;
    if (error.code != ErrorCode::Banned && error.code != ErrorCode::Muted)
        return;
    if (!error.other.isEmpty())
        object["reason"_L1] = error.other;
    if (error.number != 0)
        object["until"_L1] = toTime(error.number);
}

template <typename Entry>
QList<Entry> toList(const QJsonValue &value, Entry (*convert)(const QJsonObject &))
{
    QList<Entry> list;
    const QJsonArray array = value.toArray();
    list.reserve(array.size());
    for (const QJsonValue entry : array)
        list.append(convert(entry.toObject()));
    return list;
}

} // namespace

QByteArray encodeReply(const Request &request, const Reply &reply)
{
    if (const Said *said = reply ? std::get_if<Said>(&reply.value()) : nullptr)
        return saidLine(request, *said);
    QJsonObject object{{"ok"_L1, reply.ok()}};
    if (request.id)
        object["re"_L1] = *request.id;
    else
        object["re"_L1] = QJsonValue::Null;
    if (reply.ok())
        std::visit(Writer(object, request), reply.value());
    else
        addError(object, reply.error());
    return toCleanLine(object);
}

ReplyHead decodeReplyHead(const QJsonObject &object)
{
    ReplyHead head;
    if (object["re"_L1].isString())
        head.id = object["re"_L1].toString();
    if (!object["ok"_L1].toBool()) {
        Error error;
        error.code = errorCode(object["error"_L1].toString()).value_or(ErrorCode::Internal);
        error.retryMs = object["retry_ms"_L1].toInt(-1);
        error.other = object["reason"_L1].toString();
        error.number = fromTime(object["until"_L1].toString());
        head.error = error;
        head.text = object["text"_L1].toString();
    }
    return head;
}

Answer decodeAnswer(const QString &verb, const QJsonObject &object)
{
    const auto text = [&](QLatin1StringView key) { return object[key].toString(); };
    const auto texts = [&](QLatin1StringView key) {
        QStringList list;
        const QJsonArray array = object[key].toArray();
        for (const QJsonValue entry : array)
            list.append(entry.toString());
        return list;
    };
    const bool more = object["more"_L1].toBool();
    if (verb == "hello"_L1) {
        Greeting greeting{text("server"_L1),
                          text("version"_L1),
                          object["protocol"_L1].toInt(),
                          text("epoch"_L1),
                          {}};
        greeting.features = texts("features"_L1);
        return greeting;
    }
    // `register` before login is answered as a login.
    if (verb == "login"_L1 || (verb == "register"_L1 && object.contains("rooms"_L1)))
        return Welcome{toUserInfo(object["user"_L1].toObject()), text("resume"_L1),
                       toList(object["rooms"_L1], toRoomState), texts("ignored"_L1),
                       text("room"_L1)};
    if (verb == "register"_L1 || verb == "claim"_L1)
        return UserShown{toUserInfo(object["user"_L1].toObject())};
    if (verb == "invite-code"_L1)
        return InviteCode{text("code"_L1), fromTime(text("until"_L1)), object["uses"_L1].toInt(1),
                          text("room"_L1), text("label"_L1)};
    if (verb == "invite-codes"_L1)
        return InviteList{toList(object["codes"_L1], toInvite), more, text("next"_L1)};
    if (verb == "ignore"_L1 || verb == "unignore"_L1)
        return IgnoreList{texts("ignored"_L1)};
    if (verb == "accounts"_L1)
        return AccountList{toList(object["accounts"_L1], toAccount), more, text("next"_L1)};
    if (verb == "bans"_L1)
        return SanctionList{toList(object["bans"_L1], toSanction), more, text("next"_L1)};
    if (verb == "ban"_L1 || verb == "mute"_L1)
        return Imposed{verb == "ban"_L1 ? SanctionKind::Ban : SanctionKind::Mute,
                       {},
                       text("address"_L1),
                       object["name_only"_L1].toBool()};
    if (verb == "audit"_L1)
        return AuditPage{toList(object["entries"_L1], toAuditEntry), more,
                         toNumber(object["next"_L1])};
    if (verb == "join"_L1 || verb == "create"_L1)
        return RoomJoined{toRoomState(object)};
    if (verb == "rooms"_L1)
        return RoomList{toList(object["rooms"_L1], toRoomState), more, text("next"_L1)};
    if (verb == "look"_L1)
        return PersonList{text("room"_L1), toList(object["members"_L1], toPerson), more,
                          text("next"_L1)};
    if (verb == "who"_L1)
        return PersonList{{}, toList(object["users"_L1], toPerson), more, text("next"_L1)};
    if (verb == "say"_L1 || verb == "msg"_L1 || verb == "edit"_L1 || verb == "delete"_L1)
        return Said{text("room"_L1), toNumber(object["seq"_L1]), fromTime(text("time"_L1))};
    if (verb == "history"_L1)
        return HistoryPage{text("room"_L1), toList(object["items"_L1], toItem), more,
                           toNumber(object["next"_L1]), false};
    if (verb == "search"_L1) {
        SearchPage page{{}, more, toNumber(object["next"_L1])};
        const QList<Item> items = toList(object["items"_L1], toItem);
        for (const Item &item : items)
            page.found.append({item, 0});
        return page;
    }
    if (verb == "topic"_L1)
        return TopicShown{text("room"_L1), text("topic"_L1)};
    if (verb == "ping"_L1)
        return Pong{};
    if (verb == "logout"_L1)
        return Goodbye{};
    return Done{};
}

} // namespace teahouse::wire
