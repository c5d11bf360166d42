#pragma once

#include "server/core/store.h"
#include "server/store/database.h"

namespace teahouse::server {

/// What the index knows a message by.
struct IndexedMessage
{
    quint64 id = 0;
    RoomId room = 0;
    QString speaker = {};
    QString text = {};
};

/// The words of messages, an FTS5 table whose rows are numbered like the items: the writer's part.
/// The room and the speaker are words, too, so that no query looks at other rooms' messages.
/// Functions throw DatabaseError.
class SearchIndex
{
public:
    explicit SearchIndex(Database &database);

    void add(const IndexedMessage &message);

    /// Takes out what was added; the message must be as it was then.
    void remove(const IndexedMessage &message);

    /// Takes out all of it.
    void clear();

    /// Puts together for about so many pages what was added and removed bit by bit, or goes on
    /// rewriting. False: there is nothing left to do.
    bool mergeSome(int pages);

    /// The same when something was added or removed since this was called last, for it does not
    /// happen by itself; before the commit.
    void mergeChanged(int pages);

    /// Begins to rewrite the index, so that what was removed leaves its pages.
    void beginRewriting();

    /// All of it was rewritten.
    void endRewriting();

    /// All words of a message, with a blank behind each.
    static QString wordsOf(const IndexedMessage &message);

    /// The word that stands for a room.
    static QString roomWord(RoomId room);

    /// The word that stands for a speaker's name, in any case.
    static QString speakerWord(const QString &name);

private:
    Database &m_database;
    Statement m_add;
    Statement m_remove;
    Statement m_merge;
    Statement m_mergeFrom;
    bool m_isChanged = false;
};

} // namespace teahouse::server
