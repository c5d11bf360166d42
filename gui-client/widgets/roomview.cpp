// The room's parts and how they work together; editing is in roomview_edit.cpp.
#include "gui-client/widgets/roomview.h"

#include "gui-client/input/slashcommand.h"
#include "gui-client/models/transcriptmodel.h"
#include "gui-client/widgets/absencenote.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/transcriptview.h"
#include "shared/limits.h"
#include "shared/text.h"

#include <QCoreApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace teahouse::client {

namespace {

constexpr int noteFrom = limits::messageText - 200; ///< code points

QFrame *separator(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Midlight);
    return line;
}

} // namespace

RoomView::RoomView(QWidget *parent)
    : QWidget(parent), m_name(new QLabel(this)), m_topic(new QLabel(this)),
      m_transcript(new TranscriptView(this)), m_absence(new AbsenceNote(this)),
      m_error(new QLabel(this)), m_editBar(new QWidget(this)), m_editLabel(new QLabel(m_editBar)),
      m_editCancel(new QPushButton(m_editBar)), m_silentBar(new QWidget(this)),
      m_silentLabel(new QLabel(m_silentBar)), m_speakAgain(new QPushButton(m_silentBar)),
      m_edit(new MessageEdit(this)), m_length(new QLabel(this)), m_send(new QPushButton(this)),
      m_users(new QPushButton(this)), m_close(new QPushButton(this))
{
    build();
    connectParts();
    retranslate();
    setRoom({}, nullptr, {});
}

void RoomView::build()
{
    buildEditBar();
    buildSilentBar();
    for (QLabel *label : {m_name, m_topic, m_error, m_length, m_editLabel, m_silentLabel})
        label->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setMargin(6);
    m_error->setAutoFillBackground(true);
    m_error->setBackgroundRole(QPalette::ToolTipBase);
    m_error->setForegroundRole(QPalette::ToolTipText);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_error->setFocusPolicy(Qt::NoFocus);
    m_error->hide();
    m_length->hide();
    m_users->setCheckable(true);
    m_users->setChecked(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHeader());
    column->addWidget(separator(this));
    column->addWidget(m_transcript, 1);
    column->addWidget(separator(this));
    column->addWidget(m_absence);
    column->addWidget(m_error);
    column->addWidget(m_editBar);
    column->addWidget(m_silentBar);
    column->addWidget(buildComposer());
    setFocusProxy(m_edit);
    setTabOrder(m_transcript, m_editCancel);
    setTabOrder(m_editCancel, m_speakAgain);
    setTabOrder(m_speakAgain, m_edit);
    setTabOrder(m_edit, m_send);
    setTabOrder(m_send, m_users);
    setTabOrder(m_users, m_close);
}

QWidget *RoomView::buildHeader()
{
    QFont large = m_name->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_name->setFont(large);
    // However long a topic is, it must not widen the window.
    m_topic->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_topic->setForegroundRole(QPalette::Text);
    m_topic->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_topic->setFocusPolicy(Qt::NoFocus);
    auto *header = new QWidget(this);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(14, 8, 10, 8);
    row->setSpacing(12);
    row->addWidget(m_name);
    row->addWidget(m_topic, 1);
    return header;
}

QWidget *RoomView::buildComposer()
{
    auto *composer = new QWidget(this);
    auto *column = new QVBoxLayout(composer);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_length, 1);
    buttons->addStretch();
    buttons->addWidget(m_send);
    buttons->addWidget(m_users);
    buttons->addWidget(m_close);
    column->addWidget(m_edit);
    column->addLayout(buttons);
    return composer;
}

void RoomView::connectParts()
{
    connect(m_edit, &MessageEdit::sendRequested, this, &RoomView::send);
    connect(m_edit, &MessageEdit::pageRequested, m_transcript, &TranscriptView::scrollPages);
    connect(m_edit, &MessageEdit::newestRequested, this, &RoomView::escape);
    connect(m_edit, &MessageEdit::editLastRequested, this, &RoomView::editLast);
    connect(m_editCancel, &QPushButton::clicked, this, &RoomView::endEdit);
    connect(m_speakAgain, &QPushButton::clicked, this, [this] {
        emit speakAgainRequested();
        m_edit->setFocus();
    });
    connect(m_edit, &MessageEdit::pasteShortened, this, [this](int most) {
        showError(tr("Only the first %n characters were pasted.", nullptr, most));
    });
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        updateSend();
        // What holds a password is kept nowhere.
        const QString text = m_edit->toPlainText();
        if (!m_switching && m_editing == 0)
            emit draftChanged(holdsSecret(text) ? QString() : text);
    });
    connect(m_send, &QPushButton::clicked, this, [this] {
        send();
        m_edit->setFocus();
    });
    connect(m_users, &QPushButton::toggled, this, &RoomView::usersToggled);
    connect(m_close, &QPushButton::clicked, this, &RoomView::closeRequested);
    connect(m_transcript, &TranscriptView::typed, this, &RoomView::typed);
}

void RoomView::setRoom(const QString &room, TranscriptModel *transcript, const QString &draft)
{
    if (m_editing > 0 && room != m_room)
        m_edits[m_room] = {m_editing, m_edit->toPlainText()};
    m_editing = 0;
    m_room = room;
    m_name->setText(rowtext::isolated(room));
    m_transcript->setModel(transcript);
    showError({});
    setText(draft);
    const Edit begun = m_edits.take(room);
    if (begun.seq > 0)
        beginEdit(begun.seq, begun.text);
    m_editBar->setVisible(m_editing > 0);
    const bool wasEnabled = isEnabled();
    setEnabled(!room.isEmpty());
    if (isEnabled() && !wasEnabled)
        m_edit->setFocus();
    retranslate();
}

void RoomView::setText(const QString &text)
{
    m_switching = true;
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
    m_switching = false;
}

void RoomView::setUnread(int count)
{
    m_transcript->setUnread(count);
}

void RoomView::setCapabilities(const Capabilities &capabilities)
{
    m_transcript->setCapabilities(capabilities);
    m_topic->setVisible(capabilities.rooms);
    m_users->setVisible(capabilities.people);
    m_canEdit = capabilities.editing;
}

void RoomView::setPeople(PeopleModel *people)
{
    m_absence->watch(people, m_room);
}

void RoomView::setTopic(const QString &topic)
{
    m_topic->setText(topic.isEmpty() ? QString() : rowtext::isolated(topic));
}

void RoomView::showError(const QString &text)
{
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
}

QString RoomView::lengthNote() const
{
    return m_length->text();
}

void RoomView::send()
{
    if (m_editing > 0) {
        sendEdit();
        return;
    }
    if (m_silent || !m_edit->isSendable())
        return;
    const QString text = m_edit->message();
    m_edit->clear();
    if (!holdsSecret(text))
        m_edit->remember(text);
    showError({});
    m_transcript->scrollToNewest();
    emit sendRequested(text);
}

void RoomView::updateSend()
{
    const int length = m_edit->length();
    const int left = limits::messageText - length;
    QString note;
    if (left < 0)
        note = tr("%n characters too many to send", nullptr, -left);
    else if (length >= noteFrom)
        note = tr("%n characters left", nullptr, left);
    m_length->setText(note);
    m_length->setVisible(!note.isEmpty());
    m_send->setEnabled(!m_silent && (m_edit->isSendable() || (m_editing > 0 && length == 0)));
    m_send->setAccessibleDescription(m_silent ? m_silentLabel->text() : note);
}

/// Typing goes to the message box wherever the focus is.
void RoomView::typed(QKeyEvent *event)
{
    m_edit->setFocus();
    QCoreApplication::sendEvent(m_edit, event);
}

void RoomView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void RoomView::retranslate()
{
    m_send->setText(m_editing > 0 ? tr("&Save") : tr("&Send"));
    m_editLabel->setText(tr("You are editing your message. Esc leaves it as it was."));
    m_editCancel->setText(tr("Cancel"));
    m_editCancel->setAccessibleName(tr("Cancel editing"));
    m_users->setText(tr("&Users"));
    m_close->setText(tr("&Close"));
    m_speakAgain->setText(tr("Try Again"));
    if (m_silent)
        m_edit->setPlaceholderText(m_silentLabel->text());
    else
        m_edit->setPlaceholderText(
                m_room.isEmpty() ? QString() : tr("Message to %1").arg(rowtext::isolated(m_room)));
    m_edit->setAccessibleName(m_editing > 0 ? tr("Edited message") : tr("Message"));
    updateSend();
}

} // namespace teahouse::client
