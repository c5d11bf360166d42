#include "shared/fields.h"

#include <utility>

namespace teahouse {

namespace {

/// More than a message has, so that memory is asked for once.
constexpr size_t customaryFields = 8;
constexpr size_t customaryNames = 48;

} // namespace

Fields::Fields(std::initializer_list<Field> fields)
{
    for (const Field &field : fields)
        add(field.name, field.value);
}

FieldValue &Fields::add(QByteArrayView name, FieldValue value)
{
    if (m_fields.empty()) {
        m_fields.reserve(customaryFields);
        m_names.reserve(customaryNames);
    }
    m_names.append(name.data(), static_cast<size_t>(name.size()));
    m_fields.push_back({m_names.size(), std::move(value)});
    return m_fields.back().value;
}

QByteArrayView Fields::name(qsizetype index) const
{
    const size_t begin = index == 0 ? 0 : at(index - 1).nameEnd;
    return {m_names.data() + begin, m_names.data() + at(index).nameEnd};
}

const FieldValue *Fields::find(QByteArrayView name) const
{
    for (qsizetype i = count() - 1; i >= 0; --i) {
        if (this->name(i) == name)
            return &value(i);
    }
    return nullptr;
}

QString Fields::text(QByteArrayView name) const
{
    const FieldValue *value = find(name);
    const QString *text = value ? std::get_if<QString>(value) : nullptr;
    return text ? *text : QString();
}

quint64 Fields::number(QByteArrayView name) const
{
    const FieldValue *value = find(name);
    const qint64 *number = value ? std::get_if<qint64>(value) : nullptr;
    return number ? static_cast<quint64>(*number) : 0;
}

} // namespace teahouse
