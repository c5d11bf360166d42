#include "server/commands/arguments.h"

#include "shared/limits.h"

#include <QJsonArray>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

Error wrong(const Parameter &parameter, const QString &expected)
{
    return {.code = ErrorCode::BadRequest,
            .subject = u"\"%1\" %2"_s.arg(QLatin1StringView(parameter.name), expected)};
}

bool isWhole(const QJsonValue &value)
{
    const qint64 number = value.toInteger(-1);
    return value.isDouble() && number >= 0 && number <= limits::largestInteger
            && value.toDouble() == static_cast<double>(number);
}

bool isInteger(const QJsonValue &value)
{
    return isWhole(value) || isWhole(QJsonValue(-value.toDouble(1)));
}

/// The first word of `rest`, which keeps what stands behind it.
QStringView takeWord(QStringView &rest)
{
    const qsizetype end = rest.indexOf(u' ');
    const QStringView word = end < 0 ? rest : rest.left(end);
    rest = end < 0 ? QStringView() : rest.mid(end).trimmed();
    return word;
}

} // namespace

bool Parameter::standsIn(Form form) const
{
    return where == Where::Everywhere || (where == Where::Line) == (form == Form::Line);
}

Result<Arguments> Arguments::bind(std::span<const Parameter> parameters, const Request &request)
{
    Arguments arguments;
    QStringView rest = request.line;
    for (const Parameter &parameter : parameters) {
        if (!parameter.standsIn(request.form))
            continue;
        const Result<Done> added = request.form == Form::Line
                ? arguments.addFromLine(parameter, rest)
                : arguments.addFromObject(parameter, request.fields);
        if (!added)
            return added.error();
    }
    return arguments;
}

Result<Done> Arguments::addFromLine(const Parameter &parameter, QStringView &rest)
{
    if (rest.isEmpty()) {
        if (parameter.need == Parameter::Need::Required)
            return wrong(parameter, u"is missing"_s);
        return Done{};
    }
    Value value{QLatin1StringView(parameter.name), {}, 0, {}};
    if (parameter.kind == Parameter::Kind::Rest) {
        value.text = rest.toString();
        rest = {};
    } else {
        value.text = takeWord(rest).toString();
    }
    if (parameter.kind == Parameter::Kind::Number) {
        bool ok = false;
        value.number = value.text.toULongLong(&ok);
        if (!ok || value.number > quint64(limits::largestInteger))
            return wrong(parameter, u"is a number"_s);
    }
    m_values.push_back(value);
    return Done{};
}

Result<Done> Arguments::addFromObject(const Parameter &parameter, const QJsonObject &fields)
{
    const QJsonValue field = fields.value(QLatin1StringView(parameter.name));
    if (field.isUndefined() || field.isNull()) {
        if (parameter.need == Parameter::Need::Required)
            return wrong(parameter, u"is missing"_s);
        return Done{};
    }
    const Result<Value> value = fromField(parameter, field);
    if (!value)
        return value.error();
    m_values.push_back(*value);
    return Done{};
}

Result<Arguments::Value> Arguments::fromField(const Parameter &parameter, const QJsonValue &field)
{
    Value value{QLatin1StringView(parameter.name), {}, 0, {}};
    switch (parameter.kind) {
    case Parameter::Kind::Word:
    case Parameter::Kind::Rest:
        if (!field.isString())
            return wrong(parameter, u"is a string"_s);
        value.text = field.toString();
        break;
    case Parameter::Kind::Number:
        if (!isWhole(field))
            return wrong(parameter, u"is a whole number from 0 to 2^53"_s);
        value.number = static_cast<quint64>(field.toInteger());
        break;
    case Parameter::Kind::Integer:
        if (!isInteger(field))
            return wrong(parameter, u"is a whole number"_s);
        value.number = static_cast<quint64>(field.toInteger());
        break;
    case Parameter::Kind::Numbers:
        if (!field.isArray())
            return wrong(parameter, u"is a list of numbers"_s);
        for (const QJsonValue entry : field.toArray()) {
            if (isWhole(entry))
                value.numbers.append(static_cast<quint64>(entry.toInteger()));
        }
        break;
    case Parameter::Kind::Flag:
        if (!field.isBool())
            return wrong(parameter, u"is true or false"_s);
        value.number = field.toBool() ? 1 : 0;
        break;
    }
    return value;
}

const Arguments::Value *Arguments::find(QLatin1StringView name) const
{
    for (const Value &value : m_values) {
        if (value.name == name)
            return &value;
    }
    return nullptr;
}

QString Arguments::text(QLatin1StringView name) const
{
    const Value *value = find(name);
    return value ? value->text : QString();
}

QList<quint64> Arguments::numbers(QLatin1StringView name) const
{
    const Value *value = find(name);
    return value ? value->numbers : QList<quint64>();
}

quint64 Arguments::number(QLatin1StringView name) const
{
    const Value *value = find(name);
    return value ? value->number : 0;
}

} // namespace teahouse::server
