#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QList>
#include <QString>

#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

namespace teahouse {

/// What is no argument: an object, a fraction, a number beyond limits::largestInteger or as far
/// below 0.
struct Unusable
{
    bool operator==(const Unusable &) const = default;
};

/// What stands in a named field: nothing (`null`, which is as good as no field), true or false, a
/// whole number, a text, a list of which the whole numbers are kept.
using FieldValue = std::variant<std::monostate, Unusable, bool, qint64, QString, QList<qint64>>;

/// The arguments of a request by name. They are few and come with every message: so they are kept
/// in the order they came, looked for one by one, and have their names in one piece of memory.
class Fields
{
public:
    struct Field
    {
        QLatin1StringView name;
        FieldValue value;
    };

    Fields() = default;
    Fields(std::initializer_list<Field> fields);

    /// Adds a field, which stands for all earlier ones of its name (UTF-8). Its value is there to
    /// be set until the next one is added.
    FieldValue &add(QByteArrayView name, FieldValue value = {});

    /// The value of a field; null where there is none of that name.
    const FieldValue *find(QByteArrayView name) const;
    bool contains(QByteArrayView name) const { return find(name) != nullptr; }
    /// Empty when absent or no text.
    QString text(QByteArrayView name) const;
    /// 0 when absent or no number.
    quint64 number(QByteArrayView name) const;

    /// How many were added; what the index-th is called, and what it says.
    qsizetype count() const { return static_cast<qsizetype>(m_fields.size()); }
    QByteArrayView name(qsizetype index) const;
    const FieldValue &value(qsizetype index) const { return at(index).value; }

private:
    struct Entry
    {
        size_t nameEnd; ///< in m_names, where it begins behind the one before
        FieldValue value;
    };

    const Entry &at(qsizetype index) const { return m_fields[static_cast<size_t>(index)]; }

    std::string m_names;
    std::vector<Entry> m_fields;
};

} // namespace teahouse
