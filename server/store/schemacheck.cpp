#include "server/store/schemacheck.h"

#include <algorithm>
#include <map>
#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// What there is by kind and name, and how it was made.
using Schema = std::map<std::pair<QString, QString>, QString>;

/// Without what means nothing, so that a comment in a migration can be worded better.
QString normalized(const QString &sql)
{
    QString bare;
    for (qsizetype i = 0; i < sql.size(); ++i) {
        if (QStringView(sql).sliced(i).startsWith("--"_L1)) {
            while (i < sql.size() && sql[i] != u'\n')
                ++i;
        } else if (!sql[i].isSpace()) {
            bare += sql[i];
        }
    }
    return bare;
}

/// Those tables of the search index that FTS5 makes, each version in its own words.
bool isOfIndex(const QString &name)
{
    return name.startsWith("words_"_L1);
}

Schema schemaOf(Database &database)
{
    Schema schema;
    Statement rows(database, "SELECT type, name, sql FROM sqlite_master");
    while (rows.next()) {
        const QString name = rows.text(1);
        if (!name.startsWith("sqlite_"_L1)) // its own, statistics for instance
            schema[{rows.text(0), name}] = isOfIndex(name) ? QString() : normalized(rows.text(2));
    }
    return schema;
}

Schema expected(const Migrations &migrations)
{
    Database database(u":memory:"_s, Database::Mode::Write);
    for (const QByteArray &sql : migrations)
        database.run(sql);
    return schemaOf(database);
}

QString called(const std::pair<QString, QString> &key)
{
    return u"%1 \"%2\""_s.arg(key.first, key.second);
}

} // namespace

QString schemaDoubt(Database &database, const Migrations &migrations)
{
    const int version = schemaVersion(database);
    if (version < 0)
        return u"its schema number is %1"_s.arg(version);
    const Schema ours = expected(migrations.first(std::min<qsizetype>(version, migrations.size())));
    const Schema found = schemaOf(database);
    for (const auto &[key, sql] : found) {
        const auto known = ours.find(key);
        if (known == ours.end())
            return u"it has the %1, which teahoused did not make"_s.arg(called(key));
        if (known->second != sql)
            return u"its %1 is not as teahoused made it"_s.arg(called(key));
    }
    for (const auto &[key, sql] : ours) {
        if (found.find(key) == found.end())
            return u"it lacks the %1"_s.arg(called(key));
    }
    return {};
}

} // namespace teahouse::server
