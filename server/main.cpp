#include "server/app/datafolder.h"
#include "server/app/filecommands.h"
#include "server/app/invitecommand.h"
#include "server/app/log.h"
#include "server/app/process.h"
#include "server/app/qrtext.h"
#include "server/app/sdnotify.h"
#include "server/app/server.h"
#include "server/app/signals.h"
#include "server/app/usercommand.h"
#include "server/store/sqlitestore.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>

#include <unistd.h>

using namespace teahouse::server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

int exitCode(ExitCode code)
{
    return static_cast<int>(code);
}

/// False: it could not be written (errno).
bool print(FILE *file, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const auto size = static_cast<size_t>(bytes.size());
    return std::fwrite(bytes.constData(), 1, size, file) == size && std::fflush(file) == 0;
}

int fail(ExitCode code, const QString &text)
{
    print(stderr, u"teahoused: %1\n"_s.arg(printable(text)));
    return exitCode(code);
}

/// Writes what a command that went well has to say.
int tell(const QString &text)
{
    if (print(stdout, text))
        return exitCode(ExitCode::Done);
    return fail(ExitCode::Failure,
                u"Standard output cannot be written: %1."_s.arg(
                        QString::fromLocal8Bit(std::strerror(errno))));
}

void tellReady(Server &server)
{
    QString doors;
    for (const ListenSpec &door : server.listening())
        doors += u"listening %1 %2 %3\n"_s.arg(door.dialect, printedHost(door.host)).arg(door.port);
    const auto &identity = server.identity();
    const QString known = identity
            ? u"fingerprint sha256:%1\n"_s.arg(identity->fingerprint().text())
            : QString();
    const auto code = server.claimCode();
    const QString claim = code ? u"claim %1\n"_s.arg(*code) : QString();
    if (!print(stdout, doors + known + claim + u"ready\n"_s))
        qCWarning(lcApp, "standard output cannot be written (%s); the doors are open: %ls",
                  std::strerror(errno), qUtf16Printable(doors.simplified()));
    if (!notifySystemd(qEnvironmentVariable("NOTIFY_SOCKET"), "READY=1"))
        qCWarning(lcApp, "systemd was not told that the server is ready: %s", std::strerror(errno));
}

/// Tells the log what happens to the data folder.
void watch(DataFolder &folder, QTimer &timer)
{
    for (const QString &warning : folder.warnings())
        qCWarning(lcApp, "%ls", qUtf16Printable(warning));
    QObject::connect(&timer, &QTimer::timeout, &timer, [&folder] {
        if (const QString told = folder.look(); !told.isEmpty())
            qCCritical(lcApp, "%ls", qUtf16Printable(told));
    });
    timer.start(1s);
}

std::variant<TlsIdentity, QString> loadIdentity(const CommandLine &line)
{
    const TlsIdentity::Files set{line.settings.tlsCertificate, line.settings.tlsKey};
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    return line.data == CommandLine::Data::None ? TlsIdentity::load(set, now)
                                                : TlsIdentity::load(set, dataPath(line), now);
}

bool takesTls(const CommandLine &line)
{
    return std::any_of(line.listeners.begin(), line.listeners.end(),
                       [](const ListenSpec &door) { return door.takesTls(); });
}

/// Gives the server what is in the files now. A text: why not, and it keeps what it has.
std::optional<QString> renewIdentity(Server &server, const CommandLine &line)
{
    const auto loaded = loadIdentity(line);
    if (const auto *problem = std::get_if<QString>(&loaded))
        return *problem;
    return server.setIdentity(std::get<TlsIdentity>(loaded));
}

/// What SIGHUP asks for. A key that is in no file stays.
void reload(Server &server, const CommandLine &line)
{
    const auto before = server.identity();
    if (!before || (before->isSelfMade() && line.data == CommandLine::Data::None)) {
        qCInfo(lcApp, "SIGHUP: there is neither a configuration file nor a certificate to read");
        return;
    }
    if (const auto problem = renewIdentity(server, line)) {
        qCWarning(lcApp, "SIGHUP: the certificate stays as it was: %ls", qUtf16Printable(*problem));
        return;
    }
    const bool isSame = before->pair() == server.identity()->pair();
    qCInfo(lcApp, "SIGHUP: the certificate was read again, %s; fingerprint sha256:%ls",
           isSame ? "and is the same" : "and is another one",
           qUtf16Printable(server.identity()->fingerprint().text()));
}

int serve(const CommandLine &line, const Server::MakeStore &makeStore)
{
    Signals fromOutside;
    Server server(line.settings, {QCoreApplication::applicationVersion()}, makeStore);
    QObject::connect(&fromOutside, &Signals::stopRequested, &server, [&] { server.stop(); });
    QObject::connect(&fromOutside, &Signals::reloadRequested, &server,
                     [&] { reload(server, line); });
    QObject::connect(&server, &Server::stopped, qApp, &QCoreApplication::quit);
    if (takesTls(line)) {
        if (const auto problem = renewIdentity(server, line))
            return fail(ExitCode::Failure, *problem);
    }
    if (const auto failure = server.start(line.listeners))
        return fail(failure->code, failure->text);
    if (line.data != CommandLine::Data::None)
        server.openControlDoor(dataPath(line));
    tellReady(server);
    return QCoreApplication::exec();
}

int run(const CommandLine &line)
{
    installLog(line.logLevel);
    const auto doors = static_cast<int>(line.listeners.size());
    if (const auto problem = descriptorProblem(doors))
        return fail(ExitCode::Failure, *problem);
    if (line.data == CommandLine::Data::None) {
        qCInfo(lcApp, "messages are kept in memory only: they are gone when the server stops");
        return serve(line, {});
    }
    const QString path = dataPath(line);
    const auto folder = DataFolder::open(path);
    if (const auto *problem = std::get_if<QString>(&folder))
        return fail(ExitCode::Failure, *problem);
    QTimer folderTimer;
    watch(*std::get<std::unique_ptr<DataFolder>>(folder), folderTimer);
    auto file = StoreFile::open(path, schemaMigrations(), line.settings.memoryBounds());
    if (const auto *problem = std::get_if<QString>(&file))
        return fail(ExitCode::Failure, *problem);
    auto &opened = std::get<std::unique_ptr<StoreFile>>(file);
    return serve(line, [&](Executor &executor, std::function<qint64()> utc) {
        return std::make_unique<SqliteStore>(std::move(opened), executor, std::move(utc));
    });
}

/// Carries out a command that ends by itself.
int conclude(const Outcome &outcome)
{
    if (outcome.code != ExitCode::Done && !outcome.lines.isEmpty())
        print(stderr, u"teahoused: "_s);
    QString all;
    for (const QString &text : outcome.lines)
        all += printable(text) + u'\n';
    if (outcome.code == ExitCode::Done && ::isatty(STDOUT_FILENO) == 1 && !outcome.qr.isEmpty())
        all += qrText(outcome.qr);
    if (outcome.code == ExitCode::Done)
        return tell(all);
    print(stderr, all);
    return exitCode(outcome.code);
}

/// Asks the running server, or is the server for that long.
int administer(const CommandLine &line, const QJsonObject &asked)
{
    const QString path = dataPath(line);
    if (const auto outcome = askRunningServer(path, asked))
        return conclude(*outcome);
    const auto folder = DataFolder::open(path);
    if (const auto *problem = std::get_if<QString>(&folder))
        return fail(ExitCode::Failure, *problem);
    auto file = StoreFile::open(path);
    if (const auto *problem = std::get_if<QString>(&file))
        return fail(ExitCode::Failure, *problem);
    auto &opened = std::get<std::unique_ptr<StoreFile>>(file);
    Server server(line.settings, {QCoreApplication::applicationVersion()},
                  [&](Executor &executor, std::function<qint64()> utc) {
                      return std::make_unique<SqliteStore>(std::move(opened), executor,
                                                           std::move(utc));
                  });
    Outcome outcome;
    server.administer(asked, [&outcome](const QJsonObject &answer) {
        outcome = outcomeOf(answer);
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    return conclude(outcome);
}

int administerUsers(const CommandLine &line)
{
    const auto request = userRequest(line);
    if (const auto *problem = std::get_if<QString>(&request))
        return fail(ExitCode::Usage, *problem);
    return administer(line, std::get<QJsonObject>(request));
}

/// Asks the running server what only that knows.
int askServer(const CommandLine &line, const QJsonObject &request)
{
    const QString path = dataPath(line);
    const auto outcome = askRunningServer(path, request);
    if (!outcome)
        return fail(
                ExitCode::Failure,
                u"No server runs on %1. Start it, or name its folder with --data DIR."_s.arg(path));
    return conclude(*outcome);
}

/// Does what the arguments ask for.
int carryOut(const CommandLine &line)
{
    switch (line.action) {
    case CommandLine::Action::Run:
        return run(line);
    case CommandLine::Action::Backup:
        return conclude(backUp(line));
    case CommandLine::Action::Restore:
        return conclude(restore(line));
    case CommandLine::Action::Check:
        return conclude(check(line));
    case CommandLine::Action::Export:
        return conclude(exportRoom(line));
    case CommandLine::Action::User:
        return administerUsers(line);
    case CommandLine::Action::Clock:
        return askServer(line, {{u"do"_s, u"clock"_s}, {u"role"_s, line.words.value(0)}});
    case CommandLine::Action::Link:
        return askServer(line, inviteRequest(line));
    case CommandLine::Action::InviteCode:
    case CommandLine::Action::InviteCodes:
    case CommandLine::Action::InviteCodeEnd:
        return administer(line, inviteRequest(line));
    case CommandLine::Action::Help:
        return tell(commandLineHelp());
    case CommandLine::Action::Version:
        break;
    }
    return tell(u"teahoused %1\n"_s.arg(QCoreApplication::applicationVersion()));
}

} // namespace

int main(int argc, char *argv[])
{
    if (const auto problem = prepareProcess()) {
        std::fprintf(stderr, "teahoused: %s\n", *problem);
        return exitCode(ExitCode::Failure);
    }
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"teahoused"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TEAHOUSE_VERSION));

    const auto parsed = parseCommandLine(QCoreApplication::arguments());
    if (const auto *error = std::get_if<UsageError>(&parsed))
        return fail(ExitCode::Usage, error->text);
    return carryOut(std::get<CommandLine>(parsed));
}
