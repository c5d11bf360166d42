#include "tests/bench/rounds.h"

#include <algorithm>

namespace teahouse::bench {

namespace {

/// How much slower than another build ours may be.
constexpr double noSlower = 1.03;

/// All runs of one candidate: by round, then by figure.
struct Runs
{
    const Candidate *candidate = nullptr;
    std::string name;
    std::vector<std::vector<Sample>> rounds;
};

template <typename Value>
std::vector<double> collect(const Runs &runs, const Value &value)
{
    std::vector<double> values;
    for (size_t round = 0; round < runs.rounds.size(); ++round) {
        if (const std::optional<double> one = value(round))
            values.push_back(*one);
    }
    return values;
}

std::optional<double> medianOf(const std::vector<double> &values)
{
    return values.empty() ? std::nullopt : std::optional(median(values));
}

/// The figure of each round against the other candidate's of the same round.
std::vector<double> ratios(const Runs &runs, const Runs *other, size_t figure)
{
    return collect(runs, [&](size_t round) -> std::optional<double> {
        const Sample &sample = runs.rounds[round][figure];
        std::optional<double> reference = sample.reference;
        if (!reference && other)
            reference = other->rounds[round][figure].value;
        if (!reference || *reference <= 0)
            return std::nullopt;
        return sample.value / *reference;
    });
}

Row toRow(const Runs &runs, const Runs *floor, const Figure &figure, size_t index)
{
    const auto sample = [&](size_t round) -> const Sample & { return runs.rounds[round][index]; };
    Row row{.figure = figure.name, .candidate = runs.name, .unit = figure.unit};
    row.values = collect(runs, [&](size_t round) { return std::optional(sample(round).value); });
    row.value = median(row.values);
    row.p50 = medianOf(collect(runs, [&](size_t round) { return sample(round).p50; }));
    row.p99 = medianOf(collect(runs, [&](size_t round) { return sample(round).p99; }));
    row.ratios = ratios(runs, floor, index);
    row.ratio = medianOf(row.ratios);
    if (runs.candidate->isOurs())
        row.budget = runs.candidate->isEncrypted() ? figure.encrypted.value_or(Budget())
                                                   : figure.budget;
    else if (runs.candidate->isDurable())
        row.budget = figure.durable.value_or(Budget());
    for (size_t round = 0; round < runs.rounds.size() && row.problem.empty(); ++round)
        row.problem = sample(round).problem;
    return row;
}

/// All candidates side by side, in turns; one behind the other where their connections together
/// are more than the descriptors.
void runRound(const Load &load, std::vector<Runs> &all, int descriptors)
{
    const bool together = load.held() * static_cast<int>(all.size()) < descriptors - 100;
    std::vector<std::unique_ptr<Trial>> trials;
    for (Runs &runs : all) {
        trials.push_back(load.start(*runs.candidate));
        if (!together) {
            for (int step = 0; step < load.steps(); ++step)
                trials.back()->step();
            runs.rounds.push_back(trials.back()->result());
            trials.clear();
        }
    }
    if (!together)
        return;
    for (int step = 0; step < load.steps(); ++step) {
        for (const auto &trial : trials)
            trial->step();
    }
    for (size_t i = 0; i < all.size(); ++i)
        all[i].rounds.push_back(trials[i]->result());
}

void addRatio(const Runs &ours, const Runs &theirs, const Figure &figure, double most,
              Report &report)
{
    Row row{.figure = figure.name,
            .candidate = ours.name,
            .unit = "against " + theirs.name,
            .budget = {Budget::Of::Ratio, most}};
    row.ratios = ratios(ours, &theirs, 0);
    row.ratio = medianOf(row.ratios);
    row.value = row.ratio.value_or(0);
    report.add(row);
}

/// Ours against everybody who is no yardstick of ours: to be below; and against another build of
/// itself: not to be much above.
void addContest(const std::vector<Runs> &all, const Figure &figure, Report &report)
{
    for (const Runs &ours : all) {
        for (const Runs &theirs : all) {
            const Candidate &one = *ours.candidate;
            const Candidate &other = *theirs.candidate;
            if (!one.isOurs())
                continue;
            if (other.isPeer() && one.isEncrypted() == other.isEncrypted())
                addRatio(ours, theirs, figure, 1, report);
            else if (other.isOtherBuild() && other.name() == one.name() + ", other")
                addRatio(ours, theirs, figure, noSlower, report);
        }
    }
}

bool suits(const Load &load, const Candidate &candidate)
{
    const Figure figure = load.figures().front();
    const bool isWanted = (!candidate.isDurable() || figure.durable)
            && (!candidate.isEncrypted() || figure.encrypted);
    return isWanted && load.suits(candidate);
}

} // namespace

void measure(const Load &load, const Candidates &candidates, int rounds, int descriptors,
             Report &report)
{
    std::vector<Runs> all;
    for (const auto &candidate : candidates) {
        if (suits(load, *candidate))
            all.push_back({candidate.get(), load.who(*candidate), {}});
    }
    for (int round = 0; round < std::min(rounds, load.mostRounds()); ++round)
        runRound(load, all, descriptors);
    const auto floor = std::find_if(all.begin(), all.end(),
                                    [](const Runs &runs) { return runs.candidate->isFloor(); });
    const std::vector<Figure> figures = load.figures();
    for (size_t i = 0; i < figures.size(); ++i) {
        for (const Runs &runs : all)
            report.add(toRow(runs, floor == all.end() ? nullptr : &*floor, figures[i], i));
    }
    if (load.isContest())
        addContest(all, figures[0], report);
}

} // namespace teahouse::bench
