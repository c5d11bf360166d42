#pragma once

#include "gui-client/link/linktools.h"
#include "gui-client/link/serveraddress.h"
#include "tests/support/fakealarms.h"
#include "tests/support/fakeserver.h"

namespace teahouse::test {

/// Time that stands still and chance that is none.
inline client::LinkTools fixedTools(FakeAlarms &alarms)
{
    client::LinkTools tools;
    tools.alarms = alarms.factory();
    tools.random = [] { return 0.0; };
    tools.newCid = [n = 0]() mutable { return QStringLiteral("cid%1").arg(++n); };
    return tools;
}

inline client::ServerAddress addressOf(const FakeServer &server)
{
    return {QStringLiteral("127.0.0.1"), server.port()};
}

} // namespace teahouse::test
