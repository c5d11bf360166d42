#include "server/store/writequeue.h"

#include <algorithm>
#include <thread>

namespace teahouse::server {

void Wishes::forgetGuest(UserId guest)
{
    guests.insert(guest, std::nullopt);
    read.removeIf([guest](const auto &position) { return position.key().first == guest; });
}

void Wishes::addRead(UserId user, RoomId room, quint64 seq)
{
    quint64 &position = read[{user, room}];
    position = std::max(position, seq);
}

void Wishes::addOlder(const Wishes &older)
{
    for (auto it = older.guests.begin(); it != older.guests.end(); ++it) {
        if (!guests.contains(it.key()))
            guests.insert(it.key(), it.value());
    }
    for (auto it = older.read.begin(); it != older.read.end(); ++it) {
        const auto guest = guests.constFind(it.key().first);
        if (guest == guests.cend() || *guest)
            addRead(it.key().first, it.key().second, it.value());
    }
    forgotten.unite(older.forgotten);
    number = std::max(number, older.number);
}

bool WriteQueue::add(WriteJob job)
{
    const std::lock_guard lock(m_mutex);
    if (std::ssize(m_jobs) >= m_bounds.rows || m_bytes + job.bytes > m_bounds.bytes)
        return false;
    m_bytes += job.bytes;
    m_jobs.push_back(std::move(job));
    m_isGathering = true;
    if (m_jobs.size() == muchToWrite)
        m_changed.notify_one();
    return true;
}

void WriteQueue::wish(quint64 number, const std::function<void(Wishes &)> &change)
{
    const std::lock_guard lock(m_mutex);
    m_wishes.number = number;
    change(m_wishes);
    m_isGathering = true;
}

void WriteQueue::release()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isGathering = false;
    }
    m_changed.notify_one();
}

void WriteQueue::tick(qint64 expiry, const ClockState &clock)
{
    const std::lock_guard lock(m_mutex);
    m_tick = Tick{expiry, clock};
    m_changed.notify_one();
}

std::vector<WriteJob> WriteQueue::cancelUpTo(quint64 ticket)
{
    const std::lock_guard lock(m_mutex);
    std::vector<WriteJob> cancelled;
    while (!m_jobs.empty() && m_jobs.front().ticket <= ticket) {
        m_bytes -= m_jobs.front().bytes;
        noteGivenUp(m_jobs.front());
        cancelled.push_back(std::move(m_jobs.front()));
        m_jobs.pop_front();
    }
    return cancelled;
}

bool WriteQueue::isIdle() const
{
    const std::lock_guard lock(m_mutex);
    return m_isWaiting && !hasWork();
}

void WriteQueue::close(std::chrono::steady_clock::time_point deadline)
{
    const std::lock_guard lock(m_mutex);
    m_closing = deadline;
    m_changed.notify_one();
}

bool WriteQueue::wait()
{
    std::unique_lock lock(m_mutex);
    m_isWaiting = true;
    m_changed.wait(lock, [this] { return mayBegin() || m_closing; });
    m_isWaiting = false;
    return !m_closing || (hasWork() && std::chrono::steady_clock::now() < *m_closing);
}

bool WriteQueue::waitToRetry(std::chrono::milliseconds pause)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, pause, [this] { return m_closing.has_value(); });
    if (!m_closing)
        return true;
    const auto now = std::chrono::steady_clock::now();
    if (now >= *m_closing)
        return false;
    // Closing: nobody wakes the writer any more, it only has little time left.
    lock.unlock();
    std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(
            std::chrono::milliseconds(5), *m_closing - now));
    return true;
}

std::vector<WriteJob> WriteQueue::takeJobs()
{
    const std::lock_guard lock(m_mutex);
    std::vector<WriteJob> taken;
    taken.reserve(std::min(m_jobs.size(), static_cast<size_t>(m_bounds.rowsAtOnce)));
    qsizetype bytes = 0;
    while (!m_jobs.empty() && std::ssize(taken) < m_bounds.rowsAtOnce
           && bytes < m_bounds.bytesAtOnce) {
        bytes += m_jobs.front().bytes;
        if (const auto *room = std::get_if<RoomRecord>(&m_jobs.front().what))
            m_givenUp.remove(room->id);
        taken.push_back(std::move(m_jobs.front()));
        m_jobs.pop_front();
    }
    m_bytes -= bytes;
    return taken;
}

Wishes WriteQueue::takeWishes()
{
    const std::lock_guard lock(m_mutex);
    if (!m_jobs.empty())
        return {};
    m_givenUp.subtract(m_wishes.forgotten);
    return std::exchange(m_wishes, {});
}

std::optional<WriteQueue::Tick> WriteQueue::takeTick()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_tick, std::nullopt);
}

void WriteQueue::giveUp(const WriteJob &job)
{
    const std::lock_guard lock(m_mutex);
    noteGivenUp(job);
}

bool WriteQueue::isGivenUp(RoomId room) const
{
    const std::lock_guard lock(m_mutex);
    return m_givenUp.contains(room);
}

void WriteQueue::noteGivenUp(const WriteJob &job)
{
    if (const auto *room = std::get_if<RoomRecord>(&job.what))
        m_givenUp.insert(room->id);
}

bool WriteQueue::isUrged() const
{
    const std::lock_guard lock(m_mutex);
    return !m_jobs.empty() || !m_wishes.isEmpty() || m_closing;
}

void WriteQueue::giveBack(const Wishes &wishes)
{
    const std::lock_guard lock(m_mutex);
    m_wishes.addOlder(wishes);
}

} // namespace teahouse::server
