/// The load generator. `teahouse_bench --help` says how it is called; docs/performance.md what it
/// measures and why.

#include "tests/bench/acknowledged.h"
#include "tests/bench/clock.h"
#include "tests/bench/encrypted.h"
#include "tests/bench/rounds.h"
#include "tests/bench/startup.h"
#include "tests/bench/stored.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace teahouse::bench;

namespace {

struct Options
{
    Size size = Size::Full;
    int rounds = 5;
    bool peers = false;
    std::string against;
    bool help = false;
    bool list = false;
    std::string json;
    std::vector<std::string> filters;
    std::vector<std::string> only;
    std::string problem;
};

constexpr const char *usage =
        "teahouse_bench [--quick|--smoke] [--peers] [--against PROGRAM] [--rounds N] [--only NAME] [--json FILE] [--list] [FILTER...]\n"
        "\n"
        "  --quick     fewer runs and smaller crowds, for every day\n"
        "  --smoke     five members, counts only: whether everything is delivered once\n"
        "  --peers     InspIRCd and ngIRCd too, as far as they are installed\n"
        "  --against PROGRAM\n"
        "              another build of teahoused too, in the same turns\n"
        "  --rounds N  runs of each load, 1 to 50\n"
        "  --only NAME only this server beside the floor; may be repeated\n"
        "  --json FILE what was measured, each run of it\n"
        "  --list      the names of the figures\n"
        "  FILTER      only figures with one of these in their names\n";

Options parse(int argc, char **argv)
{
    Options options;
    int rounds = 0;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool hasValue = i + 1 < argc;
        if (word == "--quick") {
            options.size = Size::Quick;
            options.rounds = 3;
        } else if (word == "--smoke") {
            options.size = Size::Smoke;
            options.rounds = 1;
        } else if (word == "--peers") {
            options.peers = true;
        } else if (word == "--list") {
            options.list = true;
        } else if (word == "--help" || word == "-h") {
            options.help = true;
        } else if (word == "--against" && hasValue) {
            options.against = argv[++i];
        } else if (word == "--rounds" && hasValue) {
            rounds = std::clamp(std::atoi(argv[++i]), 1, 50);
        } else if (word == "--json" && hasValue) {
            options.json = argv[++i];
        } else if (word == "--only" && hasValue) {
            options.only.emplace_back(argv[++i]);
        } else if (word.starts_with('-')) {
            options.problem = "not understood: " + word;
        } else {
            options.filters.push_back(word);
        }
    }
    if (rounds > 0)
        options.rounds = rounds;
    return options;
}

/// As many as the system gives; how many that is.
int raiseDescriptorLimit()
{
    rlimit limit = {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<int>(std::min<rlim_t>(limit.rlim_cur, 1'000'000));
}

bool isWanted(const std::vector<std::string> &filters, const std::vector<Figure> &figures)
{
    const auto matches = [&](const std::string &filter) {
        return std::any_of(figures.begin(), figures.end(), [&](const Figure &figure) {
            return figure.name.find(filter) != std::string::npos;
        });
    };
    return filters.empty() || std::any_of(filters.begin(), filters.end(), matches);
}

Candidates chosen(Candidates all, const std::vector<std::string> &only)
{
    if (!only.empty()) {
        std::erase_if(all, [&](const auto &candidate) {
            return !candidate->isFloor()
                    && std::find(only.begin(), only.end(), candidate->name()) == only.end();
        });
    }
    return all;
}

std::string note(const Options &options, int descriptors)
{
    std::string text = "medians of " + std::to_string(options.rounds)
            + " runs in turns; ratio to the floor of the same run";
    if (options.size == Size::Quick)
        text += "; --quick: fewer runs, smaller crowds";
    return text + "; " + std::to_string(descriptors) + " descriptors";
}

std::filesystem::path ownFolder()
{
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

int list(const Loads &loads)
{
    for (const auto &load : loads) {
        for (const Figure &figure : load->figures())
            std::printf("%s\n", figure.name.c_str());
    }
    return 0;
}

int run(const Options &options)
{
    const int descriptors = raiseDescriptorLimit();
    Loads loads = allLoads(options.size, descriptors);
    if (options.size != Size::Smoke) {
        addStartUps(loads, ownFolder());
        addAcknowledged(loads, options.size, ownFolder());
        addStored(loads, options.size, ownFolder());
        addHandshakes(loads, options.size);
        addGreetings(loads, ownFolder() / "teahoused");
    }
    if (options.list)
        return list(loads);
    std::signal(SIGPIPE, SIG_IGN);
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // a long run is watched, also in a file
    Candidates candidates = chosen(allCandidates(ownFolder(), options.peers), options.only);
    if (!options.against.empty())
        addOtherBuild(candidates, options.against);
    Report report(note(options, descriptors));
    report.printHead();
    if (::sysconf(_SC_NPROCESSORS_ONLN) > 1)
        pinSelf(0);
    for (const auto &load : loads) {
        if (isWanted(options.filters, load->figures()))
            measure(*load, candidates, options.rounds, descriptors, report);
    }
    if (!options.json.empty() && !report.writeJson(options.json)) {
        std::fprintf(stderr, "bench: cannot write %s\n", options.json.c_str());
        return 1;
    }
    return report.conclude() ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = parse(argc, argv);
    if (!options.problem.empty()) {
        std::fprintf(stderr, "bench: %s\n%s", options.problem.c_str(), usage);
        return 2;
    }
    if (options.help) {
        std::printf("%s", usage);
        return 0;
    }
    return run(options);
}
