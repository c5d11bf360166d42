#include "gui-client/models/chatmodel.h"

#include "gui-client/models/chatroom.h"
#include "gui-client/models/mention.h"
#include "shared/names.h"
#include "shared/text.h"

#include <QDateTime>

#include <utility>

namespace teahouse::client {

namespace {

/// Who missed more than this gets the latest page instead of all that was missed.
constexpr quint64 catchUpAtMost = 2000;

} // namespace

ChatModel::ChatModel(QObject *parent) : QObject(parent), m_clock(&QDateTime::currentMSecsSinceEpoch)
{
}

ChatModel::~ChatModel() = default;

void ChatModel::greet(const Greeting &greeting)
{
    const QString before = std::exchange(m_epoch, greeting.epoch);
    m_server = cleanLine(greeting.server);
    if (!before.isEmpty() && before != m_epoch) {
        for (const auto &[key, room] : m_rooms) {
            room->transcript.clearConfirmed();
            room->read = 0;
        }
    }
    emit identityChanged();
}

void ChatModel::welcome(const Welcome &welcome)
{
    connectionLost(); // nothing that an earlier connection asked for will be answered
    m_user = welcome.user;
    emit identityChanged();
    QStringList forgotten;
    for (const auto &[key, room] : m_rooms) {
        room->transcript.setOwnName(m_user.name);
        const auto same = [&key = key](const RoomState &state) {
            return foldedName(state.room) == key;
        };
        if (std::none_of(welcome.rooms.cbegin(), welcome.rooms.cend(), same)
            && !isPrivateRoom(room->name))
            forgotten.append(room->name);
    }
    for (const RoomState &state : welcome.rooms)
        roomJoined(state);
    for (const QString &room : std::as_const(forgotten))
        emit joinWanted(room);
    if (m_current.isEmpty() && m_roomList.rowCount() > 0)
        setCurrentRoom(m_roomList.at(0).room);
    emit unreadChanged(totalUnread());
}

void ChatModel::applyHistory(const QString &room, const HistoryPage &page)
{
    Room *found = find(room);
    if (!found)
        return;
    if (page.backwards)
        found->asking = false;
    found->transcript.applyPage(page);
    if (!page.backwards && page.more && !page.items.isEmpty()) {
        emit historyWanted(found->name, HistoryFrom::After, found->transcript.greatestSeq());
    }
    if (isWatched(*found))
        markRead(*found);
}

void ChatModel::applyMembers(const QString &room, const PersonList &people)
{
    Room *found = find(room);
    if (!found)
        return;
    found->people.applyPage(people);
    if (!people.more) {
        update(found->name, [&](RoomState &state) { state.members = found->people.rowCount(); });
    }
}

void ChatModel::roomJoined(const RoomState &state)
{
    Room *room = ensure(state);
    if (!room)
        return;
    room->peopleKnown = false;
    room->local = false;
    RoomState known = state;
    known.room = room->name;
    known.topic = cleanLine(state.topic);
    m_roomList.upsert(known);
    catchUp(*room, state.last);
    if (foldedName(m_current) == foldedName(room->name))
        load(*room);
    emit unreadChanged(totalUnread());
}

void ChatModel::roomLeft(const QString &name)
{
    Room *room = find(name);
    if (!room)
        return;
    const QString known = room->name;
    m_roomList.remove(known);
    if (m_current == known) {
        m_current.clear();
        if (m_roomList.rowCount() > 0)
            setCurrentRoom(m_roomList.at(0).room);
        else
            emit currentRoomChanged({});
    }
    emit roomRemoved(known);
    m_rooms.erase(foldedName(known));
    emit unreadChanged(totalUnread());
}

void ChatModel::connectionLost()
{
    for (const auto &[key, room] : m_rooms) {
        room->peopleKnown = false;
        historyFailed(room->name);
    }
}

void ChatModel::historyFailed(const QString &room)
{
    Room *found = find(room);
    if (!found)
        return;
    found->asking = false;
    TranscriptModel &transcript = found->transcript;
    if (transcript.older() == TranscriptModel::Older::Loading)
        transcript.setOlder(transcript.oldestSeq() > 0 ? TranscriptModel::Older::More
                                                       : TranscriptModel::Older::Unknown);
}

void ChatModel::addPending(const QString &room, const QString &cid, const QString &text,
                           bool action)
{
    if (Room *found = find(room))
        found->transcript.addPending(cid, text, action, m_clock());
}

void ChatModel::confirm(const QString &room, const QString &cid, quint64 seq, qint64 time)
{
    Room *found = find(room);
    if (!found)
        return;
    found->transcript.confirm(cid, seq, time);
    becomeShared(*found);
    if (isWatched(*found))
        markRead(*found);
}

void ChatModel::fail(const QString &room, const QString &cid, const QString &text)
{
    if (Room *found = find(room))
        found->transcript.fail(cid, text);
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
    if (!find(state.room)) {
        Room *room = ensure(state);
        if (!room)
            return;
        room->local = true; // there is nothing to ask the server for
        room->transcript.setOlder(TranscriptModel::Older::Beginning);
        room->peopleKnown = true;
    }
    setCurrentRoom(state.room);
}

void ChatModel::setCurrentRoom(const QString &name)
{
    Room *room = find(name);
    if (!room)
        return;
    if (m_current != room->name) {
        m_current = room->name;
        emit currentRoomChanged(m_current);
    }
    load(*room);
    if (isWatched(*room))
        markRead(*room);
}

void ChatModel::setActive(bool active)
{
    m_active = active;
    Room *room = find(m_current);
    if (room && active)
        markRead(*room);
}

void ChatModel::wantOlder(const QString &name)
{
    Room *room = find(name);
    if (!room || room->asking || room->transcript.older() != TranscriptModel::Older::More)
        return;
    room->asking = true;
    room->transcript.setOlder(TranscriptModel::Older::Loading);
    emit historyWanted(room->name, HistoryFrom::Before, room->transcript.oldestSeq());
}

void ChatModel::setDraft(const QString &room, const QString &text)
{
    if (Room *found = find(room))
        found->draft = text;
}

QString ChatModel::draft(const QString &room) const
{
    const Room *found = find(room);
    return found ? found->draft : QString();
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
    room->transcript.setOwnName(m_user.name);
    room->transcript.setMentionTest(
            [this, room](const QString &text) { return isMention(*room, text); });
    m_rooms.emplace(foldedName(name), std::move(made));
    RoomState added = state;
    added.room = name;
    added.topic = cleanLine(state.topic);
    m_roomList.upsert(added);
    emit roomAdded(name);
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

/// Asks for what was missed in a room of which something is loaded.
void ChatModel::catchUp(Room &room, quint64 last)
{
    TranscriptModel &transcript = room.transcript;
    const quint64 greatest = transcript.greatestSeq();
    // Numbers that went backwards, or a gap not worth filling: load again, like a new room.
    if (greatest > 0 && (last < greatest || last - greatest > catchUpAtMost))
        transcript.clearConfirmed();
    transcript.setLastKnown(last);
    if (transcript.greatestSeq() == 0) {
        if (transcript.older() == TranscriptModel::Older::Beginning && last > 0)
            transcript.setOlder(TranscriptModel::Older::Unknown);
    } else if (last > transcript.greatestSeq()) {
        emit historyWanted(room.name, HistoryFrom::After, transcript.greatestSeq());
    }
}

/// The server knows a conversation that was opened here: what was said before may be loaded.
void ChatModel::becomeShared(Room &room)
{
    if (std::exchange(room.local, false) && room.transcript.oldestSeq() > 1)
        room.transcript.setOlder(TranscriptModel::Older::More);
}

/// Asks for what a room needs that is looked at.
void ChatModel::load(Room &room)
{
    if (!room.peopleKnown) {
        room.peopleKnown = true;
        emit membersWanted(room.name);
    }
    TranscriptModel &transcript = room.transcript;
    if (room.asking || transcript.older() != TranscriptModel::Older::Unknown)
        return;
    const quint64 oldest = transcript.oldestSeq();
    room.asking = true;
    transcript.setOlder(TranscriptModel::Older::Loading);
    emit historyWanted(room.name, oldest > 0 ? HistoryFrom::Before : HistoryFrom::Newest, oldest);
}

void ChatModel::markRead(Room &room)
{
    const quint64 newest = room.transcript.newestSeq();
    update(room.name, [](RoomState &state) { state.unread = state.mentions = 0; });
    emit unreadChanged(totalUnread());
    if (newest > room.read) {
        room.read = newest;
        emit readMoved(room.name, newest);
    }
}

} // namespace teahouse::client
