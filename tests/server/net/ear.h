#pragma once

#include "server/net/poller.h"
#include "tests/server/net/socketpair.h"

#include <functional>

namespace teahouse::server {

/// A watched end of a socket pair, with what it does as functions.
class Ear : public PollHandler
{
public:
    explicit Ear(Poller &poller) : watch(poller, *this)
    {
        if (!watch.watch(pair.near(), PollEvent::Readable))
            qFatal("cannot watch");
    }

    void onReady(PollEvents events) override
    {
        ++ready;
        last = events;
        if (atReady)
            atReady();
    }
    void onRoundEnd() override
    {
        ++ends;
        if (atEnd)
            atEnd();
    }

    /// Reads what is there, so that the descriptor is not ready any more.
    void read()
    {
        std::array<char, 256> buffer;
        (void)!::recv(pair.near(), buffer.data(), buffer.size(), 0);
    }

    SocketPair pair;
    Poller::Watch watch;
    std::function<void()> atReady;
    std::function<void()> atEnd;
    PollEvents last;
    int ready = 0;
    int ends = 0;
};

} // namespace teahouse::server
