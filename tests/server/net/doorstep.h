#pragma once

#include "server/net/gate.h"
#include "tests/server/net/caller.h"
#include "tests/server/net/rig.h"
#include "tests/server/net/testdialect.h"

#include <QTest>

#include <algorithm>

namespace teahouse::server {

/// A Gate with one door, and those who call there.
struct Doorstep
{
    explicit Doorstep(TestDialect::Manners how = {}) : manners(std::move(how)) { }

    void open(const GateSettings &settings, const QString &host = {})
    {
        gate = std::make_unique<Gate>(
                Gate::Base{rig.poller, rig.deadlines, rig.house, rig.dispatcher}, settings);
        const Listener &listener = gate->listen(host, 0, maker());
        QVERIFY2(listener.isListening(), qPrintable(listener.problem()));
        port = listener.serverPort();
    }

    Gate::DialectMaker maker() const
    {
        return [this](const Peer &) { return std::make_unique<TestDialect>(manners); };
    }

    Caller &call(quint32 from = INADDR_LOOPBACK)
    {
        return *callers.emplace_back(std::make_unique<Caller>(port, from));
    }

    void call(int times, quint32 from)
    {
        for (int i = 0; i < times; ++i)
            call(from);
    }

    /// How many callers have heard something that begins so.
    int heard(const QByteArray &start)
    {
        return int(std::count_if(callers.begin(), callers.end(), [&](const auto &caller) {
            return caller->heard().startsWith(start);
        }));
    }
    int greeted() { return heard("hello\n"); }
    int refused() { return heard("closing server-full\n"); }

    static bool getsIn(Caller &caller)
    {
        return QTest::qWaitFor([&] { return caller.heard() == "hello\n"; });
    }

    /// All that can happen now has happened.
    static void settle()
    {
        for (int i = 0; i < 20; ++i)
            QTest::qWait(0);
    }

    TestDialect::Manners manners;
    Rig rig;
    std::unique_ptr<Gate> gate;
    quint16 port = 0;
    std::vector<std::unique_ptr<Caller>> callers;
};

} // namespace teahouse::server
