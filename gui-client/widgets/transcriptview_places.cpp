// How TranscriptView goes to places and asks for what is missing; the rest is in
// transcriptview.cpp.
#include "gui-client/widgets/transcriptview.h"
#include "shared/limits.h"

#include <QPushButton>
#include <QScrollBar>

namespace teahouse::client {

void TranscriptView::scrollToNewest()
{
    m_target.reset();
    m_firstNewPassed = true;
    m_led = false;
    setFollowing(true);
    placeRows();
}

void TranscriptView::showOwn()
{
    if (m_unread == 0)
        scrollToNewest();
}

void TranscriptView::scrollToFirstNew()
{
    if (!m_model || !m_model->marker())
        return;
    m_target = Target{};
    m_led = false;
    m_firstNewSeen = true;
    if (!m_model->isMarkerLoaded())
        emit aroundWanted(*m_model->marker() + 1);
    placeRows();
}

void TranscriptView::goTo(quint64 seq)
{
    if (!m_model)
        return;
    m_target = Target{.seq = seq, .mark = true};
    m_led = true;
    if (!m_model->isKnown(seq))
        emit aroundWanted(seq);
    placeRows();
}

TranscriptView::Place TranscriptView::place()
{
    ensureLaidOut();
    Place place;
    if (m_following || !m_anchor.isValid())
        return place;
    qint64 y = m_anchorY;
    for (int row = m_anchor.row(); row < m_heights.count(); ++row) {
        const TranscriptRow &shown = m_model->row(row);
        if (shown.seq > 0 && shown.kind != RowKind::Gap)
            return {false, shown.seq, static_cast<int>(y)};
        y += m_heights.at(row);
    }
    return place;
}

void TranscriptView::goToPlace(const Place &place)
{
    if (!m_model || place.atNewest) {
        m_target.reset();
        m_led = false;
        setFollowing(true); // but not past what came meanwhile
        placeRows();
        return;
    }
    m_target = Target{.seq = place.seq, .y = place.y};
    m_led = true;
    if (!m_model->isKnown(place.seq))
        emit aroundWanted(place.seq);
    placeRows();
}

void TranscriptView::stopWaiting()
{
    m_target.reset();
    m_firstNewPassed = true;
    tellAtNewest();
}

/// The row to go to; nothing while it is not loaded, or when there is none.
std::optional<int> TranscriptView::targetRow()
{
    if (m_target->seq == 0)
        return m_model->markerRow();
    if (!m_model->isKnown(m_target->seq))
        return std::nullopt;
    return m_model->rowAt(m_target->seq);
}

/// Whether something is new that nobody has seen, nor passed by on purpose.
bool TranscriptView::isNewUnseen() const
{
    return m_model && m_model->marker() && !m_firstNewSeen && !m_firstNewPassed;
}

/// Whether the reader is at the end and has not seen the first new message yet.
bool TranscriptView::isFirstNewAwaited() const
{
    return m_following && !m_led && isNewUnseen();
}

/// What was missed while nobody was there is read from its beginning, once that is loaded.
void TranscriptView::awaitFirstNew()
{
    if (!m_target && isFirstNewAwaited() && !m_model->isMarkerLoaded())
        m_target = Target{};
}

/// The first message that nobody has seen is not to leave the viewport by itself.
void TranscriptView::holdFirstNew()
{
    if (!isFirstNewAwaited())
        return;
    const auto row = m_model->markerRow();
    const bool isOut = row && (*row < m_anchor.row() || (*row == m_anchor.row() && m_anchorY < 0));
    if (!isOut)
        return;
    m_following = false;
    m_anchor = m_model->index(*row);
    m_anchorY = viewport()->height() / 5;
    placeDownwards(*row, m_anchorY);
}

void TranscriptView::goToTarget()
{
    if (!m_target || !m_model)
        return;
    const bool isLoaded = m_target->seq == 0 ? m_model->isMarkerLoaded()
                                             : m_model->isKnown(m_target->seq);
    if (!isLoaded)
        return;
    const auto row = targetRow();
    const Target target = *std::exchange(m_target, std::nullopt);
    if (!row) {
        m_following = true; // nothing is left of it
        return;
    }
    if (target.mark)
        mark(target.seq);
    m_following = false;
    m_anchor = m_model->index(*row);
    // Below the button, with something of what was before.
    m_anchorY = target.y != Target::nearTop ? target.y : viewport()->height() / 5;
    m_layouts.erase(m_layouts.lower_bound(*row), m_layouts.upper_bound(*row));
}

/// Asks for what is missing in sight or near it.
void TranscriptView::askForMissing()
{
    if (!m_model || !isVisible())
        return;
    const int near = viewport()->height() / 2;
    if (m_following)
        m_model->setReaderAtNewest();
    else if (m_anchor.isValid())
        m_model->setReader(m_anchor.row());
    if (m_value < near && m_model->older() == TranscriptModel::Older::More)
        emit olderWanted();
    if (!m_anchor.isValid())
        return;
    const int anchor = m_anchor.row();
    qint64 y = m_anchorY;
    for (int row = anchor; row < m_heights.count() && y < viewport()->height() + near; ++row) {
        if (m_model->row(row).kind == RowKind::Gap)
            return askForGap(row);
        y += m_heights.at(row);
    }
    y = m_anchorY;
    for (int row = anchor - 1; row >= 0 && y > -near; --row) {
        if (m_model->row(row).kind == RowKind::Gap)
            return askForGap(row);
        y -= m_heights.at(row);
    }
}

/// The end of a gap that is nearer to the reader comes first.
void TranscriptView::askForGap(int row)
{
    const TranscriptRow gap = m_model->row(row);
    if (gap.state != RowState::Sent)
        return;
    if (row > m_anchor.row())
        emit gapWanted(HistoryFrom::After, gap.seq - 1);
    else
        emit gapWanted(HistoryFrom::Before, gap.to + 1);
}

/// Asks again for what could not be loaded and is in sight.
void TranscriptView::retryMissing()
{
    if (!m_model)
        return;
    if (m_model->older() == TranscriptModel::Older::Failed && !topRect().isEmpty())
        emit olderWanted();
    for (const auto &[row, layout] : m_layouts) {
        const TranscriptRow &shown = layout->row();
        if (shown.kind != RowKind::Gap || shown.state != RowState::Failed)
            continue;
        emit gapWanted(HistoryFrom::After, shown.seq - 1);
        return;
    }
}

void TranscriptView::mark(quint64 seq)
{
    m_found = seq;
    m_layouts.clear();
    if (seq > 0)
        m_foundTimer.start();
    viewport()->update();
}

void TranscriptView::tellAtNewest()
{
    if (m_atNewest == isAtNewest())
        return;
    m_atNewest = isAtNewest();
    emit atNewestChanged(m_atNewest);
}

void TranscriptView::setUnread(int count)
{
    if (m_unread == count)
        return;
    m_unread = count;
    updateButtons();
}

/// Whether the first new message has come into sight of somebody.
void TranscriptView::updateFirstNew()
{
    if (m_firstNewSeen || !m_model || !m_anchor.isValid() || !isActiveWindow())
        return;
    const auto row = m_model->markerRow();
    m_firstNewSeen = row && *row >= firstInSight().first && m_layouts.count(*row) > 0;
}

void TranscriptView::updateButtons()
{
    const bool isNewAbove = m_model && m_model->marker() && !m_firstNewSeen && !m_target
            && m_anchor.isValid() && m_model->row(m_anchor.row()).rank > *m_model->marker();
    m_firstNew->setVisible(isNewAbove);
    m_newest->setVisible(!m_following);
    m_firstNew->setText(tr("Jump to the first new message"));
    if (m_unread >= limits::unreadCount)
        m_newest->setText(tr("More than %n new messages", nullptr, limits::unreadCount - 1));
    else
        m_newest->setText(m_unread > 0 ? tr("%n new messages", nullptr, m_unread)
                                       : tr("Jump to the newest"));
    const QSize room = viewport()->size();
    const int gap = fontMetrics().height() / 2;
    for (QPushButton *button : {m_newest, m_firstNew}) {
        button->adjustSize();
        const int top = button == m_firstNew ? gap : room.height() - button->height() - gap;
        button->move((room.width() - button->width()) / 2, top);
    }
}

} // namespace teahouse::client
