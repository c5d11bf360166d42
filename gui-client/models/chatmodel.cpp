// Rooms, own messages and what the person does. Events are in chatmodel_events.cpp, history in
// chatmodel_history.cpp, what was read in chatmodel_read.cpp.
#include "gui-client/models/chatmodel.h"

#include "gui-client/models/chatroom.h"
#include "gui-client/models/mention.h"
#include "shared/names.h"
#include "shared/text.h"

#include <QDateTime>

#include <utility>

namespace teahouse::client {

ChatModel::ChatModel(QObject *parent) : QObject(parent), m_clock(&QDateTime::currentMSecsSinceEpoch)
{
    m_search.setHiddenTest([this](const QString &author) { return isIgnored(author); });
}

ChatModel::~ChatModel() = default;

void ChatModel::greet(const Greeting &greeting)
{
    const QString before = std::exchange(m_epoch, greeting.epoch);
    m_server = cleanLine(greeting.server);
    if (!before.isEmpty() && before != m_epoch) {
        m_wasReset = true;
        for (const auto &[key, room] : m_rooms) {
            if (room->closed)
                continue; // nothing comes in its place
            room->transcript.clearConfirmed();
            room->read = room->synced = 0;
        }
        emit numbersVoid();
    }
    emit identityChanged();
}

void ChatModel::welcome(const Welcome &welcome)
{
    connectionLost(); // nothing that an earlier connection asked for will be answered
    m_withheld.clear();
    setIgnored(welcome.ignored);
    m_user = welcome.user;
    emit identityChanged();
    for (const auto &[key, room] : m_rooms)
        room->transcript.setOwnName(m_user.name);
    const QStringList forgotten = settle(welcome.rooms);
    for (const RoomState &state : welcome.rooms)
        roomJoined(state);
    for (const QString &room : forgotten)
        emit joinWanted(room);
    if (m_current.isEmpty() && m_roomList.rowCount() > 0)
        setCurrentRoom(m_roomList.at(0).room);
    emit unreadChanged(totalUnread());
}

void ChatModel::applyMembers(const QString &room, const PersonList &people)
{
    Room *found = find(room);
    if (!found)
        return;
    found->people.applyPage(people);
    if (!people.more) {
        update(found->name, [&](RoomState &state) { state.members = found->people.onlineCount(); });
        noteNamesake(*found);
    }
}

void ChatModel::roomJoined(const RoomState &state)
{
    retire(state.room);
    Room *room = withholds(state) ? nullptr : ensure(state);
    if (!room)
        return;
    reopen(*room);
    room->peopleKnown = false;
    room->local = false;
    followMute(state, *room);
    catchUp(*room, state.last);
    RoomState known = withReading(*room, state);
    known.room = room->name;
    known.topic = cleanLine(state.topic);
    m_roomList.upsert(known);
    if (foldedName(m_current) == foldedName(room->name))
        load(*room);
    emit unreadChanged(totalUnread());
}

void ChatModel::addPending(const QString &room, const QString &cid, const QString &text,
                           bool action)
{
    Room *found = find(room);
    if (!found)
        return;
    found->transcript.addPending(cid, text, action, m_clock());
    if (isWatched(*found))
        found->transcript.setMarker({}); // who answers has read
}

void ChatModel::confirm(const QString &room, const QString &cid, quint64 seq, qint64 time)
{
    Room *found = find(room);
    if (!found)
        return;
    found->transcript.confirm(cid, seq, time);
    becomeShared(*found);
    if (!found->behind)
        found->synced = std::max(found->synced, seq);
    if (isWatched(*found))
        markRead(*found);
}

void ChatModel::fail(const QString &room, const QString &cid, const QString &text, RowState state)
{
    if (Room *found = find(room))
        found->transcript.fail(cid, text, state);
}

void ChatModel::retry(const QString &room, const QString &cid)
{
    if (Room *found = find(room))
        found->transcript.retry(cid);
}

void ChatModel::removePending(const QString &room, const QString &cid)
{
    if (Room *found = find(room))
        found->transcript.removePending(cid);
}

void ChatModel::markAllPendingFailed(const QString &text)
{
    for (const auto &[key, room] : m_rooms)
        room->transcript.markAllPendingFailed(text);
}

void ChatModel::addNotice(const QString &text)
{
    if (Room *room = find(m_current))
        room->transcript.addNotice(text, m_clock());
}

void ChatModel::openPrivate(const QString &name)
{
    RoomState state;
    state.room = u'@' + cleanLine(name);
    retire(state.room);
    const auto withheld = m_withheld.constFind(foldedName(state.room));
    if (withheld != m_withheld.cend()) {
        state = *withheld; // asked for, and so shown
        m_withheld.erase(withheld);
        if (ensure(state))
            roomJoined(state);
    } else if (!find(state.room)) {
        Room *room = ensure(state);
        if (!room)
            return;
        room->local = true; // there is nothing to ask the server for
        room->transcript.setOlder(TranscriptModel::Older::Beginning);
        room->peopleKnown = true;
        for (const auto &[key, other] : m_rooms) {
            if (const auto row = other->people.rowOf(name))
                room->people.upsert(other->people.at(*row));
        }
    }
    setCurrentRoom(state.room);
}

void ChatModel::setCurrentRoom(const QString &name)
{
    Room *room = find(name);
    if (!room)
        return;
    const QString left = m_current;
    if (m_current != room->name) {
        if (Room *before = find(m_current))
            leaveReading(*before);
        m_current = room->name;
        room->transcript.setBudget({});
        room->transcript.setGaps(RowState::Sent); // what could not be loaded may be had now
        m_active = false;                         // whoever shows it will say
        emit currentRoomChanged(m_current);
    }
    if (!room->closed)
        load(*room);
    if (isWatched(*room))
        markRead(*room);
    if (left != m_current)
        removeIfDone(left);
    emit roomOpened(m_current);
}

void ChatModel::setActive(bool active)
{
    m_active = active;
    Room *room = find(m_current);
    if (room && active)
        markRead(*room);
}

void ChatModel::setLevel(const QString &room, NotifyLevel level)
{
    update(room, [level](RoomState &state) { state.level = level; });
}

void ChatModel::setSilence(const QString &room, const std::optional<Silence> &silence)
{
    Room *found = find(room);
    if (!found || found->silence == silence)
        return;
    found->silence = silence;
    if (found->silence)
        found->silence->reason = cleanLine(found->silence->reason);
    emit silenceChanged(found->name);
}

std::optional<Silence> ChatModel::silence(const QString &room) const
{
    const Room *found = find(room);
    return found ? found->silence : std::nullopt;
}

void ChatModel::setDraft(const QString &room, const QString &text)
{
    m_drafts.set(room, text);
    noteWriting();
    emit draftsChanged();
}

void ChatModel::restoreDrafts(const QMap<QString, QString> &drafts)
{
    for (auto it = drafts.cbegin(); it != drafts.cend(); ++it) {
        m_drafts.set(it.key(), it.value());
        if (isPrivateRoom(it.key()) && !find(it.key()))
            m_restored.insert(foldedName(it.key()));
    }
}

QString ChatModel::draft(const QString &room) const
{
    return m_drafts.text(room);
}

TranscriptModel *ChatModel::transcript(const QString &room) const
{
    Room *found = find(room);
    return found ? &found->transcript : nullptr;
}

PeopleModel *ChatModel::people(const QString &room) const
{
    Room *found = find(room);
    return found ? &found->people : nullptr;
}

ChatModel::Room *ChatModel::find(const QString &room) const
{
    const auto it = m_rooms.find(foldedName(room));
    return it == m_rooms.end() ? nullptr : it->second.get();
}

/// The room, made if need be; null without a name.
ChatModel::Room *ChatModel::ensure(const RoomState &state)
{
    if (Room *known = find(state.room))
        return known;
    const QString name = cleanLine(state.room);
    if (name.isEmpty())
        return nullptr;
    auto made = std::make_unique<Room>();
    Room *room = made.get();
    room->name = name;
    room->read = state.read;
    room->transcript.setBudget(TranscriptBudget::background());
    room->transcript.setOwnName(m_user.name);
    room->people.setIgnored(m_ignoredKeys);
    room->transcript.setHiddenTest([this](const QString &author) { return isIgnored(author); });
    room->transcript.setMentionTest(
            [this, room](const QString &text) { return isMention(*room, text); });
    m_rooms.emplace(foldedName(name), std::move(made));
    RoomState added = state;
    added.room = name;
    added.topic = cleanLine(state.topic);
    m_roomList.upsert(added);
    emit roomAdded(name);
    checkDraft(*room);
    return room;
}

bool ChatModel::isOwn(const QString &name) const
{
    return !m_user.name.isEmpty() && foldedName(name) == foldedName(m_user.name);
}

bool ChatModel::isWatched(const Room &room) const
{
    return m_active && room.name == m_current;
}

bool ChatModel::isMention(const Room &room, const QString &text) const
{
    return isMentioned(text, m_user.name, room.people.names());
}

void ChatModel::update(const QString &room, const std::function<void(RoomState &)> &change)
{
    auto state = m_roomList.find(room);
    if (!state)
        return;
    change(*state);
    m_roomList.upsert(*state);
}

/// The server knows a conversation that was opened here: what was said before may be loaded.
void ChatModel::becomeShared(Room &room)
{
    if (!std::exchange(room.local, false))
        return;
    if (room.transcript.oldestSeq() > 1)
        room.transcript.setOlder(TranscriptModel::Older::More);
    room.peopleKnown = room.name == m_current;
    if (room.peopleKnown)
        emit membersWanted(room.name);
}

} // namespace teahouse::client
