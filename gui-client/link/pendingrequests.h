#pragma once

#include "gui-client/link/outcome.h"

#include <QJsonObject>
#include <QPointer>

#include <map>

namespace teahouse::client {

/// The requests that were sent and not yet answered, by their ids. Each handler is called exactly
/// once, unless its context has died before.
class PendingRequests
{
public:
    /// Remembers a request and gives it its id. `context` may be null for a handler that cannot
    /// outlive the caller.
    QString add(const QString &verb, OutcomeHandler handler, QObject *context);

    /// Hands a reply to the handler it belongs to.
    void answer(const QJsonObject &reply);

    /// Ends all of them as lost, oldest first.
    void loseAll();

    bool isEmpty() const { return m_pending.empty(); }

private:
    struct Pending
    {
        QString verb;
        OutcomeHandler handler;
        QPointer<QObject> context;
        bool hasContext = false;
    };
    static void finish(const Pending &pending, const Outcome &outcome);

    std::map<quint64, Pending> m_pending;
    quint64 m_last = 0;
};

} // namespace teahouse::client
