#pragma once

#include <QStyledItemDelegate>

namespace teahouse::client {

/// Draws a room of the room list: bold while something is unread, with a filled badge for mentions
/// (`@2`) and private messages, and an open one for what else is unread. Names are plain text.
class RoomDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// Draws somebody of the people list: who is away or absent is dimmed and labelled; what somebody
/// is in the room stands there as a sign and a word.
class PersonDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// What is to be said about somebody: `form` has a place for the name.
    struct Words
    {
        QString form;
        QString name;
        QString role;
    };
    /// What of it there is room for.
    struct Fit
    {
        QString text;
        QString role;
    };
    static Fit fitting(const Words &words, const QFontMetrics &metrics, int width);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace teahouse::client
