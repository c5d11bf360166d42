#pragma once

#include "shared/request.h"
#include "shared/result.h"

#include <QLatin1StringView>
#include <QList>
#include <QString>
#include <QVarLengthArray>

#include <span>

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

    bool has(QLatin1StringView name) const;
    /// Empty when absent.
    QString text(QLatin1StringView name) const;
    /// 0 when absent.
    quint64 number(QLatin1StringView name) const;
    /// 0 when absent.
    qint64 integer(QLatin1StringView name) const { return static_cast<qint64>(number(name)); }
    /// Empty when absent.
    QList<qint64> numbers(QLatin1StringView name) const;
    /// False when absent.
    bool flag(QLatin1StringView name) const;

private:
    struct Argument
    {
        QLatin1StringView name;
        FieldValue value;
    };

    template <typename Value>
    const Value *find(QLatin1StringView name) const;

    // More than most commands have, so that no memory is asked for.
    QVarLengthArray<Argument, 8> m_arguments;
};

} // namespace teahouse::server
