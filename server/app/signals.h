#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace teahouse::server {

/// The signals of the operating system, as signals of Qt: SIGTERM and SIGINT ask for the end,
/// SIGHUP for new settings. SIGPIPE and SIGXFSZ are ignored, for writing reports both by an
/// error. A second SIGTERM or SIGINT ends the process at once with ExitCode::Failure, even when
/// the loop stands still. One object a process; the handlers stay when it goes.
class Signals : public QObject
{
    Q_OBJECT

public:
    explicit Signals(QObject *parent = nullptr);

signals:
    void stopRequested();
    void reloadRequested();

private:
    void read();

    QSocketNotifier m_notifier;
};

} // namespace teahouse::server
