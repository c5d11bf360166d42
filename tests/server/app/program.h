#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <csignal>

namespace teahouse::server {

/// One run of the program, in a home folder of its own.
class Program
{
public:
    explicit Program(const QStringList &arguments)
    {
        using namespace Qt::StringLiterals;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"STATE_DIRECTORY"_s);
        environment.remove(u"XDG_DATA_HOME"_s);
        environment.remove(u"NOTIFY_SOCKET"_s);
        environment.insert(u"HOME"_s, m_home.path());
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(TEAHOUSED), arguments);
    }
    ~Program()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(Program)

    /// What it has said on standard output.
    QStringList lines()
    {
        using namespace Qt::StringLiterals;
        m_output += m_process.readAllStandardOutput();
        return QString::fromUtf8(m_output).split(u'\n', Qt::SkipEmptyParts);
    }
    bool isReady() { return lines().contains(QStringLiteral("ready")); }
    /// The port of its first door, once it is ready.
    quint16 port() { return lines().value(0).section(QChar(u' '), 3).toUShort(); }
    QString errors()
    {
        m_errors += m_process.readAllStandardError();
        return QString::fromUtf8(m_errors);
    }
    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }
    int exitCode() const
    {
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    /// Nothing when it has ended already: a signal to 0 would reach all of this group.
    void signal(int number) const
    {
        if (pid() > 0)
            ::kill(static_cast<pid_t>(pid()), number);
    }
    qint64 pid() const { return m_process.processId(); }
    QString home() const { return m_home.path(); }

private:
    QTemporaryDir m_home;
    QProcess m_process;
    QByteArray m_output;
    QByteArray m_errors;
};

} // namespace teahouse::server
