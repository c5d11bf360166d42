#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace teahouse::client {

/// What was sent in one room, for recall, and where in it the user is. What stands in the message
/// box is never lost by stepping: a recalled line keeps what was changed in it until the next line
/// is sent, and the unsent text comes back behind the newest line.
class SentLines
{
public:
    static constexpr qsizetype mostRemembered = 100;

    /// Adds a line, unless it repeats the newest one. Ends a recall; the unsent text is dropped, so
    /// take it first.
    void remember(const QString &text);

    /// The text to show in place of `shown`, one line further back; nothing if there is none.
    std::optional<QString> previous(const QString &shown);

    /// The same in the other direction; the last one is the unsent text.
    std::optional<QString> next(const QString &shown);

    /// A sent line is shown in place of the unsent text.
    bool isRecalling() const { return m_at >= 0; }
    bool isEmpty() const { return m_lines.isEmpty(); }

    /// What was being written when the recall began; empty outside a recall.
    QString unsent() const;

    /// What to keep of the box as a draft, when it shows `shown`: while an unchanged sent line is
    /// shown, the unsent text.
    QString draft(const QString &shown) const;

private:
    QString at(qsizetype place) const;
    std::optional<QString> step(qsizetype to, const QString &shown);

    QStringList m_lines;
    QHash<qsizetype, QString> m_changed; ///< by place; -1 is the unsent text
    qsizetype m_at = -1;                 ///< index in m_lines; -1: something new is written
};

} // namespace teahouse::client
