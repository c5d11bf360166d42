#include "gui-client/link/liveness.h"

#include <utility>

namespace teahouse::client {

Liveness::Liveness(const AlarmFactory &alarms, Times times, std::function<void()> ask,
                   std::function<void()> dead)
    : m_times(times), m_ask(std::move(ask)), m_quiet(alarms([this] {
          m_grace->start(m_times.grace);
          m_ask();
      })),
      m_grace(alarms(std::move(dead)))
{
}

void Liveness::heard()
{
    m_grace->stop();
    m_quiet->start(m_times.quiet);
}

void Liveness::stop()
{
    m_grace->stop();
    m_quiet->stop();
}

} // namespace teahouse::client
