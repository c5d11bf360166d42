#include "gui-client/models/errands.h"

#include <utility>

namespace teahouse::client {

void Errands::ask(const QString &verb, const QJsonObject &fields, QObject *context, Ended ended)
{
    const quint64 ticket = ++m_ticket;
    m_pending.insert(ticket, {context, std::move(ended)});
    emit wanted(ticket, verb, fields);
}

void Errands::answered(quint64 ticket, const Answer &answer)
{
    end(ticket, answer, {});
}

void Errands::refused(quint64 ticket, const Error &error, const QString &text)
{
    end(ticket, error, text);
}

void Errands::end(quint64 ticket, const Reply &reply, const QString &text)
{
    const Pending pending = m_pending.take(ticket);
    if (pending.context && pending.ended)
        pending.ended(reply, text);
}

} // namespace teahouse::client
