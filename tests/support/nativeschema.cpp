#include "tests/support/nativeschema.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace teahouse {

namespace {

const valijson::Schema &schema()
{
    static const auto *parsed = [] {
        QFile file(QStringLiteral(NATIVE_SCHEMA));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", NATIVE_SCHEMA);
        const QJsonValue document = QJsonDocument::fromJson(file.readAll()).object();
        auto *made = new valijson::Schema;
        valijson::SchemaParser(valijson::SchemaParser::kDraft7)
                .populateSchema(valijson::adapters::QtJsonAdapter(document), *made);
        return made;
    }();
    return *parsed;
}

} // namespace

QString schemaFaults(const QByteArray &line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return QStringLiteral("no JSON object: ") + QString::fromUtf8(line);
    const QJsonValue value = document.object();
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(schema(), valijson::adapters::QtJsonAdapter(value), &results))
        return {};
    QString faults = QString::fromUtf8(line);
    for (const auto &error : results)
        faults += QStringLiteral("\n    ") + QString::fromStdString(error.description);
    return faults;
}

} // namespace teahouse
