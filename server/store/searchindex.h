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

    /// Begins to rewrite the index, so that what was removed leaves its pages.
    void beginRewriting();

    /// Puts together for about so many pages what was added bit by bit, or goes on rewriting.
    /// False: there is nothing left to do. To be called with what is added, for it does not happen
    /// by itself.
    bool mergeSome(int pages);

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
};

} // namespace teahouse::server
