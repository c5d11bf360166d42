#include "tests/chaos/serverprocess.h"

#include "tests/chaos/client.h"

#include <QFile>

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

void ServerProcess::preload(const QString &library, const QString &variable, const QString &value)
{
    m_environment = {u"LD_PRELOAD="_s + library, variable + u'=' + value,
                     u"ASAN_OPTIONS=verify_asan_link_order=0"_s};
}

bool ServerProcess::start()
{
    kill();
    m_errors.clear();
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.setEnvironment(QProcess::systemEnvironment() + m_environment);
    const qint64 begin = steadyNs();
    m_process.start(QStringLiteral(TEAHOUSED), QStringList{u"--data"_s, m_folder} + m_arguments);
    QByteArray output;
    while (!output.contains("\nready\n")) {
        if (!m_process.waitForReadyRead(30'000))
            return false;
        output += m_process.readAllStandardOutput();
    }
    m_readyMs = static_cast<double>(steadyNs() - begin) / 1e6;
    m_port = output.split('\n').constFirst().split(' ').constLast().toUShort();
    return true;
}

void ServerProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

int ServerProcess::stop()
{
    m_process.terminate();
    return m_process.waitForFinished(10'000) && m_process.exitStatus() == QProcess::NormalExit
            ? m_process.exitCode()
            : -1;
}

qint64 ServerProcess::residentKiB() const
{
    QFile file(u"/proc/%1/statm"_s.arg(pid()));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE) / 1024;
}

QString ServerProcess::errors()
{
    m_errors += m_process.readAllStandardError();
    return QString::fromUtf8(m_errors);
}

ServerProcess::Said ServerProcess::call(const QStringList &arguments) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(TEAHOUSED), arguments + QStringList{u"--data"_s, m_folder});
    process.waitForFinished(120'000);
    return {process.exitCode(), QString::fromUtf8(process.readAll()).trimmed()};
}

} // namespace teahouse::chaos
