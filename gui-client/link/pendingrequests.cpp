#include "gui-client/link/pendingrequests.h"

#include "shared/wire/replycodec.h"

#include <utility>

namespace teahouse::client {

QString PendingRequests::add(const QString &verb, OutcomeHandler handler, QObject *context)
{
    m_pending[++m_last] = {verb, std::move(handler), context, context != nullptr};
    return QString::number(m_last);
}

void PendingRequests::answer(const QJsonObject &reply)
{
    wire::ReplyHead head = wire::decodeReplyHead(reply);
    const auto found = m_pending.find(head.id.value_or(QString()).toULongLong());
    if (found == m_pending.end())
        return;
    const Pending pending = std::move(found->second);
    m_pending.erase(found);
    if (head.error)
        finish(pending, {.kind = Outcome::Kind::Refused, .error = *head.error, .text = head.text});
    else
        finish(pending,
               {.kind = Outcome::Kind::Answered,
                .answer = wire::decodeAnswer(pending.verb, reply)});
}

void PendingRequests::loseAll()
{
    for (const auto &[id, pending] : std::exchange(m_pending, {}))
        finish(pending, {.kind = Outcome::Kind::Lost});
}

void PendingRequests::finish(const Pending &pending, const Outcome &outcome)
{
    if (pending.handler && (!pending.hasContext || pending.context))
        pending.handler(outcome);
}

} // namespace teahouse::client
