#pragma once

#include <QObject>

class QSocketNotifier;

namespace teahouse::client {

/// Turns SIGTERM and SIGINT into a Qt signal, by way of a pipe, and ignores SIGPIPE. At most one
/// may exist. Does nothing where there are no such signals.
class SignalWatcher : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

signals:
    void terminationRequested();

private:
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace teahouse::client
