// How TranscriptView follows its model; the rest is in transcriptview.cpp.
#include "gui-client/widgets/transcriptview.h"

namespace teahouse::client {

void TranscriptView::setModel(TranscriptModel *model)
{
    if (m_model == model)
        return;
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    m_from = m_to = {};
    m_selecting = false;
    m_unread = 0;
    m_found = 0;
    m_following = true;
    m_firstNewSeen = false;
    m_firstNewPassed = false;
    m_led = false;
    m_target.reset();
    m_anchor = QModelIndex();
    if (m_model) {
        connectModel();
        if (m_model->marker())
            m_target = Target{};
    }
    measureAgain();
    updateButtons();
    m_atNewest = isAtNewest();
    emit atNewestChanged(m_atNewest);
}

void TranscriptView::connectModel()
{
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { rowsInserted(first, last); });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { rowsRemoved(first, last); });
    // Few rows move, and seldom: when a message of one's own is confirmed or tried again.
    connect(m_model, &QAbstractItemModel::rowsMoved, this, &TranscriptView::measureAgain);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TranscriptView::measureAgain);
    connect(m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                rowsChanged(first.row(), last.row());
            });
    connect(m_model, &TranscriptModel::olderChanged, this, [this] {
        scheduleLayout();
        viewport()->update();
    });
    connect(m_model, &TranscriptModel::markerChanged, this, [this] {
        m_firstNewSeen = false;
        m_firstNewPassed = false;
        scheduleLayout();
    });
    connect(m_model, &QObject::destroyed, this, [this] { measureAgain(); });
}

void TranscriptView::rowsInserted(int first, int last)
{
    m_layouts.erase(m_layouts.lower_bound(first), m_layouts.end());
    const RowStyle look = style();
    m_heights.insert(first, last - first + 1,
                     [&](int row) { return RowLayout::estimate(m_model->row(row), look); });
    scheduleLayout();
}

void TranscriptView::rowsRemoved(int first, int last)
{
    m_layouts.erase(m_layouts.lower_bound(first), m_layouts.end());
    m_heights.remove(first, last - first + 1);
    scheduleLayout();
}

void TranscriptView::rowsChanged(int first, int last)
{
    m_layouts.erase(m_layouts.lower_bound(first), m_layouts.upper_bound(last));
    scheduleLayout();
    const int anchor = m_anchor.row();
    if (m_following || !m_measured || anchor < first || anchor > last)
        return;
    // A row at the top that loses its day or grows must not push the others.
    const int before = m_heights.at(anchor);
    m_anchorY += before - layoutOf(anchor).height();
}

void TranscriptView::measureAgain()
{
    m_measured = false;
    m_layouts.clear();
    const RowStyle look = style();
    m_heights.reset(m_model ? m_model->rowCount() : 0,
                    [&](int row) { return RowLayout::estimate(m_model->row(row), look); });
    scheduleLayout();
}

} // namespace teahouse::client
