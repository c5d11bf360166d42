#include "gui-client/link/originals/ownwords.h"

#include "shared/text.h"

#include <algorithm>

namespace teahouse::client {

namespace {

/// Servers trim what is said and drop what cannot be shown.
QString comparable(const QString &text)
{
    return cleanLine(text).trimmed();
}

} // namespace

void OwnWords::add(quint64 message, const QStringList &frames)
{
    for (const QString &frame : frames)
        m_frames.append({message, comparable(frame)});
}

OwnWords::Match OwnWords::echoed(const QString &text, Search search)
{
    const QString wanted = comparable(text);
    const qsizetype reach = search == Search::All ? m_frames.size()
                                                  : std::min<qsizetype>(1, m_frames.size());
    const auto end = m_frames.begin() + reach;
    const auto found = std::find_if(m_frames.begin(), end,
                                    [&](const Frame &frame) { return frame.text == wanted; });
    if (found == end)
        return {};
    Match match;
    match.found = true;
    for (auto it = m_frames.begin(); it != found; ++it) {
        if (!match.passedOver.contains(it->message))
            match.passedOver.append(it->message);
    }
    const quint64 message = found->message;
    m_frames.erase(m_frames.begin(), found + 1);
    for (const quint64 lost : std::as_const(match.passedOver))
        m_frames.removeIf([lost](const Frame &frame) { return frame.message == lost; });
    if (!has(message) && !match.passedOver.contains(message))
        match.done = message;
    return match;
}

bool OwnWords::has(quint64 message) const
{
    return std::any_of(m_frames.cbegin(), m_frames.cend(),
                       [message](const Frame &frame) { return frame.message == message; });
}

} // namespace teahouse::client
