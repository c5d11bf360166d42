#include "tests/support/privatebus.h"

#include <QFile>

namespace teahouse::test {

using namespace Qt::StringLiterals;

PrivateBus::PrivateBus()
{
    QFile file(m_folder.filePath(u"bus.conf"_s));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write("<busconfig><type>session</type><listen>" + address().toUtf8()
               + "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                 "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                 "<allow own=\"*\"/></policy></busconfig>");
}

QString PrivateBus::address() const
{
    return u"unix:path="_s + m_folder.filePath(u"bus"_s);
}

bool PrivateBus::start()
{
    QFile::remove(m_folder.filePath(u"bus"_s));
    m_daemon.start(u"dbus-daemon"_s,
                   {u"--nofork"_s, u"--nosyslog"_s, u"--print-address"_s,
                    u"--config-file="_s + m_folder.filePath(u"bus.conf"_s)});
    return m_daemon.waitForStarted() && m_daemon.waitForReadyRead(10'000);
}

void PrivateBus::stop()
{
    if (m_daemon.state() == QProcess::NotRunning)
        return;
    m_daemon.kill();
    m_daemon.waitForFinished();
}

} // namespace teahouse::test
