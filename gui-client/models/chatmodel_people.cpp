// What ChatModel knows of oneself and of people whom one does not want to hear; the rest is in
// chatmodel.cpp.
#include "gui-client/models/chatmodel.h"

#include "gui-client/models/chatroom.h"
#include "shared/names.h"
#include "shared/text.h"

#include <algorithm>
#include <utility>

namespace teahouse::client {

void ChatModel::setUser(const UserInfo &user)
{
    m_user = user;
    emit identityChanged();
}

void ChatModel::setIgnored(const QStringList &names)
{
    QSet<QString> folded;
    QStringList shown;
    for (const QString &name : names) {
        folded.insert(foldedName(name));
        shown.append(cleanLine(name));
    }
    m_ignored = shown;
    if (std::exchange(m_ignoredKeys, folded) == folded)
        return;
    for (const auto &[key, room] : m_rooms) {
        room->transcript.refreshHidden();
        room->people.setIgnored(m_ignoredKeys);
        if (const auto state = m_roomList.find(room->name); state && state->unread > 0)
            recount(*room);
    }
    m_search.refreshHidden();
    release();
    if (Room *room = find(m_current))
        load(*room);
    emit ignoredChanged();
}

bool ChatModel::isIgnored(const QString &name) const
{
    return !m_ignoredKeys.isEmpty() && m_ignoredKeys.contains(foldedName(name));
}

QStringList ChatModel::namesIn(const QString &room) const
{
    const Room *found = find(room);
    if (!found)
        return {};
    QStringList names;
    QSet<QString> seen{foldedName(m_user.name)};
    const QStringList all = found->transcript.speakers() + found->people.names();
    for (const QString &name : all) {
        const QString key = foldedName(name);
        if (seen.contains(key))
            continue;
        seen.insert(key);
        names.append(name);
    }
    return names;
}

QStringList ChatModel::roomNames() const
{
    QStringList names;
    for (int row = 0; row < m_roomList.rowCount(); ++row) {
        if (const QString &name = m_roomList.at(row).room; !isPrivateRoom(name))
            names.append(name);
    }
    std::copy_if(m_noted.cbegin(), m_noted.cend(), std::back_inserter(names),
                 [this](const QString &name) { return !find(name); });
    return names;
}

void ChatModel::noteRoom(const QString &room)
{
    constexpr qsizetype most = 500;
    if (isPrivateRoom(room))
        return;
    m_noted.removeOne(room);
    m_noted.prepend(room);
    if (m_noted.size() > most)
        m_noted.removeLast();
}

/// A conversation with somebody who is ignored does not appear by itself. What is known of it is
/// kept for when they are heard again.
bool ChatModel::withholds(const RoomState &state)
{
    if (!isPrivateRoom(state.room) || !isIgnored(state.room.mid(1)) || find(state.room))
        return false;
    RoomState &known = m_withheld[foldedName(state.room)];
    const quint64 last = std::max(known.last, state.last);
    if (state.last > 0 || known.room.isEmpty())
        known = state;
    known.last = last;
    known.unread = known.mentions = 0;
    return true;
}

/// Shows the conversations that are not withheld any more.
void ChatModel::release()
{
    const QList<RoomState> withheld = m_withheld.values();
    for (const RoomState &state : withheld) {
        if (isIgnored(state.room.mid(1)))
            continue;
        m_withheld.remove(foldedName(state.room));
        roomJoined(state);
    }
}

} // namespace teahouse::client
