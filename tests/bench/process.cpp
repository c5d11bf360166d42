#include "tests/bench/process.h"

#include "tests/bench/clock.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <utility>

namespace teahouse::bench {

namespace {

std::vector<char *> pointers(const std::vector<std::string> &words)
{
    std::vector<char *> result;
    for (const std::string &word : words)
        result.push_back(const_cast<char *>(word.c_str()));
    result.push_back(nullptr);
    return result;
}

[[noreturn]] void becomeProgram(const std::vector<char *> &arguments,
                                const std::vector<std::string> &environment, int output)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (const std::string &assignment : environment)
        ::putenv(const_cast<char *>(assignment.c_str()));
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(output < 0 ? nothing : output, STDOUT_FILENO);
    ::dup2(nothing, STDERR_FILENO);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

void pinThread(pid_t thread, int core)
{
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<size_t>(core), &cores);
    ::sched_setaffinity(thread, sizeof cores, &cores);
}

} // namespace

Process::Process(const std::vector<std::string> &command,
                 const std::vector<std::string> &environment, Output output)
{
    int ends[2] = {-1, -1};
    if (output == Output::Read && ::pipe2(ends, O_CLOEXEC) != 0)
        return;
    const std::vector<char *> arguments = pointers(command);
    m_id = ::fork();
    if (m_id == 0)
        becomeProgram(arguments, environment, ends[1]);
    if (ends[1] >= 0)
        ::close(ends[1]);
    m_output = ends[0];
}

Process::~Process()
{
    end();
}

Process::Process(Process &&other) noexcept
    : m_id(std::exchange(other.m_id, -1)), m_output(std::exchange(other.m_output, -1)),
      m_status(other.m_status), m_read(std::move(other.m_read))
{
}

Process &Process::operator=(Process &&other) noexcept
{
    if (this != &other) {
        end();
        m_id = std::exchange(other.m_id, -1);
        m_output = std::exchange(other.m_output, -1);
        m_status = other.m_status;
        m_read = std::move(other.m_read);
    }
    return *this;
}

bool Process::isRunning()
{
    return m_id > 0 && exitCode(0) < 0;
}

std::string Process::readLine(int ms)
{
    const int64_t until = steadyNs() + milliseconds(ms);
    for (;;) {
        const size_t end = m_read.find('\n');
        if (end != std::string::npos) {
            std::string line = m_read.substr(0, end);
            m_read.erase(0, end + 1);
            return line;
        }
        const int64_t left = (until - steadyNs()) / milliseconds(1);
        pollfd waiting = {m_output, POLLIN, 0};
        if (left < 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0)
            return {};
        char bytes[4096];
        const ssize_t count = ::read(m_output, bytes, sizeof bytes);
        if (count <= 0)
            return {};
        m_read.append(bytes, static_cast<size_t>(count));
    }
}

int Process::exitCode(int ms)
{
    const int64_t until = steadyNs() + milliseconds(ms);
    while (m_id > 0) {
        int status = 0;
        if (::waitpid(m_id, &status, WNOHANG) == m_id) {
            m_id = -1;
            m_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
            break;
        }
        if (steadyNs() >= until)
            return -1;
        ::usleep(500);
    }
    return m_status;
}

int64_t Process::cpuNs() const
{
    int64_t sum = 0;
    std::error_code ignored;
    const std::string tasks = "/proc/" + std::to_string(m_id) + "/task";
    for (const auto &task : std::filesystem::directory_iterator(tasks, ignored))
        sum += std::atoll(firstLine(task.path().string() + "/schedstat").c_str());
    return sum;
}

int64_t Process::residentKiB() const
{
    std::ifstream file("/proc/" + std::to_string(m_id) + "/statm");
    int64_t size = 0;
    int64_t resident = 0;
    file >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE) / 1024;
}

void Process::pin(int core) const
{
    if (m_id > 0)
        pinThread(m_id, core);
}

void Process::end()
{
    if (m_output >= 0)
        ::close(std::exchange(m_output, -1));
    if (m_id <= 0)
        return;
    ::kill(m_id, SIGKILL);
    ::waitpid(m_id, nullptr, 0);
    m_id = -1;
}

void pinSelf(int core)
{
    pinThread(0, core);
}

std::string firstLine(const std::string &path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

} // namespace teahouse::bench
