#include "shared/wire/json.h"

#include "shared/limits.h"
#include "shared/text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <chrono>
#include <optional>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

namespace {

/// What four digits of a year can say.
constexpr qint64 earliest = -62167219200000; ///< 0000-01-01
constexpr qint64 latest = 253402300799999;   ///< 9999-12-31

void clean(QJsonObject &object);
void clean(QJsonArray &array);

/// What has to stand in place of a value; nothing where that may stay.
std::optional<QJsonValue> cleaned(const QJsonValue &value)
{
    if (value.isString()) {
        const QString text = value.toString();
        return isPlainText(text) ? std::nullopt : std::optional<QJsonValue>(cleanText(text));
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        clean(object);
        return object;
    }
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        clean(array);
        return array;
    }
    return std::nullopt;
}

void clean(QJsonObject &object)
{
    const QJsonObject before = object;
    for (auto field = before.begin(); field != before.end(); ++field) {
        if (const auto value = cleaned(field.value()))
            object[field.key()] = *value;
    }
}

void clean(QJsonArray &array)
{
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (const auto value = cleaned(array.at(i)))
            array[i] = *value;
    }
}

} // namespace

QByteArray toLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray toCleanLine(const QJsonObject &object)
{
    QJsonObject cleaned = object;
    clean(cleaned);
    return toLine(cleaned);
}

quint64 toNumber(const QJsonValue &value)
{
    const qint64 number = value.toInteger(0);
    return number > 0 && number <= limits::largestInteger ? static_cast<quint64>(number) : 0;
}

std::array<char, 24> timeText(qint64 ms)
{
    using namespace std::chrono;
    // By hand, because every item carries one and QDateTime takes a hundred times as long.
    const sys_time<milliseconds> time{milliseconds(std::clamp(ms, earliest, latest))};
    const sys_days day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::array<char, 24> text;
    std::copy_n("0000-00-00T00:00:00.000Z", text.size(), text.begin());
    const auto put = [&text](size_t end, qint64 number, size_t width) {
        for (size_t i = 0; i < width; ++i, number /= 10)
            text.at(end - i) = static_cast<char>('0' + number % 10);
    };
    put(3, int(date.year()), 4);
    put(6, unsigned(date.month()), 2);
    put(9, unsigned(date.day()), 2);
    put(12, clock.hours().count(), 2);
    put(15, clock.minutes().count(), 2);
    put(18, clock.seconds().count(), 2);
    put(22, clock.subseconds().count(), 3);
    return text;
}

QString toTime(qint64 ms)
{
    const auto text = timeText(ms);
    return QString::fromLatin1(text.data(), text.size());
}

qint64 fromTime(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

} // namespace teahouse::wire
