#include "server/app/process.h"

#include "server/net/descriptorlimit.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// With fewer not even the event loop can be made.
constexpr int leastDescriptors = 16;

bool isOpen(int descriptor)
{
    return ::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF;
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

} // namespace teahouse::server
