#pragma once

#include "gui-client/input/completer.h"
#include "gui-client/input/sentlines.h"
#include "gui-client/input/textlimits.h"

#include <QPlainTextEdit>

namespace teahouse::client {

/// The box in which a message is written. Grows from one line to six. Enter sends, Shift+Enter
/// breaks the line; Up on the first line and Down on the last bring back what was sent before. Up
/// in an empty box asks to edit the last message; Ctrl+Up brings back what was sent all the same.
/// Tab completes the word before the cursor, and moves the focus where there is none.
/// Takes nothing but plain text.
class MessageEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit MessageEdit(QWidget *parent = nullptr);

    static constexpr int mostLines = 6;

    /// Of a paste, no more than this many UTF-16 units are taken: more could never be sent.
    static constexpr qsizetype mostPasted = 8000;

    /// The text as it would be sent: without blank ends.
    QString message() const;

    /// Code points in message().
    int length() const;

    /// What is too much of it for a server, be it a message or a command.
    Excess excess() const;
    bool isSendable() const; ///< there is something, and not too much

    /// What stands in the empty box, shortened to one line.
    void setPrompt(const QString &text);

    /// Remembers a sent line for recall.
    void remember(const QString &text);

    /// Brings back the line before, if there is one.
    void recallPrevious();

    /// What was sent before and where in it the user is: another room has other lines. The text
    /// does not change with them.
    const SentLines &sentLines() const { return m_sent; }
    void setSentLines(const SentLines &lines) { m_sent = lines; }

    /// What of the box is to be kept as a draft.
    QString draft() const { return m_sent.draft(toPlainText()); }

    /// Where what is completed comes from.
    void setNames(std::function<KnownNames()> source);

    /// Replaces the text, and it can be undone.
    void replaceText(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public slots:
    /// Completes what stands before the cursor, or offers the next completion.
    void complete();

signals:
    void sendRequested();
    void pageRequested(int pages); ///< the transcript should scroll, +1 down, -1 up
    void newestRequested();        ///< Escape
    void editLastRequested();      ///< Up while nothing is written
    void pasteShortened(int most);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    bool handleEnter(QKeyEvent *event);
    bool handleRecall(QKeyEvent *event);
    bool isOnFirstLine() const;
    bool isOnLastLine() const;
    void adjustHeight();
    void showPrompt();
    int lineCount() const;

    Completer m_completer;
    SentLines m_sent;
    QString m_prompt;
};

} // namespace teahouse::client
