#include "shared/framereader.h"

namespace teahouse {

FrameReader::FrameReader(char delimiter, qsizetype frameLimit, qsizetype giveUp)
    : m_frameLimit(frameLimit), m_giveUp(giveUp), m_delimiter(delimiter)
{
}

void FrameReader::setLimits(qsizetype frameLimit, qsizetype giveUp)
{
    m_frameLimit = frameLimit;
    m_giveUp = giveUp;
}

void FrameReader::append(QByteArrayView bytes)
{
    if (m_start > 0 && m_start == m_buffer.size()) {
        m_buffer.resize(0);
        m_start = m_scanned = 0;
    } else if (m_start > 64 * 1024) {
        m_buffer.remove(0, m_start);
        m_scanned -= m_start;
        m_start = 0;
    }
    m_buffer.append(bytes);
}

FrameReader::Status FrameReader::next(QByteArray &frame)
{
    const qsizetype end = m_buffer.indexOf(m_delimiter, m_scanned);
    return end >= 0 ? ended(end, frame) : unended();
}

FrameReader::Status FrameReader::ended(qsizetype end, QByteArray &frame)
{
    qsizetype length = end - m_start;
    m_endedWithCr = m_delimiter == '\n' && length > 0 && m_buffer.at(end - 1) == '\r';
    if (m_endedWithCr)
        --length;
    const bool hopeless = m_skipped + length > m_giveUp;
    const bool overlong = m_skipped > 0 || length > m_frameLimit;
    if (!hopeless && !overlong)
        frame = m_buffer.mid(m_start, length);
    if (hopeless)
        return Status::Hopeless;
    m_start = m_scanned = end + 1;
    m_skipped = 0;
    return overlong ? Status::Overlong : Status::Frame;
}

FrameReader::Status FrameReader::unended()
{
    m_scanned = m_buffer.size();
    const qsizetype length = pending();
    // One byte more than the limit may still turn out to be the `\r` of the line end.
    if (m_skipped + length > m_giveUp + 1)
        return Status::Hopeless;
    if (length > m_frameLimit + 1) {
        // A `\r` at the end stays, for it does not count when the line ends behind it.
        const bool stays = m_delimiter == '\n' && m_buffer.endsWith('\r');
        m_skipped += stays ? length - 1 : length;
        m_buffer = stays ? QByteArrayLiteral("\r") : QByteArray();
        m_start = 0;
        m_scanned = m_buffer.size();
    }
    return Status::Incomplete;
}

QByteArray FrameReader::takePending()
{
    QByteArray rest = m_buffer.mid(m_start);
    m_buffer.clear();
    m_start = m_scanned = m_skipped = 0;
    return rest;
}

} // namespace teahouse
