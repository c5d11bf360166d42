#include "server/dialects/anonymousdialect.h"

#include "server/dialects/foreignprotocol.h"
#include "server/dialects/typedline.h"

#include "shared/limits.h"
#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

AnonymousDialect::AnonymousDialect(const Door &door, const AnonymousEntry &entry)
    : m_door(door), m_entry(entry), m_reader(door.delimiter, limits::textLine, limits::textGiveUp)
{
}

void AnonymousDialect::feed(QByteArrayView bytes)
{
    const QByteArray frames = hasLines() ? m_lineEnds.unified(m_filter.strip(bytes))
                                         : bytes.toByteArray();
    if (!m_opened && m_opening.size() < limits::beforeLogin)
        m_opening.append(frames);
    m_reader.append(frames);
}

Decoded AnonymousDialect::next()
{
    if (!m_opened && hasLines()) {
        if (const auto answer = foreignGreeting(m_opening))
            return Refused{answer->toByteArray() + m_door.frameEnd, u"another protocol"_s};
    }
    QByteArray frame;
    Request request;
    switch (m_reader.next(frame)) {
    case FrameReader::Status::Incomplete:
        if (m_filter.takeTimingMark())
            return timingMarkRequest();
        return NeedMore{};
    case FrameReader::Status::Hopeless:
        return Refused{{}, u"a frame without an end"_s};
    case FrameReader::Status::Overlong:
        request.refusal = Error{.code = ErrorCode::TooLong};
        break;
    case FrameReader::Status::Frame:
        request = say(frame);
    }
    m_opened = true;
    m_opening.clear();
    return request;
}

std::optional<QString> AnonymousDialect::textOf(const QByteArray &frame) const
{
    return hasLines() ? typedText(frame, Charset::Utf8) : fromUtf8(frame);
}

Request AnonymousDialect::say(const QByteArray &frame) const
{
    Request request;
    request.verb = u"say"_s;
    if (hasLines())
        request.lineEnd = m_reader.endedWithCr() ? LineEnd::CrLf : LineEnd::Lf;
    if (const auto text = textOf(frame))
        request.line = *text;
    else
        request.refusal = Error{.code = ErrorCode::BadRequest,
                                .subject = u"the text is not UTF-8"_s};
    return request;
}

Output AnonymousDialect::reply(const Request &request, const Reply &reply)
{
    if (reply)
        return {};
    if (isTimingMark(request))
        return {.bytes = timingMark()};
    const bool overlong = reply.error().code == ErrorCode::TooLong && request.refusal;
    const QString text = overlong ? u"Line too long"_s : sentence(reply.error());
    return {.bytes = cleanLine(text).toUtf8() + m_door.frameEnd};
}

QByteArray AnonymousDialect::farewell(const Closing &) const
{
    return {};
}

} // namespace teahouse::server
