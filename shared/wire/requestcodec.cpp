#include "shared/wire/requestcodec.h"

#include "shared/limits.h"
#include "shared/text.h"
#include "shared/wire/json.h"
#include "shared/wire/objectreader.h"

#include <QJsonArray>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

namespace {

Request refused(Request request, const QString &why)
{
    request.refusal = Error{.code = ErrorCode::BadRequest, .subject = why};
    return request;
}

FieldValue toValue(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return {};
    case QJsonValue::Bool:
        return value.toBool();
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Double: {
        const qint64 number = value.toInteger(limits::largestInteger + 1); // no whole one
        const bool fits = number >= -limits::largestInteger && number <= limits::largestInteger;
        return fits ? FieldValue(number) : Unusable{};
    }
    case QJsonValue::Array: {
        QList<qint64> numbers;
        for (const QJsonValue entry : value.toArray()) {
            const FieldValue number = toValue(entry);
            if (const auto *whole = std::get_if<qint64>(&number))
                numbers.append(*whole);
        }
        return numbers;
    }
    default:
        return Unusable{};
    }
}

/// A field's value as JSON.
class Writer
{
public:
    QJsonValue operator()(std::monostate) const { return QJsonValue::Null; }
    QJsonValue operator()(Unusable) const { return QJsonValue::Null; }
    QJsonValue operator()(const QList<qint64> &numbers) const
    {
        QJsonArray array;
        for (const qint64 number : numbers)
            array.append(number);
        return array;
    }
    template <typename Value>
    QJsonValue operator()(const Value &value) const
    {
        return value;
    }
};

} // namespace

Fields toFields(const QJsonObject &object)
{
    Fields fields;
    for (auto field = object.begin(); field != object.end(); ++field)
        fields.add(field.key().toUtf8(), toValue(field.value()));
    return fields;
}

QByteArray encodeRequest(const Request &request)
{
    QJsonObject object;
    for (qsizetype i = 0; i < request.fields.count(); ++i)
        object[QString::fromUtf8(request.fields.name(i))] = std::visit(Writer(),
                                                                       request.fields.value(i));
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
        return refused(std::move(request), u"the line is not UTF-8"_s);
    if (const auto fault = readObject(line, request.fields))
        return refused(std::move(request),
                       u"a line is one JSON object (at byte %1: %2)"_s.arg(fault->offset)
                               .arg(QLatin1StringView(fault->what)));
    if (const FieldValue *id = request.fields.find("id")) {
        const auto *text = std::get_if<QString>(id);
        if (!text || utf8Size(*text) > limits::requestId)
            return refused(std::move(request),
                           u"\"id\" is a string of at most %1 bytes"_s.arg(limits::requestId));
        // It has to come back as it is.
        if (cleanText(*text) != *text)
            return refused(std::move(request),
                           u"\"id\" has no control characters and no invisible ones"_s);
        request.id = *text;
    }
    const FieldValue *verb = request.fields.find("do");
    if (!verb || !std::holds_alternative<QString>(*verb))
        return refused(std::move(request), u"\"do\" is missing: it names what to do"_s);
    request.verb = std::get<QString>(*verb);
    return request;
}

} // namespace teahouse::wire
