#include "shared/wire/requestcodec.h"

#include "shared/limits.h"
#include "shared/wire/json.h"

#include <QJsonDocument>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

namespace {

Request refused(Request request, const QString &why)
{
    request.refusal = Error{.code = ErrorCode::BadRequest, .subject = why};
    return request;
}

} // namespace

QByteArray encodeRequest(const Request &request)
{
    QJsonObject object = request.fields;
    object["do"_L1] = request.verb;
    if (request.id)
        object["id"_L1] = *request.id;
    return toLine(object);
}

Request decodeRequest(const QByteArray &line)
{
    Request request;
    request.form = Form::Object;
    if (!line.isValidUtf8())
        return refused(request, u"the line is not UTF-8"_s);
    if (!isShallow(line, limits::jsonDepth))
        return refused(request, u"the object is nested too deeply"_s);
    QJsonParseError fault;
    QJsonDocument document = QJsonDocument::fromJson(line, &fault);
    if (!document.isObject())
        return refused(request,
                       u"a line is one JSON object (at byte %1: %2)"_s.arg(fault.offset)
                               .arg(fault.errorString()));
    request.fields = document.object();
    document = {}; // else taking out of the fields would copy them
    const QJsonValue id = request.fields.take("id"_L1);
    if (!id.isUndefined()) {
        const QString text = id.toString();
        if (!id.isString() || text.toUtf8().size() > limits::requestId)
            return refused(request,
                           u"\"id\" is a string of at most %1 bytes"_s.arg(limits::requestId));
        request.id = text;
    }
    const QJsonValue verb = request.fields.take("do"_L1);
    if (!verb.isString())
        return refused(request, u"\"do\" is missing: it names what to do"_s);
    request.verb = verb.toString();
    return request;
}

} // namespace teahouse::wire
