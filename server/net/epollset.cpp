#include "server/net/epollset.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace teahouse::server {

static_assert(quint32(PollEvent::Readable) == EPOLLIN && quint32(PollEvent::Writable) == EPOLLOUT
              && quint32(PollEvent::HungUp) == (EPOLLHUP | EPOLLERR));

namespace {

int createEpoll()
{
    const int descriptor = ::epoll_create1(EPOLL_CLOEXEC);
    if (descriptor < 0)
        qFatal("cannot create an epoll set: %s", std::strerror(errno));
    return descriptor;
}

ReadySet::Ready readyOf(const epoll_event &event)
{
    const quint64 key = event.data.u64;
    return {{static_cast<quint32>(key >> 32), static_cast<quint32>(key)},
            PollEvents::fromInt(event.events)};
}

} // namespace

EpollSet::EpollSet() : m_epoll(createEpoll()), m_notifier(m_epoll, QSocketNotifier::Read)
{
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier,
                     [this] { onActivated(); });
}

EpollSet::~EpollSet()
{
    m_notifier.setEnabled(false);
    ::close(m_epoll);
}

void EpollSet::start(std::function<void()> tell)
{
    m_tell = std::move(tell);
}

bool EpollSet::add(int descriptor, PollEvents interest, Key key)
{
    return control(EPOLL_CTL_ADD, descriptor, interest, key) == 0;
}

void EpollSet::change(int descriptor, PollEvents interest, Key key)
{
    control(EPOLL_CTL_MOD, descriptor, interest, key);
}

void EpollSet::remove(int descriptor)
{
    control(EPOLL_CTL_DEL, descriptor, {}, {});
}

std::span<const ReadySet::Ready> EpollSet::take()
{
    m_told = false;
    if (!m_notifier.isEnabled())
        m_notifier.setEnabled(true);
    const int count = ::epoll_wait(m_epoll, m_events.data(), int(m_events.size()), 0);
    for (int i = 0; i < count; ++i)
        m_ready[size_t(i)] = readyOf(m_events[size_t(i)]);
    return std::span(m_ready).first(size_t(std::max(0, count)));
}

int EpollSet::control(int operation, int descriptor, PollEvents interest, Key key) const
{
    epoll_event event = {};
    event.events = static_cast<uint32_t>(interest.toInt());
    event.data.u64 = (quint64(key.slot) << 32) | key.generation;
    return ::epoll_ctl(m_epoll, operation, descriptor, &event);
}

void EpollSet::onActivated()
{
    if (std::exchange(m_told, true))
        m_notifier.setEnabled(false); // nobody takes anything now: see take()
    m_tell();
}

} // namespace teahouse::server
