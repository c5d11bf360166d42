#include "gui-client/link/originals/framedcodec.h"

#include "gui-client/link/originals/codectext.h"
#include "shared/limits.h"

namespace teahouse::client {

FramedCodec::FramedCodec(char delimiter)
    : m_reader(delimiter, limits::textLine, limits::textGiveUp), m_isLines(delimiter == '\n')
{
}

HeardList FramedCodec::take(QByteArrayView bytes)
{
    HeardList heard;
    m_reader.append(bytes);
    QByteArray frame;
    while (!m_hopeless) {
        switch (m_reader.next(frame)) {
        case FrameReader::Status::Incomplete:
            return heard;
        case FrameReader::Status::Frame:
            takeFrame(m_isLines ? decodedLine(frame) : decodedText(frame), heard);
            break;
        case FrameReader::Status::Overlong:
            heard.append(heard::Remark{QString(QChar(0x2026))});
            break;
        case FrameReader::Status::Hopeless:
            m_hopeless = true;
            heard.append(heard::Endless{});
            break;
        }
    }
    return heard;
}

} // namespace teahouse::client
