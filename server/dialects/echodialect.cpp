#include "server/dialects/echodialect.h"

#include "shared/limits.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

EchoDialect::EchoDialect(const QString &name, const QString &prefix, const EventEncoder &encoder)
    : m_name(name), m_prefix(prefix), m_encoder(encoder),
      m_reader('\0', limits::textLine, limits::textLine)
{
}

Decoded EchoDialect::next()
{
    QByteArray frame;
    switch (m_reader.next(frame)) {
    case FrameReader::Status::Incomplete:
        return NeedMore{};
    case FrameReader::Status::Overlong:
    case FrameReader::Status::Hopeless:
        return Refused{QByteArray("Line too long") + '\0', u"a frame over the limit"_s};
    case FrameReader::Status::Frame:
        break;
    }
    return Answered{m_prefix.toUtf8() + frame + '\0'};
}

} // namespace teahouse::server
