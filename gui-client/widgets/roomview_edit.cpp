// Editing one's own messages; the rest of RoomView is in roomview.cpp.
#include "gui-client/models/transcriptmodel.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/roomview.h"
#include "gui-client/widgets/transcriptview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <utility>

namespace teahouse::client {

void RoomView::buildEditBar()
{
    m_editBar->setAutoFillBackground(true);
    m_editBar->setBackgroundRole(QPalette::AlternateBase);
    auto *row = new QHBoxLayout(m_editBar);
    row->setContentsMargins(14, 4, 10, 4);
    row->addWidget(m_editLabel, 1);
    row->addWidget(m_editCancel);
    m_editBar->hide();
}

void RoomView::buildSilentBar()
{
    m_silentBar->setAutoFillBackground(true);
    m_silentBar->setBackgroundRole(QPalette::AlternateBase);
    auto *row = new QHBoxLayout(m_silentBar);
    row->setContentsMargins(14, 4, 10, 4);
    row->addWidget(m_silentLabel, 1);
    row->addWidget(m_speakAgain);
    m_silentBar->hide();
}

/// What was being written stays in the box.
void RoomView::setSilent(const QString &why, SpeakAgain again)
{
    const bool wasSilent = std::exchange(m_silent, !why.isEmpty());
    m_silentLabel->setText(why);
    m_silentBar->setVisible(m_silent);
    m_speakAgain->setVisible(again == SpeakAgain::OnTrial);
    if (m_silent && !wasSilent)
        m_wasWriting = m_edit->hasFocus();
    if (m_silent && m_edit->hasFocus())
        m_transcript->setFocus();
    m_edit->setEnabled(!m_silent);
    // Unless somebody has gone elsewhere meanwhile.
    if (!m_silent && wasSilent && m_wasWriting && m_transcript->hasFocus())
        m_edit->setFocus();
    retranslate();
}

void RoomView::setClosed(const QString &why, ClosedBar::Return way)
{
    m_isClosed = !why.isEmpty();
    m_closedBar->show(why, way);
    retranslate();
}

bool RoomView::isWriting() const
{
    return m_editing > 0 || !m_edit->message().isEmpty();
}

void RoomView::focusBox()
{
    if (m_edit->isEnabled())
        m_edit->setFocus();
    else
        m_transcript->setFocus();
}

void RoomView::startEditing(quint64 seq)
{
    const TranscriptModel *model = m_transcript->model();
    const bool can = m_canEdit && !m_silent && !m_isClosed;
    const auto row = model && can ? model->rowAt(seq) : std::nullopt;
    if (!row)
        return;
    const TranscriptRow &shown = model->row(*row);
    if (shown.seq != seq || !shown.own || !isSpeech(shown))
        return;
    beginEdit(seq, shown.text);
    m_edit->setFocus();
}

void RoomView::editLast()
{
    const TranscriptModel *model = m_transcript->model();
    const auto row = model && m_canEdit ? model->lastOwn() : std::nullopt;
    if (row)
        startEditing(model->row(*row).seq);
    else
        m_edit->recallPrevious();
}

void RoomView::beginEdit(quint64 seq, const QString &text)
{
    if (m_editing == 0)
        m_before = {m_edit->sentLines(), m_edit->toPlainText()};
    else if (m_editing != seq)
        m_before.sent.remember(m_edit->toPlainText()); // what was to become of another message
    m_editing = seq;
    m_isVoid = false;
    m_edit->setSentLines({});
    setText(text);
    m_editBar->show();
    retranslate();
}

/// What was being written before stands in the box again.
void RoomView::endEdit()
{
    if (m_editing == 0)
        return;
    const QString lost = m_isVoid ? m_edit->toPlainText() : QString();
    m_edit->setSentLines(m_before.sent);
    setText(m_before.text);
    m_editing = 0;
    m_isVoid = false;
    if (!lost.trimmed().isEmpty())
        rememberAside(lost);
    m_editBar->hide();
    m_edit->setFocus();
    retranslate();
}

/// Keeps a text for recall without ending a recall that is under way.
void RoomView::rememberAside(const QString &text)
{
    if (m_edit->sentLines().isRecalling()) {
        const QString shown = m_edit->draft();
        const QString unsent = m_edit->sentLines().unsent();
        if (shown != unsent)
            m_edit->remember(shown); // a recalled line that was changed
        setText(unsent);
    }
    m_edit->remember(text);
}

/// Whether what is edited is still there.
void RoomView::followEdited()
{
    const TranscriptModel *model = m_transcript->model();
    if (m_editing == 0 || m_isVoid || !model || !model->isKnown(m_editing))
        return;
    const auto row = model->rowAt(m_editing);
    if (!row || model->row(*row).seq != m_editing || !isSpeech(model->row(*row)))
        setVoid();
}

void RoomView::setVoid()
{
    m_isVoid = true;
    retranslate();
}

void RoomView::voidEdits()
{
    for (Box &box : m_boxes)
        box.isVoid = box.editing > 0;
    if (m_editing > 0)
        setVoid();
}

void RoomView::sendEdit()
{
    if (m_isVoid || m_isClosed)
        return;
    const quint64 seq = m_editing;
    const QString text = m_edit->message();
    if (!text.isEmpty() && !m_edit->isSendable())
        return;
    const TranscriptModel *model = m_transcript->model();
    const auto row = model ? model->rowAt(seq) : std::nullopt;
    const bool same = row && model->row(*row).seq == seq && model->row(*row).text == text;
    showError({});
    endEdit();
    if (text.isEmpty())
        emit deleteRequested(seq);
    else if (!same)
        emit editRequested(seq, text);
}

void RoomView::returnEdit(const QString &room, quint64 seq, const QString &text)
{
    if (room != m_room) {
        Box &box = m_boxes[room];
        if (box.editing > 0 || box.sent.isRecalling())
            box.sent.remember(text);
        else
            box = {box.sent, box.text, seq, text};
    } else if (m_editing > 0) {
        m_before.sent.remember(text);
    } else if (m_edit->toPlainText().isEmpty()) {
        beginEdit(seq, text);
    } else {
        rememberAside(text);
    }
}

bool RoomView::takeBack(const QString &room, const QString &text)
{
    if (room != m_room || m_editing > 0 || !m_edit->toPlainText().isEmpty())
        return false;
    rewrite(text);
    return true;
}

void RoomView::rewrite(const QString &text)
{
    endEdit();
    const QString written = m_edit->toPlainText();
    m_edit->replaceText(written.isEmpty() ? text : text + u'\n' + written);
    m_edit->setFocus();
}

void RoomView::escape()
{
    if (m_editing > 0)
        endEdit();
    else
        emit escaped();
}

} // namespace teahouse::client
