#include "server/dialects/teadoor.h"

#include "server/dialects/keys.h"

#include <algorithm>
#include <array>

namespace teahouse::server {

namespace {

/// Without what stands before the first byte that counts: blank lines, blanks, and keys that take
/// back what is not there.
QByteArrayView withoutBlanks(QByteArrayView bytes)
{
    constexpr std::array blanks = {' ',
                                   '\t',
                                   '\r',
                                   '\n',
                                   '\0',
                                   keys::backspace,
                                   keys::erase,
                                   keys::eraseLine,
                                   keys::eraseWord};
    const auto *first = std::find_if(bytes.begin(), bytes.end(), [&](char byte) {
        return std::find(blanks.begin(), blanks.end(), byte) == blanks.end();
    });
    return bytes.sliced(first - bytes.begin());
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

Decoded TeaDoor::next()
{
    Decoded decoded = m_inner->next();
    if (!std::holds_alternative<NeedMore>(decoded) || !m_filter.takeTimingMark())
        return decoded;
    // Nobody who speaks native interrupts output, and it would stand between two objects.
    return form() == Form::Object ? decoded : timingMarkRequest();
}

Output TeaDoor::reply(const Request &request, const Reply &reply)
{
    if (isTimingMark(request))
        return {.bytes = timingMark()};
    return m_inner->reply(request, reply);
}

QByteArray TeaDoor::farewell(const Closing &closing) const
{
    return m_inner->farewell(closing);
}

} // namespace teahouse::server
