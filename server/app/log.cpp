#include "server/app/log.h"

#include "shared/text.h"

#include <QDateTime>

#include <cstdio>

namespace teahouse::server {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcApp, "teahouse.app", QtInfoMsg)

namespace {

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "critical";
    case QtFatalMsg:
        return "fatal";
    }
    return "";
}

void write(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QString line = u"%1 %2 %3: %4\n"_s.arg(
            QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs),
            QLatin1StringView(levelName(type)), QLatin1StringView(context.category),
            printable(text));
    const QByteArray bytes = line.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
}

/// Everything from the level on; of Qt's own, warnings and above.
QString rules(LogLevel level)
{
    QString text;
    const QStringList below = {u"debug"_s, u"info"_s, u"warning"_s};
    for (qsizetype i = 0; i < below.size(); ++i) {
        const bool on = i >= static_cast<qsizetype>(level);
        text += u"*.%1=%2\n"_s.arg(below.at(i), on ? u"true" : u"false");
    }
    return text + u"qt.*.debug=false\nqt.*.info=false\n"_s;
}

} // namespace

QString printable(QStringView text)
{
    QString result;
    result.reserve(text.size());
    const QList<uint> points = text.toUcs4();
    for (const uint point : points)
        result += mayBeShown(point) ? QChar::fromUcs4(point) : QChar::fromUcs4(U'?');
    return result;
}

void installLog(LogLevel level)
{
    QLoggingCategory::setFilterRules(rules(level));
    qInstallMessageHandler(write);
}

} // namespace teahouse::server
