#pragma once

#include "server/commands/dispatcher.h"
#include "server/core/house.h"
#include "server/net/deadlines.h"
#include "server/net/poller.h"
#include "server/store/memorystore.h"
#include "tests/server/net/fakeclock.h"
#include "tests/server/net/testedreadyset.h"
#include "tests/support/directpasswords.h"

namespace teahouse::server {

/// All of a server that stands behind connections, with a clock that stands still.
struct Rig
{
    explicit Rig(bool floodControl = false)
        : dispatcher(house, {{QStringLiteral("Teahouse"), QStringLiteral("test")}, {floodControl}})
    {
    }

    /// Lets time pass, and tells those who wait for it.
    void advance(std::chrono::milliseconds time)
    {
        clock.advance(time);
        deadlines.fire();
    }

    FakeClock clock;
    Deadlines deadlines{clock};
    Poller poller{testedReadySet()};
    int randoms = 0;
    MemoryStore store{poller, [this] { return clock.utc(); }, QStringLiteral("epoch")};
    DirectPasswords passwords{poller};
    House house{store,
                passwords,
                [this](int n) {
                    return QByteArray(n - 4, '\0') + QByteArray::number(1000 + ++randoms);
                },
                {limits::rooms, limits::announceUpTo},
                clock.utc()};
    Dispatcher dispatcher;
};

} // namespace teahouse::server
