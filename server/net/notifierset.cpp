#include "server/net/notifierset.h"

#include <fcntl.h>

#include <algorithm>
#include <chrono>

namespace teahouse::server {

static_assert(int(PollEvent::Readable) == POLLIN && int(PollEvent::Writable) == POLLOUT
              && int(PollEvent::HungUp) == (POLLHUP | POLLERR));

namespace {

using namespace std::chrono_literals;

/// How often descriptors that are not read are asked whether they have hung up.
constexpr auto lookInterval = 1s;

bool isOpen(int descriptor)
{
    return ::fcntl(descriptor, F_GETFD) >= 0;
}

QSocketNotifier::Type typeOf(PollEvent direction)
{
    return direction == PollEvent::Readable ? QSocketNotifier::Read : QSocketNotifier::Write;
}

} // namespace

NotifierSet::NotifierSet()
{
    m_look.setInterval(lookInterval);
    connect(&m_look, &QTimer::timeout, this, &NotifierSet::lookAtUnread);
}

NotifierSet::~NotifierSet() = default;

void NotifierSet::start(std::function<void()> tell)
{
    m_tell = std::move(tell);
}

bool NotifierSet::add(int descriptor, PollEvents interest, Key key)
{
    if (!isOpen(descriptor))
        return false;
    Entry &entry = m_entries[descriptor];
    entry.key = key;
    countUnread(1);
    setInterest(descriptor, entry, interest);
    if (interest == PollEvents())
        gather(descriptor, entry); // it may have hung up before
    return true;
}

void NotifierSet::change(int descriptor, PollEvents interest, Key key)
{
    Entry &entry = m_entries.at(descriptor);
    entry.key = key;
    setInterest(descriptor, entry, interest);
}

void NotifierSet::remove(int descriptor)
{
    const auto entry = m_entries.find(descriptor);
    countUnread(entry->second.interest.testFlag(PollEvent::Readable) ? 0 : -1);
    m_entries.erase(entry);
}

std::span<const ReadySet::Ready> NotifierSet::take()
{
    m_asked.clear();
    m_ready.clear();
    for (const int descriptor : m_gathered) {
        const auto entry = m_entries.find(descriptor);
        if (entry == m_entries.end() || !std::exchange(entry->second.gathered, false))
            continue;
        setInterest(descriptor, entry->second, entry->second.interest); // on again
        m_asked.push_back({descriptor, short(entry->second.interest.toInt()), 0});
    }
    m_gathered.clear();
    ::poll(m_asked.data(), nfds_t(m_asked.size()), 0);
    for (const pollfd &asked : m_asked) {
        if (asked.revents != 0)
            m_ready.push_back({m_entries.at(asked.fd).key,
                               PollEvents::fromInt(static_cast<quint32>(asked.revents))});
    }
    return m_ready;
}

void NotifierSet::setInterest(int descriptor, Entry &entry, PollEvents interest)
{
    countUnread(int(entry.interest.testFlag(PollEvent::Readable))
                - int(interest.testFlag(PollEvent::Readable)));
    entry.interest = interest;
    listen(descriptor, entry, PollEvent::Readable);
    listen(descriptor, entry, PollEvent::Writable);
}

void NotifierSet::countUnread(int difference)
{
    m_unread += difference;
    if (m_unread == 0)
        m_look.stop();
    else if (!m_look.isActive())
        m_look.start();
}

/// Makes the notifier of a direction do what the entry's interest says.
void NotifierSet::listen(int descriptor, Entry &entry, PollEvent direction)
{
    auto &notifier = direction == PollEvent::Readable ? entry.reading : entry.writing;
    const bool wanted = entry.interest.testFlag(direction);
    if (!notifier && wanted) {
        notifier = std::make_unique<QSocketNotifier>(descriptor, typeOf(direction));
        connect(notifier.get(), &QSocketNotifier::activated, this,
                [this, descriptor, made = notifier.get()] { onActivated(descriptor, *made); });
    } else if (notifier && notifier->isEnabled() != wanted) {
        notifier->setEnabled(wanted);
    }
}

void NotifierSet::onActivated(int descriptor, QSocketNotifier &notifier)
{
    Entry &entry = m_entries.at(descriptor);
    if (entry.gathered)
        notifier.setEnabled(false); // nobody has taken it yet: see take()
    else
        gather(descriptor, entry);
}

void NotifierSet::gather(int descriptor, Entry &entry)
{
    entry.gathered = true;
    m_gathered.push_back(descriptor);
    tellLater();
}

/// One round for all that is ready, not one for each: queued calls come after the notifiers.
void NotifierSet::tellLater()
{
    if (std::exchange(m_telling, true))
        return;
    QMetaObject::invokeMethod(
            this,
            [this] {
                m_telling = false;
                m_tell();
            },
            Qt::QueuedConnection);
}

void NotifierSet::lookAtUnread()
{
    for (auto &[descriptor, entry] : m_entries) {
        if (!entry.gathered && !entry.interest.testFlag(PollEvent::Readable))
            gather(descriptor, entry);
    }
}

} // namespace teahouse::server
