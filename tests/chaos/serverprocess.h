#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

namespace teahouse::chaos {

/// The real server on a data folder, on a port of the system's choice. Ends with this object, and
/// with us.
class ServerProcess
{
public:
    explicit ServerProcess(QString folder) : m_folder(std::move(folder)) { }
    ~ServerProcess() { kill(); }
    Q_DISABLE_COPY_MOVE(ServerProcess)

    /// Loads a library before it, which may read this variable.
    void preload(const QString &library, const QString &variable, const QString &value);

    /// What it is started with instead of one door for tea and no limits.
    void setArguments(const QStringList &arguments) { m_arguments = arguments; }

    /// Waits until it is ready; false: it has ended, or takes more than 30 s.
    bool start();
    void kill();
    /// Asks it to end; its exit code, -1 when it does not within 10 s.
    int stop();

    quint16 port() const { return m_port; }
    qint64 pid() const { return m_process.processId(); }
    /// Memory that it has, now.
    qint64 residentKiB() const;
    double readyMs() const { return m_readyMs; }
    int exitCode() const { return m_process.exitCode(); }
    QString errors();

    struct Said
    {
        int code = -1;
        QString text;
    };
    /// Runs a command of the program on the folder.
    Said call(const QStringList &arguments) const;

private:
    QString m_folder;
    QStringList m_arguments{QStringLiteral("--listen"), QStringLiteral("tea:127.0.0.1:0"),
                            QStringLiteral("--set"),    QStringLiteral("limits.flood=off"),
                            QStringLiteral("--set"),    QStringLiteral("limits.per_address=off")};
    QStringList m_environment;
    QProcess m_process;
    QByteArray m_errors;
    quint16 m_port = 0;
    double m_readyMs = 0;
};

} // namespace teahouse::chaos
