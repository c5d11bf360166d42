#include "tests/bench/startup.h"

#include "tests/bench/clock.h"

#include <unistd.h>

#include <cstdlib>

namespace teahouse::bench {

namespace {

namespace fs = std::filesystem;

constexpr int patienceMs = 15'000;

double msSince(int64_t begin)
{
    return static_cast<double>(steadyNs() - begin) / 1e6;
}

/// A program's start is no matter of protocols: it is measured with one of our candidates.
bool isFirstOfOurs(const Candidate &candidate)
{
    return candidate.isOurs() && candidate.name() == "tea";
}

class ServerStart : public OneStepLoad
{
public:
    std::vector<Figure> figures() const override
    {
        return {{"start of the server", "ms until ready", {Budget::Of::Value, 300}}};
    }
    bool suits(const Candidate &candidate) const override { return isFirstOfOurs(candidate); }
    std::string who(const Candidate &) const override { return "teahoused"; }

protected:
    std::vector<Sample> run(const Candidate &candidate) const override
    {
        const int64_t begin = steadyNs();
        const RunningServer server = candidate.start(0);
        return {{.value = msSince(begin), .problem = server.isUp() ? "" : "it did not start"}};
    }
};

/// The client on a screen of its own, without settings of anybody's.
class ClientStart : public OneStepLoad
{
public:
    explicit ClientStart(std::string program) : m_program(std::move(program)) { }

    std::vector<Figure> figures() const override
    {
        return {{"start of the client", "ms until its window", {Budget::Of::Value, 250}}};
    }
    bool suits(const Candidate &candidate) const override { return isFirstOfOurs(candidate); }
    std::string who(const Candidate &) const override { return "teahouse"; }

protected:
    std::vector<Sample> run(const Candidate &) const override
    {
        // Without -noreset the screen begins anew, and hangs up, when the first look at it ends.
        Process screen({"Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", "1024x768x24",
                        "-nolisten", "tcp"});
        const std::string number = screen.readLine(patienceMs);
        std::string home = (fs::temp_directory_path() / "teahouse-bench-XXXXXX").string();
        if (number.empty() || !::mkdtemp(home.data()))
            return {{.problem = "no screen"}};
        Sample sample = startOn(":" + number, home);
        std::error_code ignored;
        fs::remove_all(home, ignored);
        return {sample};
    }

private:
    Sample startOn(const std::string &display, const std::string &home) const
    {
        const std::vector<std::string> environment = {
                "DISPLAY=" + display,
                "HOME=" + home,
                "XDG_CONFIG_HOME=" + home,
                "QT_QPA_PLATFORM=xcb",
        };
        const int64_t begin = steadyNs();
        const Process client({m_program}, environment);
        while (msSince(begin) < patienceMs) {
            // Asking costs some milliseconds; --sync would look only twice a second.
            Process look({"xdotool", "search", "--onlyvisible", "--class", "teahouse"},
                         environment);
            if (look.exitCode(patienceMs) == 0)
                return {.value = msSince(begin)};
        }
        return {.problem = "no window came"};
    }

    std::string m_program;
};

bool isInstalled(const char *program)
{
    return ::access(program, X_OK) == 0;
}

} // namespace

void addStartUps(Loads &loads, const fs::path &folder)
{
    loads.push_back(std::make_unique<ServerStart>());
    const fs::path client = folder / "teahouse";
    if (isInstalled("/usr/bin/Xvfb") && isInstalled("/usr/bin/xdotool") && fs::exists(client))
        loads.push_back(std::make_unique<ClientStart>(client));
}

} // namespace teahouse::bench
