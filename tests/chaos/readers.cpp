#include "tests/chaos/client.h"
#include "tests/chaos/rigs.h"
#include "tests/chaos/serverprocess.h"

#include <sys/socket.h>

#include <memory>
#include <vector>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

constexpr int slow = 500;
constexpr double talkMs = 25;
/// What waits for many is kept once, and encrypted only when it is written.
constexpr qint64 mostGrowthKiB = qint64(64) * 1024;

/// Lets in `slow` of them.
std::vector<std::unique_ptr<Client>> letIn(quint16 port)
{
    std::vector<std::unique_ptr<Client>> in;
    for (int i = 0; i < slow; ++i) {
        auto client = std::make_unique<Client>();
        if (!client->openEncrypted(port) || !client->logIn(u"slow%1"_s.arg(i))["ok"_L1].toBool())
            break;
        const int small = 4096;
        ::setsockopt(client->socket(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        in.push_back(std::move(client));
    }
    return in;
}

} // namespace

/// Many are in the room through TLS and read nothing, while somebody talks to somebody who does.
void rigReaders(Report &report)
{
    ServerProcess server(u"none"_s);
    server.setArguments({u"--log-level"_s, u"warning"_s, u"--listen"_s, u"front:127.0.0.1:0"_s,
                         u"--set"_s, u"limits.per_address=off"_s, u"--set"_s,
                         u"limits.flood=off"_s});
    if (!server.start()) {
        report.promise(false, u"it starts: "_s + server.errors());
        return;
    }
    const int messages = report.form() == Form::Full ? 2000 : 300;
    Client speaker;
    Client reader;
    const bool areIn = speaker.openEncrypted(server.port())
            && speaker.logIn(u"ann"_s)["ok"_L1].toBool() && reader.openEncrypted(server.port())
            && reader.logIn(u"bob"_s)["ok"_L1].toBool();
    auto others = letIn(server.port());
    report.promise(areIn && others.size() == slow, u"500 who read nothing are in the room"_s);

    const qint64 before = server.residentKiB();
    qint64 most = before;
    int heard = 0;
    int refused = 0;
    Times times;
    const QString text(2000, u'茶');
    const auto count = [&heard](const QJsonObject &line) {
        heard += line["ev"_L1] == "item"_L1 && line["kind"_L1] == "message"_L1 ? 1 : 0;
    };
    for (int i = 0; i < messages; ++i) {
        const qint64 begin = steadyNs();
        const QJsonObject answer = speaker.ask({{"do"_L1, "say"_L1},
                                                {"room"_L1, "main"_L1},
                                                {"cid"_L1, u"c%1"_s.arg(i)},
                                                {"text"_L1, text}});
        times.add(steadyNs() - begin);
        refused += answer["ok"_L1].toBool() ? 0 : 1;
        reader.read(count);
        if (i % 20 == 0)
            most = std::max(most, server.residentKiB());
    }
    const qint64 until = steadyNs() + 10'000 * nsPerMs;
    while (heard < messages && steadyNs() < until) {
        waitForAny({&reader}, 100);
        reader.read(count);
    }
    report.say(u"        a message %1; %2 MiB more at most"_s.arg(times.text())
                       .arg((most - before) / 1024));
    report.promise(refused == 0, u"all that is said is accepted"_s);
    report.promise(heard == messages,
                   u"who reads has heard all of them (%1 of %2)"_s.arg(heard).arg(messages));
    report.promise(most - before <= mostGrowthKiB, u"what waits for them stays within bounds"_s);
    report.promiseInTime(times.ms(0.99) <= talkMs, u"nobody waits for them: p99 25 ms at most"_s);
    others.clear();
    report.promise(server.stop() == 0, u"it stops when asked to"_s);
}

} // namespace teahouse::chaos
