#pragma once

#include "shared/reply.h"
#include "shared/request.h"

#include <QByteArray>
#include <QJsonObject>

namespace teahouse::wire {

/// The reply to `request` as a native line, with its `\n`, of at most limits::reply bytes: a list
/// that would be longer stops early with "more" and "next".
QByteArray encodeReply(const Request &request, const Reply &reply);

/// What a reply says besides its answer.
struct ReplyHead
{
    std::optional<QString> id;
    std::optional<Error> error;
    QString text; ///< with an error: the server's own sentence
};
ReplyHead decodeReplyHead(const QJsonObject &object);

/// The answer of a successful reply to a request with this verb.
Answer decodeAnswer(const QString &verb, const QJsonObject &object);

} // namespace teahouse::wire
