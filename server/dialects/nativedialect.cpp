#include "server/dialects/nativedialect.h"

#include "shared/limits.h"
#include "shared/wire/eventcodec.h"
#include "shared/wire/replycodec.h"
#include "shared/wire/requestcodec.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

QByteArray NativeEncoder::encode(const Event &event, Side side) const
{
    // Whoever came or went knows it from the reply.
    const bool ownMove = std::holds_alternative<Entered>(event)
            || std::holds_alternative<Left>(event);
    return side == Side::Own && ownMove ? QByteArray() : wire::encodeEvent(event, side);
}

bool NativeEncoder::sidesDiffer(const Event &event) const
{
    if (const auto *added = std::get_if<ItemAdded>(&event))
        return !added->cid.isEmpty();
    return std::holds_alternative<Entered>(event) || std::holds_alternative<Left>(event);
}

QByteArray NativeEncoder::encodeOwn(const Event &event, QByteArrayView other) const
{
    return std::holds_alternative<ItemAdded>(event) ? wire::encodeOwnEvent(event, other)
                                                    : encode(event, Side::Own);
}

NativeDialect::NativeDialect(const NativeEncoder &encoder)
    : m_encoder(encoder), m_reader('\n', limits::beforeLogin, limits::beforeLogin)
{
}

Decoded NativeDialect::next()
{
    QByteArray line;
    switch (m_reader.next(line)) {
    case FrameReader::Status::Incomplete:
        return NeedMore{};
    case FrameReader::Status::Overlong:
    case FrameReader::Status::Hopeless:
        return Refused{farewell({ClosingCode::TooLong, u"A request was too long."_s}),
                       u"a request over the limit"_s};
    case FrameReader::Status::Frame:
        break;
    }
    if (line.trimmed().isEmpty())
        return Skipped{};
    return wire::decodeRequest(line);
}

Output NativeDialect::reply(const Request &request, const Reply &reply)
{
    if (reply && std::holds_alternative<Welcome>(*reply))
        m_reader.setLimits(limits::request, limits::request);
    return {.bytes = wire::encodeReply(request, reply)};
}

QByteArray NativeDialect::farewell(const Closing &closing) const
{
    return wire::encodeEvent(closing, Side::Own);
}

QString NativeDialect::name() const
{
    return u"native"_s;
}

} // namespace teahouse::server
