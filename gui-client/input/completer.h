#pragma once

#include "shared/chatprotocol.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace teahouse::client {

/// What names there are, each list in the order in which they are offered.
struct KnownNames
{
    QStringList people; ///< who spoke last stands first
    QStringList ignored;
    QStringList rooms;
    Capabilities server = capabilitiesOf(ChatProtocol::Automatic); ///< which commands there are
};

/// Completes the word before the cursor of the message box: a command, what a command is about, or
/// the name of somebody. Asked again, it offers the next one, and at last what was typed. Owned by
/// the message box; knows no widget.
///
///     "/" LETTERS              a command of the table
///     "/" COMMAND " " LETTERS  a name or a word, as the table says what the command takes
///     LETTERS                  the name of somebody; at the beginning of a line ": " follows
///     "@" LETTERS              the same, with the mark
///
/// Where blanks are not written between words, a name may begin within what was typed.
class Completer
{
public:
    /// Replaces what stands from `start` to the cursor.
    struct Edit
    {
        qsizetype start = 0;
        QString text;

        bool operator==(const Edit &) const = default;
    };

    /// Asked when somebody begins to complete. Without it nothing is completed.
    void setSource(std::function<KnownNames()> source) { m_source = std::move(source); }

    /// The next completion; nothing when there is none.
    std::optional<Edit> next(const QString &text, qsizetype cursor);

    /// Whether a word stands before the cursor, or the text is what the last completion left and
    /// there is another one.
    bool isWanted(const QString &text, qsizetype cursor) const;

private:
    bool begin(const QString &text, qsizetype cursor);
    bool goesOn(const QString &text, qsizetype cursor) const;

    std::function<KnownNames()> m_source;
    QStringList m_choices; ///< the last one is what was typed
    qsizetype m_chosen = 0;
    qsizetype m_start = 0;
    QString m_before; ///< what stood before the cursor and behind it
    QString m_behind;
};

} // namespace teahouse::client
