#include "server/dialects/teadoor.h"

#include "server/dialects/keys.h"

#include <algorithm>
#include <array>
#include <utility>

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

enum class Match { No, Yet, Yes };

/// Whether something begins with a verb that registers a connection in IRC (RFC 2812, 3.1), in any
/// case, or may yet.
Match matchIrc(QByteArrayView opening)
{
    for (const QByteArrayView verb : {"CAP ", "NICK ", "USER ", "PASS "}) {
        const qsizetype size = std::min(opening.size(), verb.size());
        if (opening.first(size).compare(verb.first(size), Qt::CaseInsensitive) == 0)
            return size == verb.size() ? Match::Yes : Match::Yet;
    }
    return Match::No;
}

} // namespace

TeaDoor::TeaDoor(std::unique_ptr<Dialect> tea, Make native, Make irc)
    : m_inner(std::move(tea)), m_native(std::move(native)), m_irc(std::move(irc))
{
}

void TeaDoor::feed(QByteArrayView bytes)
{
    const QByteArray text = m_filter.strip(bytes);
    if (m_decided) {
        m_inner->feed(text);
        return;
    }
    m_opening += m_opening.isEmpty() ? withoutBlanks(text) : QByteArrayView(text);
    if (m_opening.isEmpty() || !decide(m_opening))
        return;
    m_decided = true;
    m_inner->feed(std::exchange(m_opening, {}));
}

/// False: more bytes have to tell it, some four at most.
bool TeaDoor::decide(QByteArrayView opening)
{
    if (opening.front() == '{') {
        m_inner = m_native();
        return true;
    }
    const Match irc = m_irc ? matchIrc(opening) : Match::No;
    if (irc == Match::Yes)
        m_inner = m_irc();
    return irc != Match::Yet;
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
