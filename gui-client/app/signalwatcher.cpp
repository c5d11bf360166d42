#include "gui-client/app/signalwatcher.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace teahouse::client {

#ifdef Q_OS_UNIX

namespace {

/// The ends of the pipe; a signal handler can reach nothing but statics.
int ends[2] = {-1, -1};

void note(int)
{
    const int error = errno;
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(ends[0], &byte, 1);
    errno = error;
}

void handle(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(number, &action, nullptr);
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent) : QObject(parent)
{
    handle(SIGPIPE, SIG_IGN);
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return;
    m_notifier = new QSocketNotifier(ends[1], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char bytes[16];
        [[maybe_unused]] const auto taken = ::read(ends[1], bytes, sizeof bytes);
        emit terminationRequested();
    });
    handle(SIGTERM, note);
    handle(SIGINT, note);
}

SignalWatcher::~SignalWatcher()
{
    handle(SIGTERM, SIG_DFL);
    handle(SIGINT, SIG_DFL);
    delete m_notifier;
    for (int &end : ends) {
        ::close(end);
        end = -1;
    }
}

#else

SignalWatcher::SignalWatcher(QObject *parent) : QObject(parent) { }
SignalWatcher::~SignalWatcher() = default;

#endif

} // namespace teahouse::client
