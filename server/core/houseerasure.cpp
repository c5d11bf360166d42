#include "server/core/house.h"

#include "server/core/corelog.h"
#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int searchedAtOnce = 50; ///< messages that are deleted in one go

} // namespace

// What a removed account has said is deleted message by message, with numbered items, so that
// everybody's copy goes, too. Where a run ends in the middle the next one begins anew and finds
// what is left.

/// Begins with the next one, or goes on after a failure.
void House::eraseSome()
{
    if (m_isErasing || m_erasures.isEmpty())
        return;
    m_isErasing = true;
    Erasure &erasure = m_erasures.first();
    if (erasure.isSearched)
        return eraseUnkept();
    QList<RoomId> rooms;
    for (const auto &[id, room] : m_rooms)
        rooms.append(id);
    m_store.search({.rooms = rooms,
                    .from = erasure.name,
                    .before = erasure.before,
                    .limit = searchedAtOnce},
                   [this](const Result<FoundPage> &page) {
                       Erasure &current = m_erasures.first();
                       if (!page) {
                           m_isErasing = false;
                           return;
                       }
                       QList<std::pair<RoomId, quint64>> messages;
                       for (const FoundPage::Found &found : page->found)
                           messages.append({found.room, found.item.seq});
                       current.isSearched = !page->more;
                       eraseMessages(messages, page->more ? page->next : 0);
                   });
}

/// Rooms that keep no history are not searched; what they still have is looked through.
void House::eraseUnkept()
{
    Erasure &erasure = m_erasures.first();
    const auto next = std::find_if(m_rooms.upper_bound(erasure.room), m_rooms.end(),
                                   [](const auto &room) { return room.second->retention() == 0; });
    if (next == m_rooms.end())
        return finishErasure();
    const RoomId room = next->first;
    m_store.page({.room = room, .before = erasure.before, .limit = limits::page},
                 [this, room](const Result<LogPage> &page) {
                     Erasure &current = m_erasures.first();
                     if (!page) {
                         m_isErasing = false;
                         return;
                     }
                     QList<std::pair<RoomId, quint64>> messages;
                     for (const Item &item : page->items) {
                         if (item.kind == ItemKind::Message && item.from == current.name)
                             messages.append({room, item.seq});
                     }
                     const quint64 before = page->more ? page->items.first().seq : 0;
                     if (!page->more)
                         current.room = room;
                     eraseMessages(messages, before);
                 });
}

/// Deletes these, then goes on behind them; from here again when one could not be deleted.
void House::eraseMessages(const QList<std::pair<RoomId, quint64>> &messages, quint64 next)
{
    struct Batch
    {
        qsizetype open = 0;
        bool isFailed = false;
    };
    auto batch = std::make_shared<Batch>();
    batch->open = messages.size() + 1;
    const auto ended = [this, batch, next](const Result<Said> &said) {
        using enum ErrorCode;
        const ErrorCode code = said ? NoSuchMessage : said.error().code;
        // Not there any more, or of somebody else of that name.
        batch->isFailed = batch->isFailed || (code != NoSuchMessage && code != NotAllowed);
        if (--batch->open > 0)
            return;
        m_isErasing = false;
        if (batch->isFailed) {
            m_erasures.first().isSearched = false; // the next tick begins anew
            m_erasures.first().before = m_erasures.first().room = 0;
            return;
        }
        m_erasures.first().before = next;
        eraseSome();
    };
    const auto [user, name] = std::pair(m_erasures.first().user, m_erasures.first().name);
    for (const auto &[roomId, seq] : messages) {
        Room *room = findRoom(roomId);
        if (!room) {
            ended(Said{});
            continue;
        }
        Item item;
        item.kind = ItemKind::Deleted;
        item.from = name;
        item.target = seq;
        append(*room, {std::move(item), user}, ended);
    }
    ended(Said{});
}

void House::finishErasure()
{
    AccountRecord account = *m_directory.account(m_erasures.first().user);
    account.erasing = false;
    commit(
            {account},
            [this, account] {
                m_directory.putAccount(account);
                qCInfo(coreLog, "what the account %llu had said is deleted", account.id);
            },
            [this](const Result<Done> &kept) {
                m_isErasing = false;
                if (kept)
                    m_erasures.removeFirst();
            });
}

} // namespace teahouse::server
