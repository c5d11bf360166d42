#pragma once

#include "shared/request.h"
#include "shared/result.h"

#include <QLatin1StringView>
#include <QList>
#include <QString>

#include <span>
#include <vector>

namespace teahouse::server {

/// One argument of a command, as its row in the command table names it.
struct Parameter
{
    enum class Kind {
        Word,    ///< one word; a string in an object
        Rest,    ///< all that is left of a line; a string in an object
        Number,  ///< 0 to limits::largestInteger
        Integer, ///< objects only: the same, or as far below
        Flag,    ///< objects only: true or false
        Numbers, ///< objects only: a list of numbers
    };
    enum class Need { Required, Optional };
    /// In which forms of a request it may stand.
    enum class Where { Everywhere, Line, Object };

    const char *name;
    Kind kind = Kind::Word;
    Need need = Need::Required;
    Where where = Where::Everywhere;

    bool standsIn(Form form) const;
};

/// The arguments of one request, by the names of its parameters.
class Arguments
{
public:
    /// Takes a request's arguments apart. Error: BadRequest, naming the argument and the remedy.
    static Result<Arguments> bind(std::span<const Parameter> parameters, const Request &request);

    bool has(QLatin1StringView name) const { return find(name) != nullptr; }
    /// Empty when absent.
    QString text(QLatin1StringView name) const;
    /// 0 when absent.
    quint64 number(QLatin1StringView name) const;
    /// 0 when absent.
    qint64 integer(QLatin1StringView name) const { return static_cast<qint64>(number(name)); }
    /// Empty when absent.
    QList<quint64> numbers(QLatin1StringView name) const;
    /// False when absent.
    bool flag(QLatin1StringView name) const { return number(name) != 0; }

private:
    struct Value
    {
        QLatin1StringView name;
        QString text;
        quint64 number = 0;
        QList<quint64> numbers;
    };

    const Value *find(QLatin1StringView name) const;
    Result<Done> addFromLine(const Parameter &parameter, QStringView &rest);
    Result<Done> addFromObject(const Parameter &parameter, const QJsonObject &fields);
    static Result<Value> fromField(const Parameter &parameter, const QJsonValue &field);

    std::vector<Value> m_values;
};

} // namespace teahouse::server
