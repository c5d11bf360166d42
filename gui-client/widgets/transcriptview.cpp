// Placing rows and painting them; the rest is in transcriptview_model.cpp, _input.cpp and
// _places.cpp.
#include "gui-client/widgets/transcriptview.h"

#include "gui-client/widgets/namecolor.h"

#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

namespace teahouse::client {

TranscriptView::TranscriptView(QWidget *parent)
    : QAbstractScrollArea(parent), m_newest(new QPushButton(viewport())),
      m_firstNew(new QPushButton(viewport()))
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    for (QPushButton *button : {m_newest, m_firstNew}) {
        button->hide();
        button->setFocusPolicy(Qt::TabFocus);
        button->setCursor(Qt::ArrowCursor);
    }
    connect(m_newest, &QPushButton::clicked, this, &TranscriptView::scrollToNewest);
    connect(m_firstNew, &QPushButton::clicked, this, &TranscriptView::scrollToFirstNew);
    m_foundTimer.setSingleShot(true);
    m_foundTimer.setInterval(2500);
    connect(&m_foundTimer, &QTimer::timeout, this, [this] { mark(0); });
    m_layoutTimer.setSingleShot(true);
    m_layoutTimer.setInterval(0);
    connect(&m_layoutTimer, &QTimer::timeout, this, &TranscriptView::placeRows);
    m_scrollTimer.setInterval(40);
    connect(&m_scrollTimer, &QTimer::timeout, this,
            [this] { extendTo(viewport()->mapFromGlobal(QCursor::pos())); });
    retranslate();
}

TranscriptView::~TranscriptView() = default;

RowStyle TranscriptView::style() const
{
    return {font(), palette(), viewport()->width()};
}

RowLayout &TranscriptView::layoutOf(int row)
{
    auto &layout = m_layouts[row];
    if (!layout) {
        ++m_laidOut;
        const TranscriptRow &shown = m_model->row(row);
        const bool found = m_found > 0 && shown.seq <= m_found
                && m_found <= std::max(shown.seq, shown.to);
        const RowContext context{m_model->isNewDay(row), m_model->isFirstOfGroup(row),
                                 m_model->isFirstNew(row), found};
        layout = std::make_unique<RowLayout>(shown, context, style());
        m_heights.set(row, layout->height());
    }
    return *layout;
}

void TranscriptView::scheduleLayout()
{
    m_layoutTimer.start();
}

void TranscriptView::ensureLaidOut()
{
    if (m_layoutTimer.isActive())
        placeRows();
}

/// Lays out the rows in sight, from the anchor or from the newest one, and nothing else.
void TranscriptView::placeRows()
{
    m_layoutTimer.stop();
    if (m_placing)
        return;
    m_placing = true;
    awaitFirstNew();
    goToTarget();
    const int count = m_heights.count();
    if (count == 0) {
        m_anchor = QModelIndex();
        m_anchorY = topHeight();
    } else if (m_following) {
        placeUpwards(count - 1, viewport()->height() - bottomGap());
        holdFirstNew();
    } else {
        if (!m_anchor.isValid()) {
            m_anchor = m_model->index(0);
            m_anchorY = topHeight();
        }
        placeDownwards(m_anchor.row(), m_anchorY);
        if (!m_following && m_anchor.row() > 0 && m_anchorY > 0)
            placeUpwards(m_anchor.row() - 1, m_anchorY);
        else if (!m_following && m_anchorY > topHeight())
            placeDownwards(0, topHeight());
    }
    anchorToText();
    dropLayouts();
    updateScrollBar();
    m_measured = true;
    m_placing = false;
    viewport()->update();
    updateFirstNew();
    updateButtons();
    tellAtNewest();
    askForMissing();
    emit placed();
}

/// A gap will shrink at the side that is looked at: what stands below it is to stay.
void TranscriptView::anchorToText()
{
    const int row = m_anchor.row();
    if (!m_anchor.isValid() || m_model->row(row).kind != RowKind::Gap
        || row + 1 >= m_heights.count())
        return;
    const qint64 next = m_anchorY + m_heights.at(row);
    if (next >= viewport()->height())
        return;
    m_anchorY = next;
    m_anchor = m_model->index(row + 1);
}

/// The first row that is in sight and where it begins.
std::pair<int, qint64> TranscriptView::firstInSight() const
{
    int row = m_anchor.row();
    qint64 y = m_anchorY;
    while (row > 0 && y > 0)
        y -= m_heights.at(--row);
    return {row, y};
}

/// Makes the first row in sight the anchor, when `row` ends at `bottom`.
void TranscriptView::placeUpwards(int row, qint64 bottom)
{
    qint64 y = bottom;
    for (; row >= 0 && y > 0; --row) {
        y -= layoutOf(row).height();
        m_anchor = m_model->index(row);
        m_anchorY = y;
    }
    const int top = topHeight();
    if (m_anchor.isValid() && m_anchor.row() == 0 && m_anchorY > top) {
        m_anchorY = top; // nothing is above the first row
        placeDownwards(0, top);
    }
}

/// Goes down from a row that begins at `top`; follows when the last one ends in sight.
void TranscriptView::placeDownwards(int row, qint64 top)
{
    const int height = viewport()->height();
    qint64 y = top;
    int at = row;
    for (; at < m_heights.count() && y < height; ++at) {
        const int rowHeight = layoutOf(at).height();
        if (y + rowHeight <= 0 || at == row) {
            m_anchor = m_model->index(at);
            m_anchorY = y;
        }
        y += rowHeight;
    }
    // Rows that scrolled out above are no anchor any more.
    while (m_anchor.row() + 1 < m_heights.count()
           && m_anchorY + m_heights.at(m_anchor.row()) <= 0) {
        m_anchorY += m_heights.at(m_anchor.row());
        m_anchor = m_model->index(m_anchor.row() + 1);
    }
    if (at == m_heights.count() && y + bottomGap() < height && !m_following) {
        setFollowing(true);
        placeUpwards(at - 1, height - bottomGap());
    }
}

void TranscriptView::dropLayouts()
{
    if (!m_anchor.isValid())
        return;
    auto [first, y] = firstInSight();
    int last = first;
    while (last < m_heights.count() && y < viewport()->height())
        y += m_heights.at(last++);
    m_layouts.erase(m_layouts.begin(), m_layouts.lower_bound(first));
    m_layouts.erase(m_layouts.lower_bound(last), m_layouts.end());
}

void TranscriptView::updateScrollBar()
{
    const qint64 total = topHeight() + m_heights.total() + bottomGap();
    const auto most = static_cast<int>(std::max<qint64>(0, total - viewport()->height()));
    qint64 value = most;
    if (!m_following && m_anchor.isValid())
        value = topHeight() + m_heights.offset(m_anchor.row()) - m_anchorY;
    verticalScrollBar()->setRange(0, most);
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(fontMetrics().height() * 2);
    m_value = static_cast<int>(std::clamp<qint64>(value, 0, most));
    verticalScrollBar()->setValue(m_value);
}

/// The reader has moved the bar. Short ways keep what is in sight where it is, so that rows that
/// were only estimated cannot make it jump.
void TranscriptView::scrollContentsBy(int, int)
{
    const QScrollBar *bar = verticalScrollBar();
    if (m_placing || bar->value() == m_value)
        return;
    const int delta = bar->value() - m_value;
    m_value = bar->value();
    m_target.reset(); // the reader has gone elsewhere
    if (!m_led)
        m_firstNewPassed = true;
    setFollowing(bar->value() >= bar->maximum());
    if (m_anchor.isValid() && std::abs(delta) < viewport()->height()) {
        m_anchorY -= delta;
    } else if (m_model) {
        const int row = m_heights.rowAt(m_value - topHeight());
        m_anchor = m_model->index(row);
        m_anchorY = row < 0 ? 0 : topHeight() + m_heights.offset(row) - m_value;
    }
    placeRows();
}

void TranscriptView::setFollowing(bool following)
{
    if (m_following == following)
        return;
    m_following = following;
    updateButtons();
    if (!m_placing)
        tellAtNewest();
}

void TranscriptView::setCapabilities(const Capabilities &capabilities)
{
    m_capabilities = capabilities;
    scheduleLayout();
}

int TranscriptView::topHeight() const
{
    return topText().isEmpty() ? fontMetrics().height() / 2 : fontMetrics().height() * 5 / 2;
}

int TranscriptView::bottomGap() const
{
    return fontMetrics().height() / 2;
}

QString TranscriptView::topText() const
{
    if (!m_model)
        return {};
    if (!m_capabilities.history)
        return tr("This server keeps no history: you see what is said while you are here.");
    switch (m_model->older()) {
    case TranscriptModel::Older::More:
    case TranscriptModel::Older::Loading:
        return tr("Loading older messages\u2026");
    case TranscriptModel::Older::Failed:
        return tr("Older messages could not be loaded. Click to retry.");
    case TranscriptModel::Older::Beginning:
        if (m_model->oldestSeq() > 1)
            return tr("What was said before is not kept any more.");
        return m_heights.count() == 0 ? tr("Nothing has been said here yet.")
                                      : tr("This is the beginning of the history.");
    case TranscriptModel::Older::Unknown:
        break;
    }
    return {};
}

QRect TranscriptView::rowRect(int row)
{
    ensureLaidOut();
    if (!m_anchor.isValid() || row < 0 || row >= m_heights.count())
        return {};
    const qint64 y = m_anchorY + m_heights.offset(row) - m_heights.offset(m_anchor.row());
    const QRect rect(0, static_cast<int>(std::clamp<qint64>(y, -1000000, 1000000)),
                     viewport()->width(), m_heights.at(row));
    return rect.intersects(viewport()->rect()) ? rect : QRect();
}

QRect TranscriptView::partRect(int row, RowPart part)
{
    const QRect rect = rowRect(row);
    const QRect inside = rect.isEmpty() ? QRect() : layoutOf(row).partRect(part);
    return inside.isEmpty() ? QRect() : inside.translated(rect.topLeft());
}

void TranscriptView::paintEvent(QPaintEvent *)
{
    ensureLaidOut();
    QPainter painter(viewport());
    paintTop(painter);
    if (!m_anchor.isValid())
        return;
    auto [row, y] = firstInSight();
    for (; row < m_heights.count() && y < viewport()->height(); ++row) {
        const RowLayout &layout = layoutOf(row);
        const auto [from, to] = selectedRange(row);
        painter.save();
        painter.translate(0, static_cast<int>(y));
        layout.paint(painter, from, to);
        painter.restore();
        y += layout.height();
    }
}

/// Where the words above the first row are; empty when they are out of sight.
QRect TranscriptView::topRect() const
{
    const auto [row, y] = m_anchor.isValid() ? firstInSight() : std::pair(0, m_anchorY);
    if (row > 0 || y <= 0)
        return {};
    return {0, static_cast<int>(y) - topHeight(), viewport()->width(), topHeight()};
}

void TranscriptView::paintTop(QPainter &painter)
{
    const QRect area = topRect();
    if (area.isEmpty())
        return;
    painter.setPen(
            readable(palette().color(QPalette::PlaceholderText), palette().color(QPalette::Base)));
    painter.drawText(area, Qt::AlignCenter, topText());
}

void TranscriptView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        measureAgain();
    else
        scheduleLayout();
    updateButtons();
}

void TranscriptView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    switch (event->type()) {
    case QEvent::ActivationChange:
        scheduleLayout(); // what is in sight is seen now
        break;
    case QEvent::FontChange:
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
        measureAgain();
        break;
    case QEvent::LanguageChange:
        retranslate();
        measureAgain();
        break;
    default:
        break;
    }
}

void TranscriptView::scrollPages(int pages)
{
    ensureLaidOut();
    const int step = viewport()->height() - fontMetrics().height();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + pages * step);
}

void TranscriptView::retranslate()
{
    setAccessibleName(tr("Messages"));
    updateButtons();
}

} // namespace teahouse::client
