#include "server/dialects/teadoor.h"

namespace teahouse::server {

namespace {

/// Blank lines and blanks before the first byte that counts.
QByteArrayView withoutBlanks(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && QByteArrayView(" \t\r\n").contains(bytes.front()))
        bytes = bytes.sliced(1);
    return bytes;
}

} // namespace

TeaDoor::TeaDoor(std::unique_ptr<Dialect> tea, Make native)
    : m_inner(std::move(tea)), m_native(std::move(native))
{
}

void TeaDoor::feed(QByteArrayView bytes)
{
    const QByteArray text = m_filter.strip(bytes);
    QByteArrayView rest(text);
    if (!m_decided) {
        rest = withoutBlanks(rest);
        if (rest.isEmpty())
            return;
        m_decided = true;
        if (rest.front() == '{')
            m_inner = m_native();
    }
    m_inner->feed(rest);
}

Output TeaDoor::reply(const Request &request, const Reply &reply)
{
    return m_inner->reply(request, reply);
}

QByteArray TeaDoor::farewell(const Closing &closing) const
{
    return m_inner->farewell(closing);
}

} // namespace teahouse::server
