#include "server/core/change.h"
#include "server/core/house.h"

#include <utility>

namespace teahouse::server {

/// Has the store keep these; what they mean takes effect once they are kept. Where the store could
/// not say whether they are, they are given to it again until they are.
void House::commit(QList<Change> changes, std::function<void()> apply, DoneThen then)
{
    m_store.put(changes,
                [this, changes, apply = std::move(apply),
                 then = std::move(then)](const Result<Done> &kept) {
                    if (kept)
                        apply();
                    else if (kept.error().code == ErrorCode::Unconfirmed)
                        m_unsure.append({changes, apply});
                    then(kept);
                });
}

/// The same for a change of an account, of which only one is under way at a time: records are put
/// as a whole.
void House::commitFor(UserId account, QList<Change> changes, const std::function<void()> &apply,
                      DoneThen then)
{
    constexpr int comeAgain = 1000; // milliseconds
    if (m_changing.contains(account))
        return then(Error{.code = ErrorCode::SlowDown, .retryMs = comeAgain});
    m_changing.insert(account);
    commit(
            std::move(changes),
            [this, account, apply] {
                m_changing.remove(account);
                apply();
            },
            [this, account, then = std::move(then)](const Result<Done> &kept) {
                if (!kept && kept.error().code != ErrorCode::Unconfirmed)
                    m_changing.remove(account);
                then(kept);
            });
}

void House::commitAgain()
{
    const QList<Unsure> unsure = std::exchange(m_unsure, {});
    for (Unsure open : unsure) {
        for (Change &change : open.changes) {
            if (auto *invite = std::get_if<InviteRecord>(&change))
                *invite = m_invites.present(*invite);
        }
        m_store.put(open.changes, [this, open](const Result<Done> &kept) {
            if (kept)
                return open.apply();
            Unsure rest = open;
            // What is about a room that has vanished meanwhile can never be kept, nor need be.
            if (kept.error().code == ErrorCode::NoSuchRoom)
                rest.changes.removeIf([this](const Change &change) {
                    const RoomId room = roomOf(change);
                    return room != 0 && !findRoom(room);
                });
            if (rest.changes.isEmpty())
                rest.apply();
            else
                m_unsure.append(rest);
        });
    }
}

/// It holds at once; losing it would be no harm, but it is tried until it is kept.
void House::keepMembership(const MembershipRecord &record)
{
    note(record);
    const MembershipKey key(record.user, record.room);
    const auto waiting = std::make_shared<std::vector<DoneThen>>();
    m_keeping[key] = waiting;
    m_unkept.remove(key);
    // With what else is on its way, which would be undone otherwise.
    m_store.put({comingMembership(record.room, record.user)},
                [this, key, waiting](const Result<Done> &kept) {
                    if (m_keeping.value(key) == waiting)
                        m_keeping.remove(key);
                    if (!kept)
                        m_unkept.insert(key);
                    for (const DoneThen &then : *waiting)
                        then(kept);
                });
}

/// Calls `then` when the store has answered what keepMembership() has given it last of the two.
void House::whenKept(UserId user, RoomId room, DoneThen then)
{
    const MembershipKey key(user, room);
    if (m_unkept.contains(key))
        keepMembership(m_memberships.of(room, user));
    if (const auto waiting = m_keeping.value(key))
        waiting->push_back(std::move(then));
    else
        then(Done{});
}

} // namespace teahouse::server
