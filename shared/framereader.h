#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace teahouse {

/// Cuts a stream of bytes into frames, each ended by one delimiter byte. Every byte is looked at
/// once, however the stream arrives; memory is bounded by the frame limit and one chunk.
///
/// With `\n` as the delimiter one `\r` before it belongs to the line end.
class FrameReader
{
public:
    enum class Status {
        Incomplete, ///< more bytes are needed
        Frame,      ///< a frame was taken
        Overlong,   ///< a frame over the limit has ended; its bytes are gone
        Hopeless,   ///< the give-up limit was passed without a delimiter: close
    };

    /// A frame has at most `frameLimit` bytes without its end; after `giveUp` bytes without an
    /// end next() answers Hopeless for good. giveUp == frameLimit refuses at the limit.
    FrameReader(char delimiter, qsizetype frameLimit, qsizetype giveUp);

    /// Changes the frame limit for frames that have not been taken yet.
    void setLimits(qsizetype frameLimit, qsizetype giveUp);

    void append(QByteArrayView bytes);

    /// Takes the next frame, without its end, into `frame`.
    Status next(QByteArray &frame);

    /// Bytes that were appended and not yet taken or skipped.
    qsizetype pending() const { return m_buffer.size() - m_start; }

    /// Whether a `\r` belonged to the end of the frame taken last.
    bool endedWithCr() const { return m_endedWithCr; }

    /// All bytes not yet taken, as they came; the reader is empty afterwards.
    QByteArray takePending();

private:
    Status ended(qsizetype end, QByteArray &frame);
    Status unended();

    QByteArray m_buffer;
    qsizetype m_start = 0;   ///< where the unread part begins
    qsizetype m_scanned = 0; ///< up to where no delimiter was found
    qsizetype m_skipped = 0; ///< bytes of an overlong frame that were dropped
    qsizetype m_frameLimit;
    qsizetype m_giveUp;
    char m_delimiter;
    bool m_endedWithCr = false;
};

} // namespace teahouse
