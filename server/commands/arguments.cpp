#include "server/commands/arguments.h"

#include "shared/limits.h"

#include <algorithm>
#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

Error wrong(const Parameter &parameter, QStringView expected)
{
    return {.code = ErrorCode::BadRequest,
            .subject = u"\"%1\" %2"_s.arg(QLatin1StringView(parameter.name), expected)};
}

/// What an object may give for an argument of the kind.
QStringView expectedFor(Parameter::Kind kind)
{
    switch (kind) {
    case Parameter::Kind::Word:
    case Parameter::Kind::Rest:
        return u"is a string";
    case Parameter::Kind::Number:
        return u"is a whole number from 0 to 2^53";
    case Parameter::Kind::Integer:
        return u"is a whole number";
    case Parameter::Kind::Numbers:
        return u"is a list of numbers";
    case Parameter::Kind::Flag:
        return u"is true or false";
    }
    Q_UNREACHABLE();
}

bool suits(Parameter::Kind kind, const FieldValue &value)
{
    switch (kind) {
    case Parameter::Kind::Word:
    case Parameter::Kind::Rest:
        return std::holds_alternative<QString>(value);
    case Parameter::Kind::Number:
        return std::holds_alternative<qint64>(value) && std::get<qint64>(value) >= 0;
    case Parameter::Kind::Integer:
        return std::holds_alternative<qint64>(value);
    case Parameter::Kind::Numbers:
        return std::holds_alternative<QList<qint64>>(value);
    case Parameter::Kind::Flag:
        return std::holds_alternative<bool>(value);
    }
    Q_UNREACHABLE();
}

/// The first word of `rest`, which keeps what stands behind it.
QStringView takeWord(QStringView &rest)
{
    const qsizetype end = rest.indexOf(u' ');
    const QStringView word = end < 0 ? rest : rest.left(end);
    rest = end < 0 ? QStringView() : rest.mid(end).trimmed();
    return word;
}

/// What the line gives next; nothing when it is used up.
Result<FieldValue> fromLine(const Parameter &parameter, QStringView &rest)
{
    if (rest.isEmpty())
        return FieldValue();
    if (parameter.kind == Parameter::Kind::Rest)
        return FieldValue(std::exchange(rest, {}).toString());
    const QStringView word = takeWord(rest);
    if (parameter.kind != Parameter::Kind::Number)
        return FieldValue(word.toString());
    bool ok = false;
    const quint64 number = word.toULongLong(&ok);
    if (!ok || number > quint64(limits::largestInteger))
        return wrong(parameter, u"is a number");
    return FieldValue(static_cast<qint64>(number));
}

/// What stands in the argument's field; nothing where that is so.
Result<FieldValue> fromObject(const Parameter &parameter, const Fields &fields)
{
    const FieldValue *value = fields.find(parameter.name);
    if (!value || std::holds_alternative<std::monostate>(*value))
        return FieldValue();
    if (!suits(parameter.kind, *value))
        return wrong(parameter, expectedFor(parameter.kind));
    return *value;
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
        Result<FieldValue> value = request.form == Form::Line
                ? fromLine(parameter, rest)
                : fromObject(parameter, request.fields);
        if (!value)
            return value.error();
        if (!std::holds_alternative<std::monostate>(*value))
            arguments.m_arguments.append(
                    {QLatin1StringView(parameter.name), std::move(value.value())});
        else if (parameter.need == Parameter::Need::Required)
            return wrong(parameter, u"is missing");
    }
    return arguments;
}

bool Arguments::has(QLatin1StringView name) const
{
    return std::any_of(m_arguments.begin(), m_arguments.end(),
                       [&](const Argument &argument) { return argument.name == name; });
}

/// Null when absent.
template <typename Value>
const Value *Arguments::find(QLatin1StringView name) const
{
    for (const Argument &argument : m_arguments) {
        if (argument.name == name)
            return std::get_if<Value>(&argument.value);
    }
    return nullptr;
}

QString Arguments::text(QLatin1StringView name) const
{
    const auto *text = find<QString>(name);
    return text ? *text : QString();
}

QList<qint64> Arguments::numbers(QLatin1StringView name) const
{
    const auto *numbers = find<QList<qint64>>(name);
    return numbers ? *numbers : QList<qint64>();
}

quint64 Arguments::number(QLatin1StringView name) const
{
    const auto *number = find<qint64>(name);
    return number ? static_cast<quint64>(*number) : 0;
}

bool Arguments::flag(QLatin1StringView name) const
{
    const auto *flag = find<bool>(name);
    return flag && *flag;
}

} // namespace teahouse::server
