#pragma once

#include <QDateTime>
#include <QList>
#include <QStyledItemDelegate>

#include <utility>

namespace teahouse::client {

/// Part of a text, around the first place of what was searched for, in one line.
struct Excerpt
{
    QString text;
    QList<std::pair<qsizetype, qsizetype>> marks; ///< start and length
};
Excerpt excerptOf(const QString &text, const QStringList &words);

/// Draws a message that was found: who, where and when, and below it two lines of the text with the
/// words marked. Everything is plain text.
class SearchDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// The day and the time, as short as they are clear.
    static QString moment(const QDateTime &time);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    static void paintHead(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
                          const QModelIndex &index);
    static void paintText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
                          const QModelIndex &index);
};

} // namespace teahouse::client
