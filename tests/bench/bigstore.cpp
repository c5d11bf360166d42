#include "tests/bench/bigstore.h"

#include "server/store/ledger.h"
#include "server/store/storefile.h"
#include "tests/bench/clock.h"
#include "tests/bench/datafolder.h"
#include "tests/bench/sentences.h"

#include <cstdio>
#include <ctime>

namespace teahouse::bench {

using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

/// As many as a busy server brings into its index in one go.
constexpr int batch = 2000;
constexpr int elsewhere = 20; ///< every so many-th message is said in another room
constexpr RoomId mainRoom = 1;
constexpr UserId firstSpeaker = 1;
constexpr int daysBack = 100;
constexpr int withCids = 10; ///< one in so many messages, the newest: they are kept for some days

QString toQString(const std::string &text)
{
    return QString::fromStdString(text);
}

void putRooms(Ledger &ledger)
{
    ledger.begin();
    ledger.put({.id = mainRoom, .name = u"main"_s});
    for (int i = 0; i < BigStore::otherRooms; ++i)
        ledger.put({.id = mainRoom + 1 + static_cast<RoomId>(i),
                    .name = toQString(BigStore::otherRoom(i))});
    ledger.finish();
    ledger.commit();
}

/// Says everything, as if it had been said evenly over the last days.
class Filler
{
public:
    Filler(Ledger &ledger, int messages)
        : m_ledger(ledger), m_messages(messages),
          m_begin((std::time(nullptr) - qint64(daysBack) * 24 * 3600) * 1000),
          m_step(qint64(daysBack) * 24 * 3600 * 1000 / (messages + 1))
    {
    }

    void run()
    {
        for (int said = 0; said < m_messages;) {
            m_ledger.begin();
            for (const int end = std::min(said + batch, m_messages); said < end; ++said)
                say(said);
            while (m_ledger.unindexed() > 0)
                m_ledger.indexSome(2 * batch);
            m_ledger.finish();
            m_ledger.commit();
        }
    }

private:
    void say(int number)
    {
        const qint64 now = m_begin + m_step * number;
        append(mainRoom, number, now);
        if (number % elsewhere == 0)
            append(mainRoom + 1 + m_sentences.below(BigStore::otherRooms), number, now);
    }

    void append(RoomId room, int number, qint64 now)
    {
        // Few say most of it here, too.
        const size_t speaker = m_sentences.below(1 + m_sentences.below(BigStore::speakers));
        AppendRequest request{
                .room = room, .sender = firstSpeaker + speaker, .cid = {}, .item = {}};
        if (number >= m_messages - m_messages / withCids)
            request.cid = QString::number(m_sentences.below(1'000'000'000), 36) + u"-bench"_s;
        request.item.from = toQString(BigStore::speaker(static_cast<int>(speaker)));
        request.item.text = toQString(m_sentences.next());
        (void)m_ledger.append(request, now);
    }

    Ledger &m_ledger;
    int m_messages;
    qint64 m_begin;
    qint64 m_step;
    Sentences m_sentences{1};
};

} // namespace

BigStore::BigStore(std::filesystem::path programs, int messages)
    : m_programs(std::move(programs)), m_messages(messages)
{
}

BigStore::~BigStore()
{
    std::error_code ignored;
    if (!m_folder.empty())
        std::filesystem::remove_all(m_folder, ignored);
}

std::string BigStore::make()
{
    if (!m_folder.empty())
        return {};
    m_folder = makeDataFolder(m_programs);
    const int64_t begin = steadyNs();
    std::string problem = m_folder.empty() ? "there is no folder for the data" : fill();
    if (problem.empty()) {
        std::error_code ignored;
        const auto size = std::filesystem::file_size(m_folder / "teahouse.db", ignored);
        std::fprintf(stderr, "(%d messages made in %.1f s, %ju MiB)\n", m_messages,
                     static_cast<double>(steadyNs() - begin) / 1e9, size / 1024 / 1024);
    }
    return problem;
}

RunningServer BigStore::start() const
{
    return startTeahoused(m_programs / "teahoused", m_folder);
}

/// A fault leaves nothing to go on with, so that nothing has to be safe while it is made.
std::string BigStore::fill() const
{
    auto opened = StoreFile::open(toQString(m_folder));
    if (const auto *problem = std::get_if<QString>(&opened))
        return problem->toStdString();
    const auto &file = std::get<std::unique_ptr<StoreFile>>(opened);
    (void)file->takeState();
    try {
        const std::unique_ptr<Ledger> tables = file->takeLedger();
        Ledger &ledger = *tables;
        ledger.database().run("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;"
                              "PRAGMA secure_delete = OFF");
        putRooms(ledger);
        Filler(ledger, m_messages).run();
        if (ledger.database().number("SELECT last FROM rooms WHERE id = 1") != m_messages)
            return "not everything was stored";
    } catch (const DatabaseError &error) {
        return error.text.toStdString();
    }
    return {};
}

} // namespace teahouse::bench
