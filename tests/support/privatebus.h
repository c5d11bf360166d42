#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace teahouse::test {

/// A message bus for one test: a dbus-daemon of its own on a socket in a temporary folder, on which
/// everything is allowed. Ends with this object. Needs the package dbus.
class PrivateBus
{
public:
    PrivateBus();
    ~PrivateBus() { stop(); }
    Q_DISABLE_COPY_MOVE(PrivateBus)

    /// False: it could not be started.
    bool start();
    void stop();

    /// The same after each start().
    QString address() const;

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
};

} // namespace teahouse::test
