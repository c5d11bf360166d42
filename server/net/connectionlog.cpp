#include "server/net/connectionlog.h"

#include "server/net/netlog.h"

namespace teahouse::server {

ConnectionLog::ConnectionLog(Deadlines &deadlines)
    : m_clock(deadlines.clock()), m_deadline(deadlines, *this),
      m_log([](const QString &line) { qCInfo(lcNet, "%ls", qUtf16Printable(line)); })
{
}

ConnectionLog::~ConnectionLog()
{
    m_log.flushAll();
}

void ConnectionLog::note(const RepeatedLog::Event &event)
{
    m_log.note(event, m_clock.steady());
    if (!m_deadline.isActive())
        waitForFlush();
}

void ConnectionLog::onDeadline()
{
    m_log.flush(m_clock.steady());
    waitForFlush();
}

void ConnectionLog::waitForFlush()
{
    if (const auto next = m_log.nextFlush())
        m_deadline.startAt(*next);
}

} // namespace teahouse::server
