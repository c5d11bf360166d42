#include "server/dialects/linedialect.h"

#include "server/dialects/foreignprotocol.h"

#include "shared/limits.h"
#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

Request refused(const Error &error)
{
    Request request;
    request.refusal = error;
    return request;
}

} // namespace

LineDialect::LineDialect() : m_reader('\n', limits::beforeLogin, limits::textGiveUp) { }

void LineDialect::feed(QByteArrayView bytes)
{
    const QByteArray lines = m_lineEnds.unified(bytes);
    if (!m_opened && m_opening.size() < limits::beforeLogin)
        m_opening.append(lines);
    m_reader.append(lines);
}

Decoded LineDialect::next()
{
    if (!m_opened) {
        if (const auto answer = foreignGreeting(m_opening))
            return Refused{toLine(QString::fromLatin1(*answer)), u"another protocol"_s};
    }
    QByteArray bytes;
    const FrameReader::Status status = m_reader.next(bytes);
    if (status == FrameReader::Status::Incomplete)
        return NeedMore{};
    if (status == FrameReader::Status::Hopeless)
        return Refused{farewell({ClosingCode::TooLong, {}}), u"a line without an end"_s};
    m_opened = true;
    m_opening.clear();
    if (status == FrameReader::Status::Overlong)
        return refused({.code = ErrorCode::TooLong});
    const auto text = typedText(bytes, charset());
    if (!text)
        return refused({.code = ErrorCode::BadRequest,
                        .subject = u"the line is in another charset than expected"_s});
    const QString line = cleanLine(*text).trimmed();
    if (line.isEmpty())
        return Skipped{};
    return toRequest(line);
}

Request LineDialect::toRequest(const QString &line) const
{
    return verbRequest(line);
}

Request LineDialect::verbRequest(QStringView line)
{
    if (line.startsWith(u'/'))
        line = line.mid(1);
    const qsizetype end = line.indexOf(u' ');
    Request request;
    request.typedVerb = (end < 0 ? line : line.left(end)).toString();
    request.verb = request.typedVerb.toLower();
    if (end >= 0)
        request.line = line.mid(end).trimmed().toString();
    return request;
}

void LineDialect::loggedIn()
{
    m_loggedIn = true;
    m_reader.setLimits(limits::textLine, limits::textGiveUp);
}

} // namespace teahouse::server
