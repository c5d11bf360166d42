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
    m_editLabel->setWordWrap(true);
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
    m_silentLabel->setWordWrap(true);
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

void RoomView::startEditing(quint64 seq)
{
    const TranscriptModel *model = m_transcript->model();
    const auto row = model && m_canEdit && !m_silent ? model->rowAt(seq) : std::nullopt;
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
        m_draft = m_edit->toPlainText();
    m_editing = seq;
    setText(text);
    m_editBar->show();
    retranslate();
}

/// What was being written before stands in the box again.
void RoomView::endEdit()
{
    if (m_editing == 0)
        return;
    setText(m_draft);
    m_editing = 0;
    m_editBar->hide();
    m_edit->setFocus();
    retranslate();
}

void RoomView::sendEdit()
{
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
    if (room != m_room)
        m_edits[room] = {seq, text};
    else if (m_editing == 0 && m_edit->toPlainText().isEmpty())
        beginEdit(seq, text);
    else
        m_edit->remember(text);
}

void RoomView::escape()
{
    if (m_editing > 0)
        endEdit();
    else
        m_transcript->scrollToNewest();
}

} // namespace teahouse::client
