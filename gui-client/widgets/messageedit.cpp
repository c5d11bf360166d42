#include "gui-client/widgets/messageedit.h"

#include "shared/limits.h"
#include "shared/text.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

namespace teahouse::client {

MessageEdit::MessageEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(6);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &MessageEdit::adjustHeight);
    adjustHeight();
}

QString MessageEdit::message() const
{
    return cleanText(toPlainText()).trimmed();
}

int MessageEdit::length() const
{
    return codePoints(message());
}

Excess MessageEdit::excess() const
{
    return typedExcess(message());
}

bool MessageEdit::isSendable() const
{
    return !message().isEmpty() && !excess();
}

void MessageEdit::remember(const QString &text)
{
    m_sent.remember(text);
}

QSize MessageEdit::sizeHint() const
{
    const int lines = std::clamp(lineCount(), 1, mostLines);
    const auto margins = static_cast<int>(2 * document()->documentMargin()) + 2 * frameWidth();
    return {fontMetrics().averageCharWidth() * 40, lines * fontMetrics().lineSpacing() + margins};
}

QSize MessageEdit::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 10, sizeHint().height()};
}

/// The lines as they are wrapped at present.
int MessageEdit::lineCount() const
{
    return qRound(document()->size().height());
}

void MessageEdit::adjustHeight()
{
    setVerticalScrollBarPolicy(lineCount() > mostLines ? Qt::ScrollBarAsNeeded
                                                       : Qt::ScrollBarAlwaysOff);
    if (height() != sizeHint().height()) {
        setFixedHeight(sizeHint().height());
        ensureCursorVisible();
    }
}

void MessageEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        adjustHeight();
}

void MessageEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    showPrompt();
}

void MessageEdit::setPrompt(const QString &text)
{
    m_prompt = text;
    showPrompt();
}

void MessageEdit::showPrompt()
{
    const int room = viewport()->width() - qCeil(2 * document()->documentMargin());
    const QString shown = fontMetrics().elidedText(m_prompt, Qt::ElideRight, room);
    if (shown != placeholderText())
        setPlaceholderText(shown);
}

void MessageEdit::setNames(std::function<KnownNames()> source)
{
    m_completer.setSource(std::move(source));
}

void MessageEdit::complete()
{
    QTextCursor cursor = textCursor();
    const int end = cursor.position();
    const auto edit = m_completer.next(toPlainText(), end);
    if (!edit)
        return;
    cursor.beginEditBlock(); // undone apart from what was typed
    cursor.setPosition(static_cast<int>(edit->start));
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    cursor.insertText(edit->text);
    cursor.endEditBlock();
    setTextCursor(cursor);
}

/// Tab never gets as far as keyPressEvent(): QWidget moves the focus by it before.
bool MessageEdit::event(QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const QTextCursor cursor = textCursor();
        if (key->key() == Qt::Key_Tab && key->modifiers() == Qt::NoModifier
            && !cursor.hasSelection() && m_completer.isWanted(toPlainText(), cursor.position())) {
            complete();
            event->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void MessageEdit::keyPressEvent(QKeyEvent *event)
{
    if (handleEnter(event) || handleRecall(event))
        return;
    switch (event->key()) {
    case Qt::Key_PageUp:
        emit pageRequested(-1);
        return;
    case Qt::Key_PageDown:
        emit pageRequested(1);
        return;
    case Qt::Key_Escape:
        emit newestRequested();
        return;
    default:
        QPlainTextEdit::keyPressEvent(event);
    }
}

bool MessageEdit::handleEnter(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        return false;
    if (event->modifiers() & Qt::ShiftModifier)
        insertPlainText(QStringLiteral("\n")); // QPlainTextEdit would put a line separator
    else
        emit sendRequested();
    return true;
}

/// Up and Down move the cursor where there is a line to go to, and recall where there is none.
bool MessageEdit::handleRecall(QKeyEvent *event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool always = modifiers == Qt::ControlModifier;
    if (modifiers != Qt::NoModifier && !always)
        return false;
    if (event->key() == Qt::Key_Up && (always || isOnFirstLine())) {
        if (!always && !m_sent.isRecalling() && document()->isEmpty())
            emit editLastRequested();
        else
            recallPrevious();
        return always || !m_sent.isEmpty() || document()->isEmpty();
    }
    if (event->key() == Qt::Key_Down && m_sent.isRecalling() && (always || isOnLastLine())) {
        if (const auto text = m_sent.next(toPlainText()))
            replaceText(*text);
        return true;
    }
    return false;
}

void MessageEdit::recallPrevious()
{
    if (const auto text = m_sent.previous(toPlainText()))
        replaceText(*text);
}

bool MessageEdit::isOnFirstLine() const
{
    QTextCursor cursor = textCursor();
    return !cursor.movePosition(QTextCursor::Up);
}

bool MessageEdit::isOnLastLine() const
{
    QTextCursor cursor = textCursor();
    return !cursor.movePosition(QTextCursor::Down);
}

void MessageEdit::replaceText(const QString &text)
{
    // Through the cursor, so that it can be undone.
    QTextCursor cursor = textCursor();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    setTextCursor(cursor);
}

bool MessageEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText();
}

void MessageEdit::insertFromMimeData(const QMimeData *source)
{
    QString text = source->text();
    if (text.size() > mostPasted) {
        text.truncate(mostPasted);
        if (text.back().isHighSurrogate())
            text.chop(1);
        emit pasteShortened(static_cast<int>(mostPasted));
    }
    insertPlainText(cleanText(text));
}

} // namespace teahouse::client
