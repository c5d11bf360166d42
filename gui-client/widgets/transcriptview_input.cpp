// Mouse, keyboard and selection of TranscriptView; the rest is in transcriptview.cpp.
#include "gui-client/models/transcriptmodel.h"
#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/transcriptview.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QTextBoundaryFinder>
#include <QToolTip>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostTip = 160; ///< UTF-16 units, which fit on a screen in one line

} // namespace

bool TranscriptView::hasSelection() const
{
    const auto [from, to] = ordered();
    return from.row.isValid() && to.row.isValid()
            && (from.row != to.row || from.offset != to.offset);
}

/// One message gives its text; several give a line each.
QString TranscriptView::selectedText() const
{
    if (!hasSelection())
        return {};
    const auto [from, to] = ordered();
    QStringList lines;
    for (int row = from.row.row(); row <= to.row.row(); ++row) {
        const QString body = rowtext::body(m_model->row(row));
        const int start = row == from.row.row() ? from.offset : 0;
        const auto end = row == to.row.row() ? to.offset : static_cast<int>(body.size());
        const QString text = RowLayout::copied(body, start, end);
        if (from.row == to.row)
            return text;
        if (end > start)
            lines.append(rowtext::copied(m_model->row(row), text));
    }
    return lines.join(u'\n');
}

void TranscriptView::copy()
{
    if (hasSelection())
        QApplication::clipboard()->setText(selectedText());
}

void TranscriptView::selectAll()
{
    if (!m_model || m_model->rowCount() == 0)
        return;
    const int last = m_model->rowCount() - 1;
    m_from = {m_model->index(0), 0};
    m_to = {m_model->index(last), static_cast<int>(rowtext::body(m_model->row(last)).size())};
    viewport()->update();
}

void TranscriptView::clearSelection()
{
    m_from = m_to = {};
    viewport()->update();
}

/// The row at a point and the place in it; no row: -1.
std::pair<int, QPoint> TranscriptView::placeOf(const QPoint &point)
{
    ensureLaidOut();
    if (!m_anchor.isValid())
        return {-1, {}};
    const qint64 origin = m_heights.offset(m_anchor.row()) - m_anchorY;
    const int row = m_heights.rowAt(point.y() + origin);
    return {row, {point.x(), static_cast<int>(point.y() + origin - m_heights.offset(row))}};
}

std::pair<int, RowHit> TranscriptView::hit(const QPoint &point)
{
    const auto [row, inside] = placeOf(point);
    return {row, row < 0 ? RowHit{} : layoutOf(row).hit(inside)};
}

TranscriptView::Position TranscriptView::positionAt(const QPoint &point)
{
    const auto [row, what] = hit(point);
    return row < 0 ? Position{} : Position{m_model->index(row), what.offset};
}

std::pair<TranscriptView::Position, TranscriptView::Position> TranscriptView::ordered() const
{
    const auto key = [](const Position &at) { return std::pair(at.row.row(), at.offset); };
    return key(m_to) < key(m_from) ? std::pair(m_to, m_from) : std::pair(m_from, m_to);
}

std::pair<int, int> TranscriptView::selectedRange(int row) const
{
    if (!hasSelection())
        return {0, 0};
    const auto [from, to] = ordered();
    if (row < from.row.row() || row > to.row.row())
        return {0, 0};
    const int start = row == from.row.row() ? from.offset : 0;
    const auto whole = static_cast<int>(rowtext::body(m_model->row(row)).size());
    return {start, row == to.row.row() ? to.offset : whole};
}

void TranscriptView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position().toPoint();
    m_selecting = true;
    if (event->modifiers() & Qt::ShiftModifier && m_from.row.isValid()) {
        m_to = positionAt(m_pressed);
    } else {
        m_from = m_to = positionAt(m_pressed);
    }
    viewport()->update();
}

void TranscriptView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (!m_selecting) {
        updateCursor(point);
        return;
    }
    extendTo(point);
    const bool outside = point.y() < 0 || point.y() > viewport()->height();
    if (outside != m_scrollTimer.isActive())
        outside ? m_scrollTimer.start() : m_scrollTimer.stop();
}

/// Extends the selection; a mouse that has left the view at its top or bottom scrolls it.
void TranscriptView::extendTo(const QPoint &point)
{
    const int beyond = point.y() < 0 ? point.y() : std::max(0, point.y() - viewport()->height());
    if (beyond != 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + beyond);
    m_to = positionAt(point);
    viewport()->update();
}

void TranscriptView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_selecting)
        return;
    m_selecting = false;
    m_scrollTimer.stop();
    if (hasSelection()) {
        QClipboard *clipboard = QApplication::clipboard();
        if (clipboard->supportsSelection())
            clipboard->setText(selectedText(), QClipboard::Selection);
        return;
    }
    const QPoint point = event->position().toPoint();
    if ((point - m_pressed).manhattanLength() >= QApplication::startDragDistance())
        return;
    if (topRect().contains(point)) {
        retryMissing();
        return;
    }
    const auto [row, what] = hit(point);
    activate(row, what);
}

void TranscriptView::activate(int row, const RowHit &what)
{
    if (row < 0)
        return;
    if (what.part == RowPart::Link)
        emit linkActivated(what.url);
    else if (what.part == RowPart::Retry && m_model->row(row).kind == RowKind::Gap)
        retryMissing();
    else if (what.part == RowPart::Retry)
        emit retryRequested(m_model->row(row).cid);
    else if (what.part == RowPart::Rewrite)
        emit rewriteRequested(m_model->row(row).cid, rowtext::typed(m_model->row(row)));
    else if (what.part == RowPart::Remove)
        emit removeRequested(m_model->row(row).cid);
}

void TranscriptView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const auto [row, what] = hit(event->position().toPoint());
    if (row >= 0 && what.part == RowPart::Author && !m_model->row(row).own
        && m_capabilities.whispers)
        emit privateRequested(m_model->row(row).author);
    else
        selectWord(event->position().toPoint());
}

void TranscriptView::selectWord(const QPoint &point)
{
    const auto [row, what] = hit(point);
    if (row < 0)
        return;
    const QString body = rowtext::body(m_model->row(row));
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, body);
    finder.setPosition(std::min<qsizetype>(what.offset + 1, body.size()));
    const auto start = static_cast<int>(std::max<qsizetype>(0, finder.toPreviousBoundary()));
    const auto end = static_cast<int>(finder.toNextBoundary());
    m_from = {m_model->index(row), start};
    m_to = {m_model->index(row), end < 0 ? static_cast<int>(body.size()) : end};
    viewport()->update();
}

void TranscriptView::updateCursor(const QPoint &point)
{
    const auto [row, what] = hit(point);
    switch (row < 0 ? RowPart::None : what.part) {
    case RowPart::Link:
    case RowPart::Retry:
    case RowPart::Rewrite:
    case RowPart::Remove:
        viewport()->setCursor(Qt::PointingHandCursor);
        break;
    case RowPart::Text:
        viewport()->setCursor(Qt::IBeamCursor);
        break;
    case RowPart::Author:
    case RowPart::None:
        viewport()->setCursor(Qt::ArrowCursor);
        break;
    }
}

QMenu *TranscriptView::createMenu(int row, const RowHit &what)
{
    if (!m_model || row < 0 || row >= m_model->rowCount())
        return nullptr;
    auto *menu = new QMenu(this);
    const TranscriptRow shown = m_model->row(row);
    if (what.part == RowPart::Link) {
        menu->addAction(tr("&Open Link"), this,
                        [this, url = what.url] { emit linkActivated(url); });
        menu->addAction(tr("Copy &Link"), this, [url = what.url] {
            QApplication::clipboard()->setText(url.toString(QUrl::FullyEncoded));
        });
        menu->addSeparator();
    }
    QAction *copySelection = menu->addAction(tr("&Copy Selection"), this, &TranscriptView::copy);
    copySelection->setEnabled(hasSelection());
    menu->addAction(tr("Copy &Message"), this, [shown] {
        const QString body = rowtext::body(shown);
        QApplication::clipboard()->setText(
                RowLayout::copied(body, 0, static_cast<int>(body.size())));
    });
    menu->addAction(tr("Select &All"), this, &TranscriptView::selectAll);
    if (isStuck(shown)) {
        menu->addSeparator();
        menu->addAction(tr("&Retry"), this, [this, shown] { emit retryRequested(shown.cid); });
        if (shown.state == RowState::Failed)
            menu->addAction(tr("&Edit"), this, [this, shown] {
                emit rewriteRequested(shown.cid, rowtext::typed(shown));
            });
        menu->addAction(tr("Re&move"), this, [this, shown] { emit removeRequested(shown.cid); });
    }
    if (m_capabilities.editing && shown.own && shown.seq > 0 && isSpeech(shown)) {
        menu->addSeparator();
        menu->addAction(tr("&Edit"), this, [this, shown] { emit editRequested(shown.seq); });
        menu->addAction(tr("&Delete\u2026"), this,
                        [this, shown] { emit deleteRequested(shown.seq); });
    }
    if (m_mayDelete && !shown.own && shown.seq > 0 && isSpeech(shown)) {
        menu->addSeparator();
        menu->addAction(tr("&Delete\u2026"), this,
                        [this, shown] { emit deleteRequested(shown.seq); });
    }
    if (m_capabilities.whispers && !shown.author.isEmpty() && !shown.own) {
        menu->addSeparator();
        menu->addAction(tr("&Private Conversation"), this,
                        [this, shown] { emit privateRequested(shown.author); });
    }
    if (m_capabilities.accounts && !shown.author.isEmpty() && !shown.own)
        menu->addAction(tr("&Ignore"), this, [this, shown] { emit ignoreRequested(shown.author); });
    if (m_capabilities.rooms && isSpeech(shown) && !shown.author.isEmpty() && !shown.own)
        emit personMenuOpening(menu, shown.author);
    return menu;
}

void TranscriptView::contextMenuEvent(QContextMenuEvent *event)
{
    // By the keyboard the menu is about the newest row in sight: that is where a failed one is.
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint point = keyboard ? QPoint(0, viewport()->height() - 1) : event->pos();
    const auto [row, what] = hit(point);
    if (QMenu *menu = createMenu(row, what)) {
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(keyboard ? viewport()->mapToGlobal(point) : event->globalPos());
    }
}

bool TranscriptView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto [row, inside] = placeOf(help->pos());
    QString tip = row < 0 ? QString() : layoutOf(row).tip(inside);
    if (tip.size() > mostTip)
        tip = tip.first(mostTip) + QChar(0x2026); // the host of a link stands at its beginning
    // As plain text: Qt takes for HTML what looks like it.
    QToolTip::showText(help->globalPos(),
                       tip.isEmpty() ? QString() : u"<p>"_s + tip.toHtmlEscaped() + u"</p>"_s,
                       viewport());
    return true;
}

void TranscriptView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->key() == Qt::Key_Home) {
        verticalScrollBar()->setValue(0);
        retryMissing();
    } else if (event->key() == Qt::Key_End || event->key() == Qt::Key_Escape) {
        scrollToNewest();
    } else if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown) {
        scrollPages(event->key() == Qt::Key_PageUp ? -1 : 1);
    } else if (!event->text().isEmpty() && event->text().at(0).isPrint()
               && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
        emit typed(event);
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace teahouse::client
