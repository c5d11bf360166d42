#include "gui-client/input/sentlines.h"

namespace teahouse::client {

void SentLines::remember(const QString &text)
{
    m_at = -1;
    m_changed.clear();
    if (text.isEmpty() || (!m_lines.isEmpty() && m_lines.last() == text))
        return;
    m_lines.append(text);
    if (m_lines.size() > mostRemembered)
        m_lines.removeFirst();
}

std::optional<QString> SentLines::previous(const QString &shown)
{
    if (m_lines.isEmpty() || m_at == 0)
        return std::nullopt;
    return step(m_at < 0 ? m_lines.size() - 1 : m_at - 1, shown);
}

std::optional<QString> SentLines::next(const QString &shown)
{
    if (m_at < 0)
        return std::nullopt;
    return step(m_at + 1 < m_lines.size() ? m_at + 1 : -1, shown);
}

QString SentLines::unsent() const
{
    return isRecalling() ? at(-1) : QString();
}

QString SentLines::draft(const QString &shown) const
{
    return isRecalling() && shown == m_lines.at(m_at) ? at(-1) : shown;
}

QString SentLines::at(qsizetype place) const
{
    const auto changed = m_changed.constFind(place);
    if (changed != m_changed.cend())
        return *changed;
    return place < 0 ? QString() : m_lines.at(place);
}

std::optional<QString> SentLines::step(qsizetype to, const QString &shown)
{
    m_changed[m_at] = shown;
    m_at = to;
    return at(to);
}

} // namespace teahouse::client
