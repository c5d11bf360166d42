#include "gui-client/link/originals/codectext.h"

#include "shared/text.h"

#include <QRegularExpression>

namespace teahouse::client {

using namespace Qt::StringLiterals;

QString decodedText(QByteArrayView bytes)
{
    return cleanText(QString::fromUtf8(bytes));
}

QString decodedLine(QByteArrayView bytes)
{
    return cleanLine(QString::fromUtf8(bytes));
}

QString serverNameIn(const QString &greeting)
{
    static const QString welcome = u"Welcome to "_s;
    return greeting.startsWith(welcome) ? greeting.mid(welcome.size()).trimmed() : QString();
}

QString speakerLabel(const QString &host, const QString &port)
{
    if (port.toInt() == 0)
        return host;
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + port;
}

std::optional<QString> speakerOfTuple(const QString &tuple)
{
    static const QRegularExpression form(u"\\A'([^']+)', (\\d{1,5})(?:, \\d+, \\d+)?\\z"_s);
    const QRegularExpressionMatch match = form.match(tuple);
    if (!match.hasMatch())
        return std::nullopt;
    return speakerLabel(match.captured(1), match.captured(2));
}

std::optional<QString> speakerOfPair(const QString &pair)
{
    static const QRegularExpression form(u"\\A(\\S+):(\\d{1,5})\\z"_s);
    const QRegularExpressionMatch match = form.match(pair);
    if (!match.hasMatch())
        return std::nullopt;
    return speakerLabel(match.captured(1), match.captured(2));
}

} // namespace teahouse::client
