#pragma once

#include <QList>
#include <QString>

#include <limits>

namespace teahouse::client {

/// What a row of a transcript is.
enum class RowKind {
    Message,
    Action,   ///< said with `me`
    Presence, ///< comings and goings, folded
    Topic,    ///< the room's topic became `text`
    Role,     ///< `subject` has become `text`
    Gone,     ///< seq..to were erased or have expired
    Notice,   ///< the server says `text`; or the client, about the connection
    Gap,      ///< seq..to exist and are not loaded; Pending: asked for, Failed: not to be had
};

/// How far an own message has come. What others say is Sent.
enum class RowState {
    Sent,
    Pending,
    Failed,
    Unconfirmed, ///< the server could not say whether it was stored: it may appear yet
};

/// Coming, or a way of going.
enum class Presence {
    Entered,
    Left,
    LoggedOut,
    Lost, ///< the connection broke
    Kicked,
    Banned,
};

/// One person in a row of folded comings and goings: what was seen first, and what last.
struct PresenceChange
{
    QString name;
    Presence first = Presence::Entered;
    Presence last = Presence::Entered;

    bool operator==(const PresenceChange &) const = default;
};

/// One row of a transcript.
struct TranscriptRow
{
    /// The rank of what is on its way: behind everything else.
    static constexpr quint64 unsettled = std::numeric_limits<quint64>::max();

    RowKind kind = RowKind::Message;
    RowState state = RowState::Sent;
    quint64 seq = 0;  ///< 0: not numbered (yet)
    quint64 to = 0;   ///< Gone, Gap: the last number of the range
    quint64 rank = 0; ///< what rows are sorted by: the own number, or that of the row before
    quint64 asOf = 0; ///< changes up to this number are in it
    qint64 time = 0;  ///< milliseconds since 1970 UTC
    QString cid;      ///< own messages of this session
    QString author;
    QString text;
    QString subject;
    QString error; ///< Failed, Unconfirmed: why; may be empty
    bool own = false;
    bool mention = false;
    bool edited = false;
    QList<PresenceChange> presence;
};

/// Whether somebody said it.
inline bool isSpeech(const TranscriptRow &row)
{
    return row.kind == RowKind::Message || row.kind == RowKind::Action;
}

/// Whether it waits for a person's decision: to be tried again, or to be removed.
inline bool isStuck(const TranscriptRow &row)
{
    return isSpeech(row) && (row.state == RowState::Failed || row.state == RowState::Unconfirmed);
}

} // namespace teahouse::client
