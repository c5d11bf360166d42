#include "gui-client/link/originals/relaycodec.h"

#include "gui-client/link/originals/codectext.h"
#include "shared/limits.h"

#include <QRegularExpression>

#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestGoing = 200; ///< bytes, with a margin

Heard meaningOf(const QString &line)
{
    static const QRegularExpression speech(u"\\A<\\(('[^']+', [\\d, ]+)\\)> ?(.*)\\z"_s);
    if (const auto match = speech.match(line); match.hasMatch()) {
        if (const auto speaker = speakerOfTuple(match.captured(1)))
            return heard::Spoken{*speaker, match.captured(2)};
    }
    static const QRegularExpression coming(u"\\A\\[(\\S+:\\d{1,5})\\] entered room\\z"_s);
    if (const auto match = coming.match(line); match.hasMatch()) {
        if (const auto who = speakerOfPair(match.captured(1)))
            return heard::Came{*who};
    }
    return heard::Remark{line};
}

} // namespace

QByteArray RelayCodec::say(const QString &frame) const
{
    return frame.toUtf8() + '\n';
}

HeardList RelayCodec::take(QByteArrayView bytes)
{
    HeardList heard;
    if (m_skipped > limits::textGiveUp)
        return heard;
    m_buffer.append(bytes);
    while (takeGoing(heard) == Taken::Something || takeLine(heard) == Taken::Something) {
    }
    return heard;
}

/// Not a line: whatever follows begins anew.
RelayCodec::Taken RelayCodec::takeGoing(HeardList &heard)
{
    static const QRegularExpression form(
            u"\\AClient \\(([^,()\\r\\n]+), ?(\\d{1,5})\\) is offline"_s);
    if (m_skipped > 0 || !m_buffer.startsWith("Client ("))
        return Taken::Nothing;
    const QString start = QString::fromLatin1(m_buffer.left(longestGoing));
    const QRegularExpressionMatch match = form.match(start);
    if (!match.hasMatch())
        return Taken::Nothing;
    const QString host = decodedLine(match.captured(1).toLatin1());
    heard.append(heard::Went{speakerLabel(host, match.captured(2))});
    m_buffer.remove(0, match.capturedLength()); // Latin-1: a character is a byte
    m_scanned = 0;
    return Taken::Something;
}

RelayCodec::Taken RelayCodec::takeLine(HeardList &heard)
{
    const qsizetype end = m_buffer.indexOf('\n', m_scanned);
    if (end < 0) {
        m_scanned = m_buffer.size();
        if (m_skipped + m_buffer.size() > limits::textLine)
            takeLongLine(heard);
        return Taken::Nothing;
    }
    const QByteArray bytes = m_buffer.left(end);
    m_buffer.remove(0, end + 1);
    m_scanned = 0;
    if (std::exchange(m_skipped, 0) > 0 || bytes.size() > limits::textLine) {
        heard.append(heard::Remark{QString(QChar(0x2026))});
        return Taken::Something;
    }
    // The first CR writes over the terminal's line; it belongs to no text.
    const QString text = decodedLine(bytes).trimmed();
    if (!text.isEmpty())
        heard.append(meaningOf(text));
    return Taken::Something;
}

/// Keeps nothing of it but its length.
void RelayCodec::takeLongLine(HeardList &heard)
{
    m_skipped += m_buffer.size();
    m_buffer.clear();
    m_scanned = 0;
    if (m_skipped > limits::textGiveUp)
        heard.append(heard::Endless{});
}

} // namespace teahouse::client
