#pragma once

#include "shared/reply.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QPointer>

#include <functional>

namespace teahouse::client {

/// What windows and lists ask the server for on somebody's behalf. Whoever asks is told how it
/// ended. Knows no link: carrying it out is for whoever hears wanted(). Owned by ChatModel.
class Errands : public QObject
{
    Q_OBJECT

public:
    /// The answer, or the refusal with the server's own sentence. `Closing` stands for a connection
    /// that was lost, or that there is none.
    using Ended = std::function<void(const Reply &reply, const QString &text)>;

    using QObject::QObject;

    /// Asks by the arguments of the verb. `ended` is called once, and not when `context` has died.
    void ask(const QString &verb, const QJsonObject &fields, QObject *context, Ended ended = {});

    void answered(quint64 ticket, const teahouse::Answer &answer);
    void refused(quint64 ticket, const teahouse::Error &error, const QString &text);

signals:
    /// To be answered, by answered() or refused(), with the same ticket.
    void wanted(quint64 ticket, const QString &verb, const QJsonObject &fields);

private:
    struct Pending
    {
        QPointer<QObject> context;
        Ended ended;
    };
    void end(quint64 ticket, const Reply &reply, const QString &text);

    QHash<quint64, Pending> m_pending;
    quint64 m_ticket = 0;
};

} // namespace teahouse::client
