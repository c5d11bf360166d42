#include "server/store/searchindex.h"

#include "server/store/searchwords.h"
#include "shared/names.h"

#include <utility>

namespace teahouse::server {

namespace {

// Characters for private use begin the words that no text can contain.
constexpr QChar roomMark(0xE000);
constexpr QChar speakerMark(0xE001);
constexpr char16_t signs = 0xE100; ///< stands for ASCII signs, at which the tokenizer would cut

} // namespace

SearchIndex::SearchIndex(Database &database)
    : m_database(database), m_add(database, "INSERT INTO words (rowid, text) VALUES (?, ?)"),
      m_remove(database, "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"),
      m_merge(database, "INSERT INTO words (words, rank) VALUES ('merge', ?)"),
      m_mergeFrom(database, "INSERT INTO words (words, rank) VALUES ('usermerge', ?)")
{
}

void SearchIndex::add(const IndexedMessage &message)
{
    m_isChanged = true;
    m_add.with(message.id, wordsOf(message)).run();
}

void SearchIndex::remove(const IndexedMessage &message)
{
    m_isChanged = true;
    m_remove.with(message.id, wordsOf(message)).run();
}

void SearchIndex::clear()
{
    m_isChanged = false;
    m_database.run("INSERT INTO words (words) VALUES ('delete-all')");
}

/// A negative number makes FTS5 merge all of the index into one segment, step by step, while a
/// positive one goes on with that (https://www.sqlite.org/fts5.html#the_merge_command).
///
/// FTS5 leaves that for segments that were added meanwhile, as soon as there are more of them than
/// it merges, and does nothing at all while they are fewer than `usermerge`.
void SearchIndex::beginRewriting()
{
    m_mergeFrom.with(2).run();
    m_merge.with(-1).run();
}

void SearchIndex::endRewriting()
{
    constexpr int usual = 4;
    m_mergeFrom.with(usual).run();
}

void SearchIndex::mergeChanged(int pages)
{
    if (std::exchange(m_isChanged, false))
        mergeSome(pages);
}

bool SearchIndex::mergeSome(int pages)
{
    const qint64 before = m_database.changes();
    m_merge.with(pages).run();
    return m_database.changes() - before >= 2;
}

QString SearchIndex::wordsOf(const IndexedMessage &message)
{
    return roomWord(message.room) + u' ' + speakerWord(message.speaker) + u' '
            + indexWords(searchForm(message.text));
}

QString SearchIndex::roomWord(RoomId room)
{
    return roomMark + QString::number(room);
}

QString SearchIndex::speakerWord(const QString &name)
{
    QString word = speakerMark + foldedName(name);
    for (QChar &c : word) {
        if (c < QChar(0x80) && !c.isLetterOrNumber())
            c = QChar(static_cast<char16_t>(signs + c.unicode()));
    }
    return word;
}

} // namespace teahouse::server
