#pragma once

#include <QList>
#include <QStringList>

#include <optional>

namespace teahouse::client {

/// One's own words on their way to the server, for servers that send them back: which message an
/// echo confirms. A server answers in order, so that what stands before an echoed frame was not
/// taken.
class OwnWords
{
public:
    enum class Search {
        First, ///< the echo may be somebody else's: only what comes next can be meant
        All,   ///< the echo is certainly one's own
    };

    struct Match
    {
        bool found = false;               ///< these were one's own words
        std::optional<quint64> done = {}; ///< the message whose last frame this was
        QList<quint64> passedOver = {};   ///< messages that the server did not take
    };

    /// `frames` must not be empty.
    void add(quint64 message, const QStringList &frames);

    Match echoed(const QString &text, Search search);

    void clear() { m_frames.clear(); }

private:
    struct Frame
    {
        quint64 message;
        QString text; ///< as it can be compared
    };
    bool has(quint64 message) const;

    QList<Frame> m_frames;
};

} // namespace teahouse::client
