#pragma once

#include "server/net/readyset.h"

#include <QSocketNotifier>

#include <sys/epoll.h>

#include <array>

namespace teahouse::server {

/// All descriptors in one epoll set, which hangs on Qt's loop by a single notifier, because Qt's
/// dispatchers take time for every notifier they have.
class EpollSet final : public ReadySet
{
public:
    EpollSet();
    ~EpollSet() override;

    void start(std::function<void()> tell) override;
    bool add(int descriptor, PollEvents interest, Key key) override;
    void change(int descriptor, PollEvents interest, Key key) override;
    void remove(int descriptor) override;
    std::span<const Ready> take() override;

private:
    static constexpr size_t atOnce = 512; ///< the kernel gives the others their turn next time

    int control(int operation, int descriptor, PollEvents interest, Key key) const;
    void onActivated();

    int m_epoll;
    QSocketNotifier m_notifier;
    bool m_told = false; ///< and nothing has been taken since
    std::function<void()> m_tell;
    std::array<epoll_event, atOnce> m_events;
    std::array<Ready, atOnce> m_ready;
};

} // namespace teahouse::server
