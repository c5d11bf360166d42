#include "server/app/process.h"

#include "server/app/commandline.h"
#include "server/net/descriptorlimit.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <system_error>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// With fewer not even the event loop can be made.
constexpr int leastDescriptors = 16;
constexpr int failure = static_cast<int>(ExitCode::Failure);

bool isOpen(int descriptor)
{
    return ::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF;
}

/// Called where something is thrown that nobody catches, which is for want of memory or threads
/// alone. Nothing is unwound: other threads would be waited for that nobody tells to end.
[[noreturn]] void endForWant()
{
    const std::exception_ptr thrown = std::current_exception();
    try {
        if (thrown)
            std::rethrow_exception(thrown);
    } catch (const std::bad_alloc &) {
        std::fputs("teahoused: There is no memory left. Raise the limit (ulimit -v in the shell, "
                   "MemoryMax in a unit of systemd).\n",
                   stderr);
        ::_exit(failure);
    } catch (const std::system_error &error) {
        std::fprintf(stderr,
                     "teahoused: The system gives no thread (%s). Raise the limits on processes "
                     "and memory (ulimit -u and -v in the shell, TasksMax and MemoryMax in a unit "
                     "of systemd).\n",
                     error.what());
        ::_exit(failure);
    } catch (...) {
        std::abort();
    }
    std::abort();
}

} // namespace

std::optional<const char *> prepareProcess()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        // The lowest free number is given, and those below are open.
        if (!isOpen(descriptor) && ::open("/dev/null", O_RDWR) != descriptor)
            return "standard input, output or error is closed, and /dev/null cannot be opened in "
                   "its place: start the program with all three.";
    }
    std::signal(SIGXFSZ, SIG_IGN);
    std::set_terminate(endForWant);
    if (raiseDescriptorLimit() < leastDescriptors)
        return "fewer than 16 file descriptors may be opened: raise the limit, for example with "
               "\"ulimit -n 1024\" in the shell, or LimitNOFILE=1024 in a unit of systemd.";
    return std::nullopt;
}

std::optional<QString> descriptorProblem(int descriptors, int doors)
{
    const int needed = neededDescriptors(doors);
    if (descriptors >= needed)
        return std::nullopt;
    return u"Only %1 file descriptors may be opened; a server with %2 needs at least %3, and one "
           "more for each further session. Raise the limit, for example with \"ulimit -n 1024\" "
           "in the shell, or LimitNOFILE=1024 in a unit of systemd."_s.arg(descriptors)
                   .arg(doors == 1 ? u"one door"_s : u"%1 doors"_s.arg(doors))
                   .arg(needed);
}

std::optional<QString> descriptorProblem(int doors)
{
    return descriptorProblem(raiseDescriptorLimit(), doors);
}

} // namespace teahouse::server
