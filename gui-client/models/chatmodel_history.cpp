// How ChatModel loads what was said; the rest is in chatmodel.cpp.
#include "gui-client/models/chatmodel.h"

#include "gui-client/models/chatroom.h"

namespace teahouse::client {

namespace {

using Older = TranscriptModel::Older;

/// Who missed more than this gets the latest page instead of all that was missed: in the room that
/// is looked at, and in the others.
constexpr quint64 catchUpAtMost = 2000;
constexpr quint64 catchUpUnseen = 200;

/// Whether a page leads on from where it was asked for. One that says that there is more and does
/// not would be asked for without end.
bool leadsOn(const HistoryPage &page, quint64 edge)
{
    if (!page.more)
        return true;
    if (page.items.isEmpty())
        return false;
    return page.backwards ? edge == 0 || page.items.first().seq < edge
                          : page.items.last().seq > edge || page.items.last().to > edge;
}

} // namespace

/// Asks for what was missed in a room of which something is loaded.
void ChatModel::catchUp(Room &room, quint64 last)
{
    TranscriptModel &transcript = room.transcript;
    const bool isLoaded = transcript.newestSeq() > 0;
    const quint64 most = room.name == m_current ? catchUpAtMost : catchUpUnseen;
    // Numbers that went backwards, or a gap not worth filling: load again, like a new room.
    const bool isFar = last < transcript.newestSeq()
            || (last > room.synced && last - room.synced > most);
    if (isLoaded && isFar)
        transcript.clearConfirmed();
    transcript.connected(last);
    if (!isLoaded || isFar || room.synced > last) {
        room.synced = last;
        if (last > 0 && transcript.older() == Older::Beginning && transcript.newestSeq() == 0)
            transcript.setOlder(Older::Unknown);
    }
    room.behind = room.synced < last;
    if (room.behind) {
        transcript.setGap(room.synced, RowState::Pending);
        emit historyWanted(room.name, HistoryFrom::After, room.synced);
    }
}

void ChatModel::goOnCatchingUp(Room &room, const HistoryPage &page, quint64 edge)
{
    if (!room.behind || page.backwards || edge != room.synced)
        return;
    if (!page.items.isEmpty())
        room.synced = std::max(room.synced, page.items.last().seq);
    room.behind = page.more && room.synced > edge;
    if (room.behind) {
        room.transcript.setGap(room.synced, RowState::Pending);
        emit historyWanted(room.name, HistoryFrom::After, room.synced);
    } else {
        room.synced = std::max(room.synced, room.transcript.newestSeq());
    }
}

void ChatModel::applyHistory(const QString &room, const HistoryPage &page, quint64 edge)
{
    Room *found = find(room);
    if (!found)
        return;
    if (!leadsOn(page, edge)) {
        historyFailed(room, page.backwards ? HistoryFrom::Before : HistoryFrom::After, edge);
        return;
    }
    TranscriptModel &transcript = found->transcript;
    if (page.backwards && found->asking == edge)
        found->asking.reset();
    transcript.applyPage(page, edge);
    if (transcript.isKnown(found->around))
        found->around = 0;
    goOnCatchingUp(*found, page, edge);
    if (found->name == m_current)
        loadMarker(*found);
    if (isWatched(*found))
        markRead(*found);
}

void ChatModel::connectionLost()
{
    for (const auto &[key, room] : m_rooms) {
        room->peopleKnown = false;
        room->asking.reset();
        room->around = 0;
        room->transcript.resendUnconfirmed();
        room->transcript.setGaps(RowState::Sent);
        if (room->transcript.older() == Older::Loading)
            room->transcript.setOlder(Older::Failed);
    }
}

void ChatModel::historyFailed(const QString &room, HistoryFrom from, quint64 edge)
{
    Room *found = find(room);
    if (!found)
        return;
    TranscriptModel &transcript = found->transcript;
    transcript.setGap(edge, RowState::Failed);
    if (from != HistoryFrom::After && found->asking == edge) {
        found->asking.reset();
        if (transcript.older() == Older::Loading)
            transcript.setOlder(Older::Failed);
    }
    if (found->around > 0 && edge + 1 >= found->around && edge <= found->around + 1) {
        found->around = 0;
        emit aroundFailed(found->name);
    }
}

void ChatModel::wantOlder(const QString &name)
{
    Room *room = find(name);
    if (!room || room->asking)
        return;
    TranscriptModel &transcript = room->transcript;
    if (transcript.older() != Older::More && transcript.older() != Older::Failed)
        return;
    loadNewest(*room);
}

void ChatModel::wantGap(const QString &name, HistoryFrom from, quint64 edge)
{
    Room *room = find(name);
    if (!room)
        return;
    room->transcript.setGap(edge, RowState::Pending);
    emit historyWanted(room->name, from, edge);
}

void ChatModel::wantAround(const QString &name, quint64 seq)
{
    Room *room = find(name);
    if (!room || seq == 0 || room->transcript.isKnown(seq) || room->around == seq)
        return;
    room->around = seq;
    emit historyWanted(room->name, HistoryFrom::Before, seq + 1);
    emit historyWanted(room->name, HistoryFrom::After, seq);
}

/// Asks for what a room needs that is looked at.
void ChatModel::load(Room &room)
{
    if (!room.peopleKnown) {
        room.peopleKnown = true;
        emit membersWanted(room.name);
    }
    TranscriptModel &transcript = room.transcript;
    if (transcript.older() == Older::Failed)
        transcript.setOlder(transcript.oldestSeq() > 0 ? Older::More : Older::Unknown);
    if (!room.asking && transcript.older() == Older::Unknown)
        loadNewest(room);
    else
        loadMarker(room);
}

/// Asks for the newest page, or for the one before the oldest message.
void ChatModel::loadNewest(Room &room)
{
    const quint64 oldest = room.transcript.oldestSeq();
    room.asking = oldest;
    room.transcript.setOlder(Older::Loading);
    emit historyWanted(room.name, oldest > 0 ? HistoryFrom::Before : HistoryFrom::Newest, oldest);
}

/// Asks for what stands behind the marker, when that is longer ago than what is loaded.
void ChatModel::loadMarker(Room &room)
{
    TranscriptModel &transcript = room.transcript;
    if (!transcript.marker() || transcript.newestSeq() == 0 || transcript.isMarkerLoaded()
        || room.around == *transcript.marker() + 1)
        return;
    const quint64 marker = *transcript.marker();
    room.around = marker + 1;
    transcript.setGap(marker, RowState::Pending);
    emit historyWanted(room.name, HistoryFrom::After, marker);
}

} // namespace teahouse::client
