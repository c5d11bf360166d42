#include "tests/chaos/client.h"
#include "tests/chaos/rigs.h"

#include <QProcess>
#include <QStandardPaths>

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <utility>
#include <vector>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

const QString door = u"front:0.0.0.0:5005"_s;

using Process = std::unique_ptr<QProcess>;

Process begin(const QString &program, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->start(program, arguments);
    return process;
}

void end(QProcess &process)
{
    process.kill();
    process.waitForFinished();
}

/// A computer of its own: namespaces for network, mounts and host name, which live as long as one
/// process that does nothing, and a system bus with avahi-daemon in them.
class Machine
{
public:
    explicit Machine(const QString &name)
        : m_holder(begin(u"unshare"_s,
                         {u"--net"_s, u"--mount"_s, u"--uts"_s, u"sh"_s, u"-c"_s, script(name)}))
    {
        m_isUp = m_holder->waitForReadyRead(5'000)
                && m_holder->readAllStandardOutput().trimmed() == "up";
    }
    ~Machine()
    {
        for (auto daemon = m_daemons.rbegin(); daemon != m_daemons.rend(); ++daemon)
            end(**daemon);
        end(*m_holder);
    }
    Q_DISABLE_COPY_MOVE(Machine)

    bool isUp() const { return m_isUp; }
    QString pid() const { return QString::number(m_holder->processId()); }

    Process run(const QString &program, const QStringList &arguments) const
    {
        return begin(
                u"nsenter"_s,
                QStringList{u"--target"_s, pid(), u"--net"_s, u"--mount"_s, u"--uts"_s, program}
                        + arguments);
    }
    bool call(const QString &program, const QStringList &arguments) const
    {
        const Process process = run(program, arguments);
        return process->waitForFinished(10'000) && process->exitCode() == 0;
    }
    bool setAddress(const QString &address) const
    {
        return call(u"ip"_s, {u"address"_s, u"add"_s, address, u"dev"_s, u"eth0"_s})
                && call(u"ip"_s, {u"link"_s, u"set"_s, u"eth0"_s, u"up"_s});
    }
    /// Waits until avahi-daemon has its host name.
    bool startAvahi()
    {
        m_daemons.push_back(run(u"dbus-daemon"_s,
                                {u"--system"_s, u"--nofork"_s, u"--nopidfile"_s, u"--nosyslog"_s,
                                 u"--print-address"_s}));
        if (!m_daemons.back()->waitForReadyRead(5'000))
            return false;
        m_daemons.push_back(run(u"avahi-daemon"_s, {u"--no-rlimits"_s}));
        QProcess &avahi = *m_daemons.back();
        avahi.setReadChannel(QProcess::StandardError);
        QByteArray said;
        while (!said.contains("startup complete")) {
            if (!avahi.waitForReadyRead(10'000))
                return false;
            said += avahi.readAllStandardError();
        }
        return true;
    }

private:
    static QString script(const QString &name)
    {
        return u"hostname %1 && mount -t tmpfs tmpfs /run && mkdir /run/dbus && "
               "ip link set lo up && echo up && exec sleep 600"_s.arg(name);
    }

    Process m_holder;
    std::vector<Process> m_daemons;
    bool m_isUp = false;
};

/// What the client's part for servers nearby sees, line by line.
class Eye
{
public:
    Eye(const Machine &machine, const QStringList &arguments)
        : m_process(machine.run(QStringLiteral(NEARBY_EYE), arguments))
    {
    }
    ~Eye() { end(*m_process); }
    Q_DISABLE_COPY_MOVE(Eye)

    /// The next line that begins so; empty: none came within that time.
    QString await(const QByteArray &beginning, int ms)
    {
        const qint64 until = steadyNs() + ms * 1'000'000LL;
        while (true) {
            while (m_process->canReadLine()) {
                const QByteArray line = m_process->readLine().trimmed();
                if (line.startsWith(beginning))
                    return QString::fromUtf8(line);
            }
            const auto left = static_cast<int>((until - steadyNs()) / 1'000'000);
            if (left <= 0 || !m_process->waitForReadyRead(left))
                return {};
        }
    }

private:
    Process m_process;
};

QString missingTool()
{
    const QStringList sbin{u"/usr/sbin"_s, u"/sbin"_s};
    for (const QString &tool :
         {u"unshare"_s, u"nsenter"_s, u"ip"_s, u"dbus-daemon"_s, u"avahi-daemon"_s}) {
        if (QStandardPaths::findExecutable(tool).isEmpty()
            && QStandardPaths::findExecutable(tool, sbin).isEmpty())
            return tool;
    }
    return {};
}

bool connectMachines(const Machine &here, const Machine &there)
{
    return here.call(u"ip"_s,
                     {u"link"_s, u"add"_s, u"eth0"_s, u"type"_s, u"veth"_s, u"peer"_s, u"name"_s,
                      u"eth0"_s, u"netns"_s, there.pid()})
            && here.setAddress(u"10.77.0.1/24"_s) && there.setAddress(u"10.77.0.2/24"_s);
}

/// A server that announces itself; null when it does not become ready.
Process startServer(const Machine &machine, Report &report)
{
    Process server = machine.run(QStringLiteral(TEAHOUSED),
                                 {u"--data"_s, u"none"_s, u"--listen"_s, door, u"--set"_s,
                                  u"server.announce=on"_s, u"--set"_s, u"server.name=Office"_s});
    QByteArray said;
    while (!said.contains("\nready\n")) {
        if (!server->waitForReadyRead(10'000)) {
            report.promise(false,
                           u"the server starts: "_s
                                   + QString::fromUtf8(server->readAllStandardError()).trimmed());
            return {};
        }
        said += server->readAllStandardOutput();
    }
    return server;
}

double msSince(qint64 begin)
{
    return static_cast<double>(steadyNs() - begin) / 1e6;
}

/// Comes, is killed, and comes again.
void watchServer(Report &report, const Machine &here, const Machine &there)
{
    Eye eye(there, {});
    const int rounds = report.form() == Form::Full ? 5 : 1;
    for (int round = 0; round < rounds; ++round) {
        const Process server = startServer(here, report);
        if (!server)
            return;
        qint64 begin = steadyNs();
        const QString seen = eye.await("seen Office", 15'000);
        report.promise(seen.endsWith(" true"_L1),
                       u"a server is seen on the other machine: "_s + seen);
        report.promiseInTime(msSince(begin) <= 2'000,
                             u"within 2 s: %1 ms"_s.arg(msSince(begin), 0, 'f', 0));
        end(*server);
        begin = steadyNs();
        report.promise(!eye.await("gone Office", 15'000).isEmpty(), u"it is gone when killed"_s);
        report.promiseInTime(msSince(begin) <= 5'000,
                             u"within 5 s: %1 ms"_s.arg(msSince(begin), 0, 'f', 0));
    }
}

/// Whoever knows a server of that name by another key is told.
void watchImpostor(Report &report, const Machine &here, const Machine &there)
{
    const Process server = startServer(here, report);
    if (!server)
        return;
    Eye eye(there, {QString(52, u'A')});
    const QString seen = eye.await("seen Office", 15'000);
    report.promise(seen.endsWith(" false"_L1), u"a false fingerprint is told: "_s + seen);
    end(*server);
}

} // namespace

/// Two machines on one network: what one announces the other sees.
void rigNearby(Report &report)
{
    if (::geteuid() != 0)
        return report.skip(u"two networks of our own need root"_s);
    if (const QString tool = missingTool(); !tool.isEmpty())
        return report.skip(tool + u" is not installed; ./dev chaos installs what is needed"_s);
    Machine here(u"tea-here"_s);
    Machine there(u"tea-there"_s);
    if (!here.isUp() || !there.isUp())
        return report.skip(u"namespaces cannot be made here"_s);
    if (!connectMachines(here, there))
        return report.skip(u"the two networks cannot be connected here"_s);
    if (!here.startAvahi() || !there.startAvahi())
        return report.skip(u"avahi-daemon does not start here"_s);
    watchServer(report, here, there);
    watchImpostor(report, here, there);
}

} // namespace teahouse::chaos
