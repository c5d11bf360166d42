#include "server/store/sqlitestore.h"

#include <algorithm>
#include <utility>

namespace teahouse::server {

using namespace std::chrono_literals;

namespace {

constexpr auto closingTime = 1s;           ///< for what is still to be written
constexpr qsizetype bytesOfAChange = 1000; ///< what one roughly takes while it waits
constexpr RoomId noRoom = 0;               ///< what was put besides rooms

/// What an append roughly takes while it waits.
qsizetype cost(const AppendRequest &request)
{
    const Item &item = request.item;
    const qsizetype characters = item.text.size() + item.from.size() + request.cid.size();
    return 400 + 2 * characters + 8 * request.mentions.size();
}

/// Whether the job changes something that may be stored already. An edit is told only once, so
/// that nothing read may show the old text after that.
bool changesStored(const WriteJob &job)
{
    const auto *request = std::get_if<AppendRequest>(&job.what);
    return !request || request->item.kind == ItemKind::Edited
            || request->item.kind == ItemKind::Deleted;
}

/// A continuation that wants to know of success alone.
Store::AppendThen doneAfter(std::function<void(Result<Done>)> then)
{
    if (!then)
        return {};
    return [then = std::move(then)](const Result<Appended> &result) {
        then(result.ok() ? Result<Done>(Done{}) : Result<Done>(result.error()));
    };
}

} // namespace

SqliteStore::SqliteStore(std::unique_ptr<StoreFile> file, Executor &executor,
                         std::function<qint64()> clock, SqliteStoreSetup setup)
    : m_completions(executor), m_clock(std::move(clock)), m_setup(std::move(setup)),
      m_file(std::move(file)), m_unkept(m_file->unkept()), m_queue(m_setup.bounds),
      m_arrivals(executor)
{
    const auto writerTells = [this](WriteReport report) {
        m_arrivals.add(
                [this, report = std::move(report)]() mutable { written(std::move(report)); });
    };
    const auto readerTells = [this](ReadOutcome outcome) {
        m_arrivals.add(
                [this, outcome = std::move(outcome)]() mutable { wasRead(std::move(outcome)); });
    };
    m_writer = std::make_unique<Writer>(m_file->takeLedger(), m_queue, m_unkept,
                                        Writer::Setup{m_file->path(), writerTells,
                                                      m_setup.beforeRound, m_setup.beforeCommit,
                                                      &m_file->hold()});
    const FileIdentity &identity = m_file->hold().identity();
    m_reader = std::make_unique<Reader>(m_file->path(), m_unkept, readerTells, identity);
    m_searcher = std::make_unique<Reader>(m_file->path(), m_unkept, readerTells, identity);
    m_deadlines.setTimerType(Qt::PreciseTimer);
    m_deadlines.setSingleShot(true);
    QObject::connect(&m_deadlines, &QTimer::timeout, &m_deadlines, [this] { checkDeadlines(); });
}

SqliteStore::~SqliteStore()
{
    // These first, for the last connection is to be one that may write.
    m_searcher.reset();
    m_reader.reset();
    m_queue.close(Clock::now() + closingTime);
    m_writer.reset();
}

void SqliteStore::append(AppendRequest request, AppendThen then)
{
    const RoomId room = request.room;
    const qsizetype bytes = cost(request);
    write(room, {.ticket = 0, .what = std::move(request), .bytes = bytes}, std::move(then));
}

void SqliteStore::putRoom(RoomRecord room, std::function<void(Result<Done>)> then)
{
    const RoomId id = room.id;
    write(id, {.ticket = 0, .what = std::move(room), .bytes = sizeof(WriteJob)},
          doneAfter(std::move(then)));
}

void SqliteStore::put(QList<Change> changes, std::function<void(Result<Done>)> then)
{
    const qsizetype bytes = sizeof(WriteJob) + changes.size() * bytesOfAChange;
    write(noRoom, {.ticket = 0, .what = std::move(changes), .bytes = bytes},
          doneAfter(std::move(then)));
}

void SqliteStore::audit(AuditRequest request, std::function<void(Result<AuditPage>)> then)
{
    read<AuditPage>({.ticket = 0, .what = request}, {noRoom}, std::move(then));
}

void SqliteStore::page(PageRequest request, std::function<void(Result<LogPage>)> then)
{
    const RoomId room = request.room;
    read<LogPage>({.ticket = 0, .what = request}, {room}, std::move(then));
}

void SqliteStore::search(SearchRequest request, std::function<void(Result<FoundPage>)> then)
{
    const QList<RoomId> rooms = request.rooms;
    read<FoundPage>({.ticket = 0, .what = std::move(request)}, rooms, std::move(then));
}

void SqliteStore::unread(UnreadFor whose, QList<UnreadRange> ranges,
                         std::function<void(Result<QList<Unread>>)> then)
{
    QList<RoomId> rooms;
    for (const UnreadRange &range : ranges)
        rooms.append(range.room);
    read<QList<Unread>>({.ticket = 0, .what = UnreadRequest{std::move(whose), std::move(ranges)}},
                        rooms, std::move(then));
}

void SqliteStore::forget(RoomId room)
{
    m_forgotten.insert(room, m_lastWish + 1);
    wish([room](Wishes &wishes) { wishes.forgotten.insert(room); });
}

void SqliteStore::putGuest(GuestRecord guest)
{
    wish([&guest](Wishes &wishes) { wishes.guests.insert(guest.id, guest); });
}

void SqliteStore::forgetGuest(UserId guest)
{
    wish([guest](Wishes &wishes) { wishes.forgetGuest(guest); });
}

void SqliteStore::putRead(UserId user, RoomId room, quint64 seq)
{
    wish([=](Wishes &wishes) { wishes.addRead(user, room, seq); });
}

void SqliteStore::tick()
{
    m_queue.tick(expiry(), m_clockState);
}

void SqliteStore::setClock(const ClockState &state, qint64 expiry)
{
    m_clockState = state;
    m_expiry = expiry;
}

bool SqliteStore::isIdle() const
{
    return m_writes.empty() && m_reads.empty() && m_queue.isIdle();
}

void SqliteStore::write(RoomId room, WriteJob job, AppendThen then)
{
    const quint64 ticket = m_firstWrite + m_writes.size();
    job.ticket = ticket;
    job.now = {m_clock(), expiry()};
    m_writes.push_back({room, std::move(then), Clock::now() + m_setup.deadline});
    if (changesStored(job))
        m_lastChanges.insert(room, ticket);
    if (!m_queue.add(std::move(job)))
        return answer(ticket, Error{.code = ErrorCode::StoreFull});
    watch(m_writes.back().deadline);
    releaseSoon();
}

template <typename T>
void SqliteStore::read(ReadJob job, const QList<RoomId> &rooms, std::function<void(Result<T>)> then)
{
    job.ticket = ++m_lastRead;
    Read read{.job = std::move(job),
              .then =
                      [then = std::move(then)](ReadOutcome outcome) {
                          if (auto *answer = std::get_if<T>(&outcome.answer))
                              then(std::move(*answer));
                          else
                              then(std::get<Error>(outcome.answer));
                      },
              .deadline = Clock::now() + m_setup.deadline};
    // New items are not waited for: they are told once they are stored.
    for (const RoomId room : rooms) {
        read.behind = std::max(read.behind, m_lastChanges.value(room));
        read.wish = std::max(read.wish, m_forgotten.value(room));
    }
    if (std::holds_alternative<UnreadRequest>(read.job.what))
        read.wish = m_lastWish;
    const Clock::time_point deadline = read.deadline;
    const auto added = m_reads.emplace(m_lastRead, std::move(read)).first;
    if (mayAsk(added->second))
        ask(added->second);
    else
        watch(askedLatest(added->second));
    watch(deadline);
}

void SqliteStore::wish(const std::function<void(Wishes &)> &change)
{
    m_queue.wish(++m_lastWish, change);
    releaseSoon();
}

/// What is given together is written together.
void SqliteStore::releaseSoon()
{
    if (std::exchange(m_isReleasing, true))
        return;
    m_completions.add([this] {
        m_isReleasing = false;
        m_queue.release();
    });
}

bool SqliteStore::mayAsk(const Read &read) const
{
    return read.behind < m_firstWrite && read.wish <= m_wishesDone;
}

void SqliteStore::ask(Read &read)
{
    read.isAsked = true;
    const quint64 ticket = read.job.ticket;
    const bool isSearch = std::holds_alternative<SearchRequest>(read.job.what);
    if (!(isSearch ? m_searcher : m_reader)->add(std::move(read.job)))
        wasRead({.ticket = ticket, .answer = Error{.code = ErrorCode::StoreUnavailable}});
}

/// Asks what need not wait for writes any more.
void SqliteStore::askWaiting()
{
    const Clock::time_point now = Clock::now();
    for (auto it = m_reads.begin(); it != m_reads.end();) {
        Read &read = (it++)->second; // asking may end it
        if (!read.isAsked && (mayAsk(read) || askedLatest(read) <= now))
            ask(read);
    }
}

void SqliteStore::written(WriteReport report)
{
    m_wishesDone = std::max(m_wishesDone, report.wishes);
    m_forgotten.removeIf([this](const auto &wish) { return wish.value() <= m_wishesDone; });
    for (WriteOutcome &outcome : report.outcomes) {
        if (isOpen(outcome.ticket)) {
            answer(outcome.ticket, std::move(outcome.result));
        } else if (outcome.append && outcome.result.ok() && !outcome.result->repeated
                   && m_news.storedLate) {
            m_completions.add(
                    [this, request = *std::move(outcome.append), appended = *outcome.result] {
                        m_news.storedLate(request, appended);
                    });
        }
    }
    if (m_news.dropped && !report.dropped.empty()) {
        m_completions.add([this, dropped = std::move(report.dropped)] {
            for (const auto &[room, first] : dropped)
                m_news.dropped(room, first);
        });
    }
    askWaiting();
}

void SqliteStore::wasRead(ReadOutcome outcome)
{
    auto read = m_reads.extract(outcome.ticket);
    if (read.empty())
        return; // answered at its deadline
    m_completions.add([then = std::move(read.mapped().then),
                       outcome = std::move(outcome)]() mutable { then(std::move(outcome)); });
}

bool SqliteStore::isOpen(quint64 ticket) const
{
    return ticket >= m_firstWrite && !m_writes[ticket - m_firstWrite].isAnswered;
}

void SqliteStore::answer(quint64 ticket, Result<Appended> result)
{
    Write &write = m_writes[ticket - m_firstWrite];
    write.isAnswered = true;
    const auto last = m_lastChanges.constFind(write.room);
    if (last != m_lastChanges.cend() && *last == ticket)
        m_lastChanges.erase(last);
    if (write.then)
        m_completions.add([then = std::move(write.then), result = std::move(result)]() mutable {
            then(std::move(result));
        });
    while (!m_writes.empty() && m_writes.front().isAnswered) {
        m_writes.pop_front();
        ++m_firstWrite;
    }
}

/// Makes sure of a look at the deadlines then. What comes later is due later, mostly, so that the
/// timer is seldom touched.
void SqliteStore::watch(Clock::time_point due)
{
    if (m_deadlines.isActive() && m_due <= due)
        return;
    m_due = due;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - Clock::now());
    m_deadlines.start(std::max(left, 0ms));
}

void SqliteStore::checkDeadlines()
{
    const Clock::time_point now = Clock::now();
    endWrites(now);
    askWaiting();
    endReads(now);
    if (!m_writes.empty() || !m_reads.empty())
        watch(nextDue());
}

/// When the next deadline of something under way is.
SqliteStore::Clock::time_point SqliteStore::nextDue() const
{
    auto due = Clock::time_point::max();
    if (!m_writes.empty())
        due = m_writes.front().deadline;
    if (!m_reads.empty())
        due = std::min(due, m_reads.begin()->second.deadline);
    const auto waiting = std::find_if(m_reads.begin(), m_reads.end(),
                                      [](const auto &read) { return !read.second.isAsked; });
    if (waiting != m_reads.end())
        due = std::min(due, askedLatest(waiting->second));
    return due;
}

/// When a read is asked though it would still wait for writes.
SqliteStore::Clock::time_point SqliteStore::askedLatest(const Read &read) const
{
    return read.deadline - m_setup.deadline * 3 / 4;
}

/// What the writer has not taken is certainly not said; of the rest nobody knows yet.
void SqliteStore::endWrites(Clock::time_point now)
{
    quint64 behind = m_firstWrite;
    while (behind - m_firstWrite < m_writes.size()
           && m_writes[behind - m_firstWrite].deadline <= now)
        ++behind;
    if (behind == m_firstWrite)
        return;
    const std::vector<WriteJob> cancelled = m_queue.cancelUpTo(behind - 1);
    const quint64 firstCancelled = cancelled.empty() ? behind : cancelled.front().ticket;
    for (quint64 ticket = m_firstWrite; ticket < firstCancelled; ++ticket) {
        if (isOpen(ticket))
            answer(ticket, Error{.code = ErrorCode::Unconfirmed});
    }
    for (const WriteJob &job : cancelled)
        answer(job.ticket, Error{.code = ErrorCode::StoreUnavailable});
}

void SqliteStore::endReads(Clock::time_point now)
{
    quint64 last = 0;
    while (!m_reads.empty() && m_reads.begin()->second.deadline <= now) {
        last = m_reads.begin()->first;
        wasRead({.ticket = last, .answer = Error{.code = ErrorCode::StoreUnavailable}});
    }
    if (last == 0)
        return;
    m_reader->cancelUpTo(last);
    m_searcher->cancelUpTo(last);
}

} // namespace teahouse::server
