#include "server/store/walcheck.h"

#include <QByteArrayView>
#include <QFile>
#include <QtEndian>

#include <array>

namespace teahouse::server {

namespace {

// https://www.sqlite.org/fileformat2.html, 4.1 to 4.3
constexpr qint64 headerSize = 32;
constexpr qint64 frameHeaderSize = 24;
constexpr quint32 magic = 0x377f0682; ///< and the next one, with sums of big-endian words

quint32 wordAt(QByteArrayView bytes, qsizetype place)
{
    return qFromBigEndian<quint32>(bytes.data() + place);
}

/// The running sum over a log.
struct Sum
{
    quint32 one = 0;
    quint32 two = 0;

    bool operator==(const Sum &) const = default;

    Sum over(QByteArrayView bytes, bool isBigEndian) const
    {
        Sum sum = *this;
        for (qsizetype i = 0; i + 8 <= bytes.size(); i += 8) {
            const quint32 a = word(bytes.data() + i, isBigEndian);
            const quint32 b = word(bytes.data() + i + 4, isBigEndian);
            sum.one += a + sum.two;
            sum.two += b + sum.one;
        }
        return sum;
    }

private:
    static quint32 word(const char *at, bool isBigEndian)
    {
        return isBigEndian ? qFromBigEndian<quint32>(at) : qFromLittleEndian<quint32>(at);
    }
};

Sum sumAt(QByteArrayView bytes, qsizetype place)
{
    return {wordAt(bytes, place), wordAt(bytes, place + 4)};
}

/// The log, frame by frame.
class Frames
{
public:
    explicit Frames(QFile &file) : m_file(file) { }

    /// False: the log's own header is damaged.
    bool open()
    {
        const QByteArray header = m_file.read(headerSize);
        if (header.size() < headerSize || (wordAt(header, 0) & ~1U) != magic)
            return false;
        m_isBigEndian = (wordAt(header, 0) & 1U) != 0;
        m_pageSize = wordAt(header, 8);
        m_salt = header.mid(16, 8);
        m_before = sumAt(header, 24);
        return m_pageSize >= 512 && m_pageSize <= 65536
                && Sum().over(QByteArrayView(header).first(24), m_isBigEndian) == m_before;
    }

    /// Reads a frame of this log; false: there is none, but what earlier logs have left at most.
    bool next()
    {
        m_frame = m_file.read(frameHeaderSize + m_pageSize);
        if (m_frame.size() < frameHeaderSize + m_pageSize || m_frame.mid(8, 8) != m_salt)
            return false;
        const QByteArrayView bytes = m_frame;
        const Sum sum = m_before.over(bytes.first(8), m_isBigEndian)
                                .over(bytes.sliced(frameHeaderSize), m_isBigEndian);
        m_before = sumAt(m_frame, 16); // what the next one goes on from
        m_isWhole = sum == m_before;
        return true;
    }

    bool isWhole() const { return m_isWhole; }
    /// Whether a transaction ends with it.
    bool isCommit() const { return wordAt(m_frame, 4) != 0; }

private:
    QFile &m_file;
    bool m_isBigEndian = false;
    qint64 m_pageSize = 0;
    QByteArray m_salt;
    QByteArray m_frame;
    Sum m_before;
    bool m_isWhole = false;
};

} // namespace

bool hasLostTail(const QString &log)
{
    QFile file(log);
    if (!file.open(QIODevice::ReadOnly) || file.size() <= headerSize)
        return false;
    Frames frames(file);
    if (!frames.open())
        return true;
    // Each frame's sum goes on from the one that stands in the frame before, so that frames behind
    // a damaged one still tell whether they are whole.
    bool isDamaged = false;
    while (frames.next()) {
        isDamaged = isDamaged || !frames.isWhole();
        if (isDamaged && frames.isCommit())
            return true;
    }
    return false;
}

} // namespace teahouse::server
