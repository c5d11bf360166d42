#include "gui-client/widgets/rowlayout.h"

#include "gui-client/widgets/namecolor.h"
#include "gui-client/widgets/rowtext.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int sameGroupGap = 2;
constexpr int newGroupGap = 10;

class RowWords
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::RowLayout)
};

QFont smaller(QFont font)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.85);
    else
        font.setPixelSize(std::max(8, font.pixelSize() * 85 / 100));
    return font;
}

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto mix = [share](int a, int b) { return int(std::lround(a + (b - a) * share)); };
    return QColor(mix(one.red(), other.red()), mix(one.green(), other.green()),
                  mix(one.blue(), other.blue()));
}

QColor baseColor(const RowStyle &style)
{
    return style.palette.color(QPalette::Base);
}

/// Less loud than text, and still readable.
QColor quiet(const RowStyle &style)
{
    return readable(mixed(style.palette.color(QPalette::Text), baseColor(style), 0.42),
                    baseColor(style));
}

QColor warning(const RowStyle &style)
{
    return readable(QColor(204, 51, 51), baseColor(style));
}

QString editedMark()
{
    return u"  "_s + RowWords::tr("(edited)");
}

} // namespace

RowStyle::RowStyle(const QFont &ofFont, const QPalette &ofPalette, int ofWidth)
    : font(ofFont), palette(ofPalette), width(ofWidth)
{
    const QFontMetrics metrics(font);
    lineHeight = metrics.height();
    characterWidth = std::max(1, metrics.averageCharWidth());
    const QString sample = rowtext::time(QTime(20, 58));
    timeWidth = QFontMetrics(smaller(font)).horizontalAdvance(sample);
}

RowLayout::RowLayout(const TranscriptRow &row, const RowContext &context, const RowStyle &style)
    : m_row(row), m_context(context), m_style(style), m_body(rowtext::body(row))
{
    layOutLines();
    const bool apart = m_context.firstOfGroup && m_row.kind != RowKind::Presence;
    m_height += apart ? newGroupGap : sameGroupGap;
    const int left = m_style.bodyLeft();
    layOutAuthor(left);
    layOutBody(left);
    layOutState(left);
    layOutGap();
    m_height += sameGroupGap;
}

/// The lines across the view above the row.
void RowLayout::layOutLines()
{
    const int height = m_style.lineHeight * 2;
    for (auto [wanted, rect] :
         {std::pair(m_context.newDay, &m_dayRect), std::pair(m_context.firstNew, &m_newRect)}) {
        if (!wanted)
            continue;
        *rect = QRect(0, m_height, m_style.width, height);
        m_height += height;
    }
}

bool RowLayout::hasAuthorLine() const
{
    return m_row.kind == RowKind::Message && m_context.firstOfGroup;
}

void RowLayout::layOutAuthor(int left)
{
    if (!hasAuthorLine())
        return;
    const QFontMetrics metrics(bold(m_style.font));
    const int width = std::min(metrics.horizontalAdvance(m_row.author), m_style.bodyWidth());
    m_authorRect = QRect(left, m_height, width, metrics.height());
    m_height += metrics.height() + 1;
}

void RowLayout::layOutBody(int left)
{
    if (isSpeech(m_row) || m_row.kind == RowKind::Topic || m_row.kind == RowKind::Notice)
        m_links = findLinks(m_body);
    m_layout.setText(m_row.edited ? m_body + editedMark() : m_body);
    QFont font = m_style.font;
    font.setItalic(m_row.kind != RowKind::Message);
    m_layout.setFont(font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    m_layout.setTextOption(option);
    m_layout.setFormats(formats());
    m_layout.setCacheEnabled(true);
    m_layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
        line.setLineWidth(m_style.bodyWidth());
        line.setPosition({0, y});
        y += line.height();
    }
    m_layout.endLayout();
    m_bodyRect = QRect(left, m_height, m_style.bodyWidth(), static_cast<int>(std::ceil(y)));

    const QFontMetrics small(smaller(m_style.font));
    const QFontMetrics normal(m_style.font);
    const int top = hasAuthorLine() ? m_authorRect.top() : m_bodyRect.top();
    m_timeRect = QRect(m_style.lineHeight, top + normal.ascent() - small.ascent(),
                       m_style.timeWidth, small.height());
    m_height += m_bodyRect.height();
}

void RowLayout::layOutState(int left)
{
    if (!isStuck(m_row))
        return;
    const QFontMetrics metrics(m_style.font);
    const int gap = metrics.height();
    const int retry = metrics.horizontalAdvance(RowWords::tr("Retry"));
    // What may have been sent is not written anew.
    const bool fails = m_row.state == RowState::Failed;
    const int rewrite = fails ? metrics.horizontalAdvance(RowWords::tr("Edit")) + gap : 0;
    const int remove = metrics.horizontalAdvance(RowWords::tr("Remove"));
    const int room = std::max(0, m_style.bodyWidth() - retry - rewrite - remove - 2 * gap);
    QString state = m_row.error.isEmpty() ? RowWords::tr("Not sent.")
                                          : RowWords::tr("Not sent: %1").arg(m_row.error);
    if (m_row.state == RowState::Unconfirmed)
        state = m_row.error.isEmpty() ? RowWords::tr("Not confirmed yet.") : m_row.error;
    m_wholeState = state;
    m_state = metrics.elidedText(state, Qt::ElideRight, room);
    m_stateRect = QRect(left, m_height + 1, metrics.horizontalAdvance(m_state), metrics.height());
    m_retryRect = QRect(m_stateRect.right() + gap, m_stateRect.top(), retry, metrics.height());
    if (fails)
        m_rewriteRect = QRect(m_retryRect.right() + gap, m_stateRect.top(), rewrite - gap,
                              metrics.height());
    m_removeRect = QRect(m_retryRect.right() + rewrite + gap, m_stateRect.top(), remove,
                         metrics.height());
    m_height += metrics.height() + 3;
}

/// What is missing can be asked for again behind the words that say so.
void RowLayout::layOutGap()
{
    if (m_row.kind != RowKind::Gap || m_row.state != RowState::Failed)
        return;
    const QFontMetrics metrics(m_style.font);
    m_retryRect = QRect(m_bodyRect.left(), m_height + 1,
                        metrics.horizontalAdvance(RowWords::tr("Retry")), metrics.height());
    m_height += metrics.height() + 3;
}

QList<QTextLayout::FormatRange> RowLayout::formats() const
{
    QList<QTextLayout::FormatRange> ranges;
    for (const Link &link : m_links) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(link.start);
        range.length = static_cast<int>(link.length);
        range.format.setFontUnderline(true);
        range.format.setForeground(
                readable(m_style.palette.color(QPalette::Link), baseColor(m_style)));
        ranges.append(range);
    }
    if (m_row.edited) {
        QTextLayout::FormatRange range;
        range.start = bodyLength();
        range.length = static_cast<int>(editedMark().size());
        range.format.setForeground(quiet(m_style));
        ranges.append(range);
    }
    return ranges;
}

void RowLayout::paint(QPainter &painter, int from, int to) const
{
    paintLines(painter);
    paintMark(painter);
    if (hasAuthorLine())
        paintAuthor(painter);
    if (m_row.kind != RowKind::Gap)
        paintTime(painter);
    paintBody(painter, from, to);
    paintState(painter);
}

void RowLayout::paintLines(QPainter &painter) const
{
    const QColor faint = mixed(m_style.palette.color(QPalette::Text), baseColor(m_style), 0.82);
    if (m_context.newDay)
        paintLine(painter, m_dayRect, rowtext::day(m_row), faint);
    if (m_context.firstNew)
        paintLine(painter, m_newRect, RowWords::tr("New messages"),
                  readable(m_style.palette.color(QPalette::Highlight), baseColor(m_style)));
}

/// A line across the view with words in its middle.
void RowLayout::paintLine(QPainter &painter, const QRect &area, const QString &words,
                          const QColor &line) const
{
    const QFont font = smaller(bold(m_style.font));
    const int width = QFontMetrics(font).horizontalAdvance(words) + 2 * m_style.lineHeight;
    const QRect text(area.center().x() - width / 2, area.top(), width, area.height());
    painter.setFont(font);
    painter.setPen(&area == &m_newRect ? line : quiet(m_style));
    painter.drawText(text, Qt::AlignCenter, words);
    painter.setPen(line);
    const int y = area.center().y();
    painter.drawLine(m_style.lineHeight, y, text.left(), y);
    painter.drawLine(text.right(), y, m_style.width - m_style.lineHeight, y);
}

/// Mentions have a bar and a tint, notices a frame.
void RowLayout::paintMark(QPainter &painter) const
{
    const int top = m_authorRect.isValid() ? m_authorRect.top() : m_bodyRect.top();
    const QRect area(0, top - 2, m_style.width, m_height - top + 2);
    const QColor accent = m_style.palette.color(QPalette::Highlight);
    if (m_context.found) {
        painter.fillRect(area, mixed(baseColor(m_style), accent, 0.3));
        painter.setPen(readable(accent, baseColor(m_style)));
        painter.drawRect(area.adjusted(0, 0, -1, -1));
    } else if (m_row.mention) {
        painter.fillRect(area, mixed(baseColor(m_style), accent, 0.12));
        painter.fillRect(QRect(area.topLeft(), QSize(4, area.height())), accent);
    } else if (m_row.kind == RowKind::Notice) {
        const QColor line = mixed(m_style.palette.color(QPalette::Text), baseColor(m_style), 0.7);
        painter.fillRect(QRect(m_bodyRect.left() - m_style.lineHeight / 2, m_bodyRect.top(), 2,
                               m_bodyRect.height()),
                         line);
    }
}

void RowLayout::paintAuthor(QPainter &painter) const
{
    const QFont font = bold(m_style.font);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    painter.setPen(nameColor(m_row.author, baseColor(m_style)));
    painter.drawText(m_authorRect.left(), m_authorRect.top() + metrics.ascent(),
                     metrics.elidedText(m_row.author, Qt::ElideRight, m_bodyRect.width()));
    if (!m_row.own)
        return;
    painter.setFont(m_style.font);
    painter.setPen(quiet(m_style));
    painter.drawText(m_authorRect.right() + metrics.averageCharWidth(),
                     m_authorRect.top() + metrics.ascent(),
                     RowWords::tr("(you)", "behind one's own name"));
}

void RowLayout::paintTime(QPainter &painter) const
{
    const QFont font = smaller(m_style.font);
    painter.setFont(font);
    QString text = rowtext::time(m_row);
    QColor color = quiet(m_style);
    if (m_row.state == RowState::Pending) {
        text = QString(QChar(0x2026));
    } else if (isStuck(m_row)) {
        text = m_row.state == RowState::Failed ? u"!"_s : u"?"_s;
        painter.setFont(bold(m_style.font));
        color = warning(m_style);
    }
    painter.setPen(color);
    painter.drawText(m_timeRect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, text);
}

void RowLayout::paintBody(QPainter &painter, int from, int to) const
{
    const bool dimmed = m_row.state == RowState::Pending || !isSpeech(m_row);
    painter.setPen(dimmed ? quiet(m_style) : m_style.palette.color(QPalette::Text));
    QList<QTextLayout::FormatRange> selections;
    if (to > from) {
        QTextLayout::FormatRange range;
        range.start = from;
        range.length = to - from;
        range.format.setBackground(m_style.palette.brush(QPalette::Highlight));
        range.format.setForeground(m_style.palette.brush(QPalette::HighlightedText));
        selections.append(range);
    }
    m_layout.draw(&painter, m_bodyRect.topLeft(), selections);
}

void RowLayout::paintState(QPainter &painter) const
{
    QFont font = m_style.font;
    painter.setFont(font);
    painter.setPen(warning(m_style));
    if (!m_stateRect.isEmpty())
        painter.drawText(m_stateRect, Qt::AlignLeft | Qt::TextDontClip, m_state);
    font.setUnderline(true);
    painter.setFont(font);
    painter.setPen(readable(m_style.palette.color(QPalette::Link), baseColor(m_style)));
    if (!m_retryRect.isEmpty())
        painter.drawText(m_retryRect, Qt::AlignLeft | Qt::TextDontClip, RowWords::tr("Retry"));
    if (!m_rewriteRect.isEmpty())
        painter.drawText(m_rewriteRect, Qt::AlignLeft | Qt::TextDontClip, RowWords::tr("Edit"));
    if (!m_removeRect.isEmpty())
        painter.drawText(m_removeRect, Qt::AlignLeft | Qt::TextDontClip, RowWords::tr("Remove"));
}

int RowLayout::offsetAt(const QPoint &point) const
{
    if (point.y() < m_bodyRect.top())
        return 0;
    const QPoint inside = point - m_bodyRect.topLeft();
    for (int i = 0; i < m_layout.lineCount(); ++i) {
        const QTextLine line = m_layout.lineAt(i);
        if (inside.y() < line.y() + line.height())
            return std::min(line.xToCursor(inside.x()), bodyLength());
    }
    return bodyLength();
}

RowHit RowLayout::hit(const QPoint &point) const
{
    RowHit hit;
    hit.offset = offsetAt(point);
    if (m_retryRect.contains(point))
        hit.part = RowPart::Retry;
    else if (m_rewriteRect.contains(point))
        hit.part = RowPart::Rewrite;
    else if (m_removeRect.contains(point))
        hit.part = RowPart::Remove;
    else if (m_authorRect.contains(point))
        hit.part = RowPart::Author;
    if (hit.part != RowPart::None || !m_bodyRect.contains(point))
        return hit;
    hit.part = RowPart::Text;
    const int lineAt = m_layout.lineForTextPosition(hit.offset).lineNumber();
    const QTextLine line = m_layout.lineAt(lineAt);
    const int x = point.x() - m_bodyRect.left();
    if (!line.isValid()
        || !line.naturalTextRect().contains(QPointF(x, point.y() - m_bodyRect.top())))
        return hit;
    const int character = line.xToCursor(x, QTextLine::CursorOnCharacter);
    for (const Link &link : m_links) {
        if (character >= link.start && character < link.start + link.length) {
            hit.part = RowPart::Link;
            hit.url = link.url;
        }
    }
    return hit;
}

QString RowLayout::tip(const QPoint &point) const
{
    const RowHit what = hit(point);
    if (what.part == RowPart::Link)
        return what.url.toString(QUrl::FullyEncoded);
    if (m_stateRect.contains(point) && m_state != m_wholeState)
        return m_wholeState;
    const int whole = QFontMetrics(bold(m_style.font)).horizontalAdvance(m_row.author);
    return what.part == RowPart::Author && whole > m_authorRect.width() ? m_row.author : QString();
}

QRect RowLayout::partRect(RowPart part) const
{
    switch (part) {
    case RowPart::Author:
        return m_authorRect;
    case RowPart::Text:
        return m_bodyRect;
    case RowPart::Retry:
        return m_retryRect;
    case RowPart::Rewrite:
        return m_rewriteRect;
    case RowPart::Remove:
        return m_removeRect;
    case RowPart::Link:
        if (!m_links.isEmpty()) {
            const auto start = static_cast<int>(m_links.first().start);
            const QTextLine line = m_layout.lineForTextPosition(start);
            const int x = static_cast<int>(line.cursorToX(start));
            return QRect(m_bodyRect.left() + x, m_bodyRect.top() + static_cast<int>(line.y()),
                         QFontMetrics(m_style.font).averageCharWidth() * 4,
                         static_cast<int>(line.height()));
        }
        break;
    case RowPart::None:
        break;
    }
    return {};
}

int RowLayout::estimate(const TranscriptRow &row, const RowStyle &style)
{
    const qsizetype perLine = std::max(1, style.bodyWidth() / style.characterWidth);
    const qsizetype lines = 1 + std::min<qsizetype>(row.text.size(), 12000) / perLine;
    return static_cast<int>(lines + 1) * style.lineHeight + newGroupGap;
}

QString RowLayout::copied(const QString &body, int from, int to)
{
    QString text = body.mid(from, to - from);
    text.replace(QChar(QChar::LineSeparator), u'\n');
    text.remove(QChar(0x2068)).remove(QChar(0x2069));
    return text;
}

} // namespace teahouse::client
