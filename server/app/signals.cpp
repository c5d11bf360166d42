#include "server/app/signals.h"

#include "server/app/commandline.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace teahouse::server {

namespace {

// A signal handler reaches nothing but globals. The pipe carries the number of each signal.
std::array<int, 2> signalPipe = {-1, -1};
volatile std::sig_atomic_t stopsAsked = 0;

extern "C" void onSignal(int number)
{
    if (number != SIGHUP) {
        if (stopsAsked != 0)
            ::_exit(static_cast<int>(ExitCode::Failure));
        stopsAsked = 1;
    }
    const int before = errno;
    const char byte = static_cast<char>(number);
    [[maybe_unused]] const ssize_t written = ::write(signalPipe[1], &byte, 1);
    errno = before;
}

int openPipe()
{
    if (signalPipe[0] < 0 && ::pipe2(signalPipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("no descriptors for a pipe");
    return signalPipe[0];
}

void install(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(number, &action, nullptr);
}

} // namespace

Signals::Signals(QObject *parent) : QObject(parent), m_notifier(openPipe(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &Signals::read);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        install(number, onSignal);
    for (const int number : {SIGPIPE, SIGXFSZ})
        install(number, SIG_IGN);
}

void Signals::read()
{
    char number = 0;
    while (::read(signalPipe[0], &number, 1) == 1) {
        if (number == SIGHUP)
            emit reloadRequested();
        else
            emit stopRequested();
    }
}

} // namespace teahouse::server
