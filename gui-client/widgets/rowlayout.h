#pragma once

#include "gui-client/models/transcriptrow.h"
#include "gui-client/widgets/linkfinder.h"

#include <QFont>
#include <QPalette>
#include <QRect>
#include <QTextLayout>

#include <algorithm>

class QPainter;

namespace teahouse::client {

/// What rows look like at the moment: follows the view's font, palette and width.
struct RowStyle
{
    RowStyle(const QFont &font, const QPalette &palette, int width);

    int bodyLeft() const { return lineHeight + timeWidth + lineHeight * 3 / 4; }
    int bodyWidth() const { return std::max(40, width - bodyLeft() - lineHeight); }

    QFont font;
    QPalette palette;
    int width;
    int lineHeight;
    int characterWidth;
    int timeWidth;
};

/// What of its neighbours a row must know.
struct RowContext
{
    bool newDay = false;
    bool firstOfGroup = true;
    bool firstNew = false; ///< the line "new messages" stands above it
    bool found = false;    ///< somebody has just been led to it
};

/// The parts of a row that can be clicked.
enum class RowPart { None, Author, Text, Link, Retry, Rewrite, Remove };

/// What is at a point of a row.
struct RowHit
{
    RowPart part = RowPart::None;
    int offset = 0; ///< in the body
    QUrl url = {};
};

/// One row of a transcript, laid out for a width: the day and the line "new messages" above it, the
/// author, the body, the time beside it and what became of it. Paints itself and says what is at a
/// point.
class RowLayout
{
public:
    RowLayout(const TranscriptRow &row, const RowContext &context, const RowStyle &style);
    Q_DISABLE_COPY_MOVE(RowLayout)

    int height() const { return m_height; }
    const TranscriptRow &row() const { return m_row; }
    int bodyLength() const { return static_cast<int>(m_body.size()); }

    /// Paints at the painter's origin; from..to of the body is selected.
    void paint(QPainter &painter, int from, int to) const;

    RowHit hit(const QPoint &point) const;
    QRect partRect(RowPart part) const;

    /// What is said about a point when the mouse rests there: where a link leads to, exactly as it
    /// is opened, or all of what is shown shortened. Plain text; mostly empty.
    QString tip(const QPoint &point) const;

    /// A row's height without laying it out, for those out of sight.
    static int estimate(const TranscriptRow &row, const RowStyle &style);

    /// The text of a body from..to as it is copied; `to` may lie behind the end.
    static QString copied(const QString &body, int from, int to);

private:
    void layOutLines();
    void layOutAuthor(int left);
    void layOutBody(int left);
    void layOutState(int left);
    void layOutGap();
    QList<QTextLayout::FormatRange> formats() const;
    void paintLine(QPainter &painter, const QRect &area, const QString &words,
                   const QColor &line) const;
    void paintLines(QPainter &painter) const;
    void paintAuthor(QPainter &painter) const;
    void paintTime(QPainter &painter) const;
    void paintBody(QPainter &painter, int from, int to) const;
    void paintState(QPainter &painter) const;
    void paintMark(QPainter &painter) const;
    int offsetAt(const QPoint &point) const;
    bool hasAuthorLine() const;

    TranscriptRow m_row;
    RowContext m_context;
    RowStyle m_style;
    QString m_body;
    QString m_state; ///< as it is shown
    QString m_wholeState;
    QList<Link> m_links;
    QTextLayout m_layout;
    QRect m_dayRect;
    QRect m_newRect;
    QRect m_timeRect;
    QRect m_authorRect;
    QRect m_bodyRect;
    QRect m_stateRect;
    QRect m_retryRect;
    QRect m_rewriteRect; ///< of what was not sent
    QRect m_removeRect;
    int m_height = 0;
};

} // namespace teahouse::client
