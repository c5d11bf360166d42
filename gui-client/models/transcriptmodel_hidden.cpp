// Messages of people whom one does not want to hear; the rest is in transcriptmodel.cpp.
#include "gui-client/models/transcriptmodel.h"

#include <algorithm>
#include <utility>

namespace teahouse::client {

void TranscriptModel::setHiddenTest(std::function<bool(const QString &author)> test)
{
    m_hiddenTest = std::move(test);
    refreshHidden();
}

bool TranscriptModel::hides(const TranscriptRow &row) const
{
    return isSpeech(row) && !row.own && row.seq > 0 && m_hiddenTest && m_hiddenTest(row.author);
}

/// What was hidden is not kept: it counts as not loaded any more, so that who is heard again is
/// loaded again, as far as anybody looks.
void TranscriptModel::refreshHidden()
{
    const quint64 first = m_known.first();
    m_lastKnown = std::max(m_lastKnown, m_known.last());
    const QSet<quint64> hidden = std::exchange(m_hidden, {});
    for (const quint64 seq : hidden)
        m_known.remove(seq, seq);
    for (int i = rowCount() - 1; i >= 0; --i) {
        if (!hides(m_rows.at(i)))
            continue;
        m_hidden.insert(m_rows.at(i).seq);
        removeAt(i);
    }
    syncGaps();
    if (m_known.isEmpty() && !hidden.isEmpty())
        setOlder(Older::Unknown);
    else if (m_known.first() > first && m_older == Older::Beginning)
        setOlder(Older::More);
}

} // namespace teahouse::client
