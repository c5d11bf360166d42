#include "server/app/log.h"

#include "server/app/logthrottle.h"
#include "shared/text.h"

#include <QDateTime>
#include <QMutexLocker>

#include <poll.h>
#include <unistd.h>

#include <chrono>

namespace teahouse::server {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcApp, "teahouse.app", QtInfoMsg)

namespace {

/// Of a line's text; so a line fits into what a pipe takes at once.
constexpr qsizetype mostCharacters = 1000;

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

QByteArray lineOf(QtMsgType type, const char *category, const QString &text)
{
    const QString line = u"%1 %2 %3: %4"_s.arg(
            QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs),
            QLatin1StringView(levelName(type)), QLatin1StringView(category),
            printable(QStringView(text).left(mostCharacters)));
    return line.toUtf8() + '\n';
}

/// False: it is lost. A reader that has stopped reading must not stop the server.
bool writeOut(const QByteArray &line)
{
    pollfd output = {STDERR_FILENO, POLLOUT, 0};
    if (::poll(&output, 1, 0) != 1 || (output.revents & POLLOUT) == 0)
        return false;
    return ::write(STDERR_FILENO, line.constData(), size_t(line.size())) == line.size();
}

qint64 steady()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

// A message handler of Qt's reaches nothing but globals; several threads call it.
QBasicMutex writing;
LogThrottle throttle;

void write(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QMutexLocker lock(&writing);
    if (!throttle.mayWrite(type, steady()))
        return;
    if (const int leftOut = throttle.takeLeftOut(); leftOut > 0) {
        const QString told = u"%1 lines were left out: there were too many, or nobody read them"_s;
        if (!writeOut(lineOf(QtWarningMsg, "teahouse.app", told.arg(leftOut))))
            throttle.countLost(leftOut);
    }
    if (!writeOut(lineOf(type, context.category, text)))
        throttle.countLost();
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
