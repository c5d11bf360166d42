#include "shared/wire/json.h"

#include "shared/limits.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QTimeZone>

namespace teahouse::wire {

QByteArray toLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

bool isShallow(QByteArrayView json, int depth)
{
    int open = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++open > depth)
                return false;
        } else if (c == '}' || c == ']') {
            --open;
        }
    }
    return true;
}

quint64 toNumber(const QJsonValue &value)
{
    const qint64 number = value.toInteger(0);
    return number > 0 && number <= limits::largestInteger ? static_cast<quint64>(number) : 0;
}

QString toTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

qint64 fromTime(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

} // namespace teahouse::wire
