#include "gui-client/models/drafts.h"

#include "shared/names.h"

namespace teahouse::client {

void Drafts::set(const QString &room, const QString &text)
{
    if (text.trimmed().isEmpty())
        m_drafts.remove(foldedName(room));
    else
        m_drafts[foldedName(room)] = {room, text};
}

QString Drafts::text(const QString &room) const
{
    return m_drafts.value(foldedName(room)).text;
}

void Drafts::move(const QString &from, const QString &to)
{
    const QString moved = text(from);
    forget(from);
    set(to, moved);
}

QMap<QString, QString> Drafts::all() const
{
    QMap<QString, QString> drafts;
    for (const Draft &draft : m_drafts)
        drafts[draft.room] = draft.text;
    return drafts;
}

} // namespace teahouse::client
