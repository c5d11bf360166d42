#pragma once

#include <QMap>
#include <QString>

namespace teahouse::client {

/// The unsent texts of one login, one a room. A draft outlives its room: it is there again when the
/// user comes back to a room of that name. Upper and lower case in room names are the same.
class Drafts
{
public:
    /// Blank text forgets the draft.
    void set(const QString &room, const QString &text);

    /// Empty if there is none.
    QString text(const QString &room) const;

    void forget(const QString &room) { set(room, {}); }

    /// The draft of `from` belongs to `to` from now on.
    void move(const QString &from, const QString &to);

    /// All drafts by room name, as spelled when they were set.
    QMap<QString, QString> all() const;

private:
    struct Draft
    {
        QString room;
        QString text;
    };
    QMap<QString, Draft> m_drafts; ///< by folded name
};

} // namespace teahouse::client
