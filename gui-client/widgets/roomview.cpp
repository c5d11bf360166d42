// The room's parts and how they work together; editing is in roomview_edit.cpp.
#include "gui-client/widgets/roomview.h"

#include "gui-client/input/slashcommand.h"
#include "gui-client/models/transcriptmodel.h"
#include "gui-client/widgets/absencenote.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/transcriptview.h"
#include "gui-client/widgets/wrappedlabel.h"
#include "shared/limits.h"
#include "shared/text.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QInputMethod>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

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
    : QWidget(parent), m_name(new ElidedLabel(this)), m_topic(new QLabel(this)),
      m_transcript(new TranscriptView(this)), m_absence(new AbsenceNote(this)),
      m_error(new WrappedLabel(this)), m_editBar(new QWidget(this)),
      m_editLabel(new WrappedLabel(m_editBar)), m_editCancel(new QPushButton(m_editBar)),
      m_silentBar(new QWidget(this)), m_silentLabel(new WrappedLabel(m_silentBar)),
      m_speakAgain(new QPushButton(m_silentBar)), m_closedBar(new ClosedBar(this)),
      m_edit(new MessageEdit(this)), m_length(new WrappedLabel(this)),
      m_send(new QPushButton(this)), m_users(new QPushButton(this)), m_close(new QPushButton(this))
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
    m_topic->setTextFormat(Qt::PlainText);
    m_error->setMargin(6);
    m_error->setAutoFillBackground(true);
    m_error->setBackgroundRole(QPalette::ToolTipBase);
    m_error->setForegroundRole(QPalette::ToolTipText);
    m_error->hide();
    m_length->hide();
    for (QPushButton *button : {m_send, m_users, m_close, m_editCancel, m_speakAgain})
        button->setFocusPolicy(Qt::TabFocus); // a click takes no keys from the message box
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
    column->addWidget(m_closedBar);
    column->addWidget(buildComposer());
    setFocusProxy(m_edit);
    setTabOrder(m_transcript, m_editCancel);
    setTabOrder(m_editCancel, m_speakAgain);
    setTabOrder(m_speakAgain, m_closedBar->joinButton());
    setTabOrder(m_closedBar->joinButton(), m_closedBar->leaveButton());
    setTabOrder(m_closedBar->leaveButton(), m_edit);
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
        if (m_switching)
            return;
        emit written();
        // What holds a password is kept nowhere.
        const QString text = m_edit->draft();
        if (m_editing == 0)
            emit draftChanged(m_room, holdsSecret(text) ? QString() : text);
    });
    connect(m_send, &QPushButton::clicked, this, [this] {
        send();
        m_edit->setFocus();
    });
    connect(m_users, &QPushButton::toggled, this, &RoomView::usersToggled);
    connect(m_close, &QPushButton::clicked, this, &RoomView::closeRequested);
    connect(m_transcript, &TranscriptView::typed, this, &RoomView::typed);
    connect(m_closedBar, &ClosedBar::joinRequested, this, &RoomView::joinAgainRequested);
    connect(m_closedBar, &ClosedBar::leaveRequested, this, &RoomView::leaveRequested);
}

void RoomView::setRoom(const QString &room, TranscriptModel *transcript, const QString &draft)
{
    if (m_transcript->model())
        m_transcript->model()->disconnect(this);
    if (m_edit->hasFocus())
        QGuiApplication::inputMethod()->commit(); // what is being composed belongs here
    keepBox();
    m_room = room;
    m_name->setText(rowtext::isolated(room));
    m_transcript->setModel(transcript);
    showError({});
    takeBox(draft);
    if (transcript) {
        connect(transcript, &QAbstractItemModel::dataChanged, this, &RoomView::followEdited);
        connect(transcript, &QAbstractItemModel::rowsRemoved, this, &RoomView::followEdited);
    }
    const bool wasEnabled = isEnabled();
    setEnabled(!room.isEmpty());
    if (isEnabled() && !wasEnabled)
        m_edit->setFocus();
    retranslate();
}

void RoomView::rename(const QString &from, const QString &to)
{
    if (m_boxes.contains(from))
        m_boxes[to] = m_boxes.take(from);
    if (m_room != from)
        return;
    m_room = to;
    m_name->setText(rowtext::isolated(to));
    retranslate();
}

/// Keeps what only the box knows of its room: the draft is the model's.
void RoomView::keepBox()
{
    if (m_room.isEmpty())
        return;
    Box box = m_editing > 0 ? m_before : Box{m_edit->sentLines(), m_edit->toPlainText()};
    box.editing = std::exchange(m_editing, 0);
    box.edited = box.editing > 0 ? m_edit->toPlainText() : QString();
    box.isVoid = std::exchange(m_isVoid, false);
    m_boxes[m_room] = box;
}

void RoomView::takeBox(const QString &draft)
{
    const Box box = m_boxes.take(m_room);
    m_edit->setSentLines(box.sent);
    setText(box.sent.isRecalling() ? box.text : draft);
    m_editBar->setVisible(box.editing > 0);
    if (box.editing == 0)
        return;
    beginEdit(box.editing, box.edited);
    if (box.isVoid)
        setVoid();
    followEdited();
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
    m_topic->setToolTip(topic.isEmpty() ? QString() : u"<p>"_s + topic.toHtmlEscaped() + u"</p>"_s);
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
    if (m_silent || m_isClosed || !m_edit->isSendable())
        return;
    const QString text = m_edit->message();
    const QString unsent = m_edit->sentLines().unsent();
    m_edit->clear();
    if (!holdsSecret(text))
        m_edit->remember(text);
    else
        m_edit->remember({});
    showError({});
    // What was being written when the line was recalled. Now, since the room may change.
    if (!unsent.trimmed().isEmpty() && unsent.trimmed() != text) {
        m_edit->setPlainText(unsent);
        m_edit->moveCursor(QTextCursor::End);
    }
    if (isSpoken(text))
        m_transcript->showOwn();
    emit sendRequested(text);
}

/// Whether sending it adds something to the transcript.
bool RoomView::isSpoken(const QString &text) const
{
    const auto parsed = parseSlash(text);
    const auto *command = std::get_if<SlashCommand>(&parsed);
    return command && (command->verb == SlashVerb::Say || command->verb == SlashVerb::Me);
}

void RoomView::returnLine(const QString &text)
{
    if (const QString unsent = m_edit->toPlainText(); !unsent.trimmed().isEmpty())
        m_edit->remember(unsent);
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
}

/// Why it cannot be sent; empty: it can.
QString RoomView::excessNote(const Excess &excess)
{
    switch (excess.kind) {
    case Excess::Kind::None:
        break;
    case Excess::Kind::Characters:
        return tr("%n characters too many to send", nullptr, excess.by);
    case Excess::Kind::Lines:
        return tr("%n lines too many to send", nullptr, excess.by);
    case Excess::Kind::Name:
        return tr("The name has %n characters too many", nullptr, excess.by);
    }
    return {};
}

void RoomView::updateSend()
{
    const int length = m_edit->length();
    const Excess excess = m_edit->excess();
    QString note = excessNote(excess);
    if (!excess && length >= noteFrom)
        note = tr("%n characters left", nullptr, limits::messageText - length);
    m_length->setText(note);
    m_length->setVisible(!note.isEmpty());
    m_send->setEnabled(!m_silent && !m_isClosed && !m_isVoid
                       && (m_edit->isSendable() || (m_editing > 0 && length == 0)));
    m_send->setAccessibleDescription(m_silent ? m_silentLabel->text() : note);
}

/// Typing goes to the message box wherever the focus is.
void RoomView::typed(QKeyEvent *event)
{
    if (m_silent)
        return;
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
    m_editLabel->setText(
            m_isVoid ? tr("The message you were editing is no longer there. Your text stays until "
                          "you cancel; copy what you need.")
                     : tr("You are editing your message. Esc leaves it as it was."));
    m_editCancel->setText(tr("Cancel"));
    m_editCancel->setAccessibleName(tr("Cancel editing"));
    m_users->setText(tr("&Users"));
    m_close->setText(tr("&Close"));
    m_speakAgain->setText(tr("Try Again"));
    if (m_silent)
        m_edit->setPrompt(m_silentLabel->text());
    else if (m_isClosed)
        m_edit->setPrompt(tr("You cannot send messages here."));
    else
        m_edit->setPrompt(m_room.isEmpty() ? QString()
                                           : tr("Message to %1").arg(rowtext::isolated(m_room)));
    m_edit->setAccessibleName(m_editing > 0 ? tr("Edited message") : tr("Message"));
    updateSend();
}

} // namespace teahouse::client
