#include "server/app/server.h"
#include "server/store/sqlitestore.h"
#include "tests/chaos/faultrun.h"
#include "tests/chaos/rigs.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

/// Holds up whoever passes while it is closed.
class Barrier
{
public:
    void pass()
    {
        std::unique_lock lock(m_mutex);
        m_opened.wait(lock, [this] { return !m_isClosed; });
    }
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_isClosed = true;
    }
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_isClosed = false;
        m_opened.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_opened;
    bool m_isClosed = false;
};

server::Settings withoutProtections()
{
    server::Settings settings;
    settings.flood = false;
    settings.perAddress = false;
    return settings;
}

} // namespace

/// The thread that writes does nothing for a while. In this process, since no setting of the
/// program can do that: the server in this thread, the party in another.
void rigStopped(Report &report)
{
    const QTemporaryDir folder;
    auto file = server::StoreFile::open(folder.path());
    if (const auto *problem = std::get_if<QString>(&file)) {
        report.promise(false, *problem);
        return;
    }
    Barrier barrier;
    server::Server server(
            withoutProtections(), {u"chaos"_s},
            [&](server::Executor &executor, std::function<qint64()> utc) {
                return std::make_unique<server::SqliteStore>(
                        std::get<std::unique_ptr<server::StoreFile>>(std::move(file)), executor,
                        std::move(utc),
                        server::SqliteStoreSetup{.beforeRound = [&] { barrier.pass(); }});
            });
    if (const auto failure = server.start({{u"tea"_s, u"127.0.0.1"_s, 0}})) {
        report.promise(false, failure->text);
        return;
    }
    QObject::connect(&server, &server::Server::stopped, qApp, &QCoreApplication::quit);
    std::thread party([&, port = server.listening().first().port] {
        runWithFault(report,
                     {.port = port,
                      .begin =
                              [&] {
                                  barrier.close();
                                  return true;
                              },
                      .end = [&] { barrier.open(); }});
        QMetaObject::invokeMethod(&server, [&] { server.stop(); });
    });
    QCoreApplication::exec();
    party.join();
}

} // namespace teahouse::chaos
