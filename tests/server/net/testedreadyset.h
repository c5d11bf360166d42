#pragma once

#include "server/net/notifierset.h"

#include <QCoreApplication>

namespace teahouse::server {

/// What the Poller waits with in this run of a test: what the program does, or, when the
/// environment says TEAHOUSE_TEST_POLLER=notifiers, the make that exists everywhere.
inline std::unique_ptr<ReadySet> testedReadySet()
{
    if (qEnvironmentVariable("TEAHOUSE_TEST_POLLER") == QLatin1StringView("notifiers"))
        return std::make_unique<NotifierSet>();
    return makeReadySet();
}

/// Lets the loop turn until what is ready now has been handled and written: one make of the
/// Poller gathers first and handles what it has gathered by a queued call.
inline void turn()
{
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents();
}

} // namespace teahouse::server
