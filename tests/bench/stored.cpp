#include "tests/bench/stored.h"

#include "tests/bench/bigstore.h"
#include "tests/bench/clock.h"
#include "tests/bench/histogram.h"
#include "tests/bench/nativeclient.h"
#include "tests/bench/sentences.h"
#include "tests/bench/talk.h"
#include "tests/bench/talkative.h"

#include <functional>
#include <utility>

namespace teahouse::bench {

namespace {

constexpr int committedMeanwhile = 1000; ///< messages a second
constexpr int pageSize = 100;
constexpr int64_t longestOfOneKind = milliseconds(1500);

std::string messagesText(const BigStore &store)
{
    return store.messages() % 1'000'000 == 0 ? std::to_string(store.messages() / 1'000'000) + "M"
                                             : std::to_string(store.messages() / 1000) + "k";
}

/// A load on the one big store, once a run.
class StoredLoad : public OneStepLoad
{
public:
    explicit StoredLoad(std::shared_ptr<BigStore> store) : m_store(std::move(store)) { }

    bool suits(const Candidate &candidate) const override { return candidate.isDurable(); }
    std::string who(const Candidate &) const override { return "teahoused"; }

protected:
    BigStore &store() const { return *m_store; }

private:
    std::shared_ptr<BigStore> m_store;
};

class BigStart : public StoredLoad
{
public:
    using StoredLoad::StoredLoad;

    std::vector<Figure> figures() const override
    {
        const Budget budget{Budget::Of::Value, 300};
        return {{"start with " + messagesText(store()) + " messages",
                 "ms until ready",
                 {},
                 budget}};
    }

protected:
    std::vector<Sample> run(const Candidate &) const override
    {
        const std::string problem = store().make();
        const int64_t begin = steadyNs();
        const RunningServer server = store().start();
        const auto ms = static_cast<double>(steadyNs() - begin) / 1e6;
        return {{.value = ms,
                 .problem = server.isUp() || !problem.empty() ? problem : "it did not start"}};
    }
};

/// One kind of question, asked many times.
struct Kind
{
    std::string name;
    std::function<std::string(Sentences &)> fields; ///< of the request
    int items = 0;                                  ///< that every answer has
};

/// Asks all kinds of questions one by one, while somebody talks.
class Asking : public StoredLoad
{
public:
    Asking(std::shared_ptr<BigStore> store, std::vector<Kind> kinds, int times, double mostMs)
        : StoredLoad(std::move(store)), m_kinds(std::move(kinds)), m_times(times), m_mostMs(mostMs)
    {
    }

    std::vector<Figure> figures() const override
    {
        std::vector<Figure> figures;
        for (const Kind &kind : m_kinds)
            figures.push_back(
                    {kind.name, "ms, 99 of 100", {}, Budget{Budget::Of::Value, m_mostMs}});
        return figures;
    }
    int mostRounds() const override { return 3; }

protected:
    std::vector<Sample> run(const Candidate &) const override
    {
        const std::string problem = store().make();
        const RunningServer server = store().start();
        if (!server.isUp())
            return failed(problem + "; the server did not start", m_kinds.size());
        NativeClient client(server.port, "reader");
        if (!client.isIn() || !enterRooms(client))
            return failed("nobody could enter the rooms", m_kinds.size());
        Talkative talkative(server.port, committedMeanwhile);
        Sentences sentences(static_cast<uint64_t>(steadyNs()));
        std::vector<Sample> samples;
        for (const Kind &kind : m_kinds)
            samples.push_back(ask(client, kind, sentences));
        if (const std::string said = talkative.finish(); !said.empty())
            samples.front().problem += said;
        return samples;
    }

private:
    static bool enterRooms(NativeClient &client)
    {
        for (int i = 0; i < BigStore::otherRooms; ++i) {
            if (client.ask(R"("do":"join","room":")" + BigStore::otherRoom(i) + '"').empty())
                return false;
        }
        return true;
    }

    Sample ask(NativeClient &client, const Kind &kind, Sentences &sentences) const
    {
        Histogram latency;
        const int64_t until = steadyNs() + longestOfOneKind;
        for (int i = 0; i < m_times && steadyNs() < until; ++i) {
            const std::string fields = kind.fields(sentences);
            const int64_t begin = steadyNs();
            const std::string_view reply = client.ask(fields);
            latency.add(steadyNs() - begin);
            if (reply.empty())
                return {.problem = "refused or not answered: " + fields};
            const int items = occurrences(reply, R"("seq":)");
            if (kind.items != 0 && items != kind.items)
                return {.problem = std::to_string(items) + " items: " + fields};
        }
        return {.value = latency.percentile(0.99) / 1000,
                .p50 = latency.percentile(0.5),
                .p99 = latency.percentile(0.99)};
    }

    std::vector<Kind> m_kinds;
    int m_times;
    double m_mostMs;
};

/// Pages from anywhere, in both directions.
std::vector<Kind> historyKinds(const BigStore &store)
{
    const auto fields = [messages = static_cast<size_t>(store.messages())](Sentences &random) {
        const std::string way = random.below(2) == 0 ? "before" : "after";
        const size_t place = pageSize + 1 + random.below(messages - 2 * pageSize);
        return R"("do":"history","room":"main",")" + way + "\":" + std::to_string(place)
                + ",\"limit\":" + std::to_string(pageSize);
    };
    return {{"history, a page of 100 of " + messagesText(store), fields, pageSize}};
}

/// Every second question goes on from somewhere in the middle, as a second page does.
std::vector<Kind> searchKinds(const BigStore &store)
{
    using Words = std::function<std::string(Sentences &)>;
    const auto text = [](const std::string &words) { return R"("text":")" + words + '"'; };
    const auto from = [](Sentences &random) {
        return R"("from":")" + BigStore::speaker(static_cast<int>(random.below(BigStore::speakers)))
                + '"';
    };
    const auto rare = [](Sentences &random) {
        return Sentences::word(Sentences::words / 2 + random.below(Sentences::words / 2));
    };
    const auto frequent = [](Sentences &random) { return Sentences::word(random.below(5)); };
    const std::vector<std::pair<std::string, Words>> all = {
            {"rare word", [=](Sentences &random) { return text(rare(random)); }},
            {"frequent word", [=](Sentences &random) { return text(frequent(random)); }},
            {"frequent and rare",
             [=](Sentences &random) { return text(frequent(random) + ' ' + rare(random)); }},
            {"three letters of a word",
             [=](Sentences &random) {
                 return text(Sentences::word(random.below(Sentences::words)).substr(0, 3));
             }},
            {"two frequent",
             [=](Sentences &random) {
                 return text(frequent(random) + ' ' + Sentences::word(5 + random.below(50)));
             }},
            {"one Chinese",
             [=](Sentences &random) {
                 return text(Sentences::chineseWord(random.below(Sentences::chineseWords))
                                     .substr(0, 3));
             }},
            {"two Chinese",
             [=](Sentences &random) {
                 return text(Sentences::chineseWord(random.below(Sentences::chineseWords)));
             }},
            {"from somebody", from},
            {"from somebody, rare word",
             [=](Sentences &random) { return from(random) + ',' + text(rare(random)); }},
    };
    std::vector<Kind> kinds;
    for (const bool isOneRoom : {true, false}) {
        const std::string room = isOneRoom ? R"("room":"main",)" : "";
        for (const auto &[name, words] : all) {
            const auto fields = [=, words = words,
                                 end = static_cast<size_t>(store.messages())](Sentences &random) {
                std::string asked = R"("do":"search",)" + room + words(random);
                if (random.below(2) == 0)
                    asked += ",\"before\":" + std::to_string(end / 2 + random.below(end / 2));
                return asked;
            };
            kinds.push_back({(isOneRoom ? "search, " : "search in all, ") + name, fields});
        }
    }
    return kinds;
}

} // namespace

void addStored(Loads &loads, Size size, const std::filesystem::path &folder)
{
    const bool full = size == Size::Full;
    const auto store = std::make_shared<BigStore>(folder, full ? 1'000'000 : 200'000);
    loads.push_back(std::make_unique<BigStart>(store));
    loads.push_back(std::make_unique<Asking>(store, historyKinds(*store), full ? 3000 : 1000, 3));
    loads.push_back(std::make_unique<Asking>(store, searchKinds(*store), full ? 150 : 100, 50));
}

} // namespace teahouse::bench
