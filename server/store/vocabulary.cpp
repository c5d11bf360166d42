#include "server/store/vocabulary.h"

namespace teahouse::server {

namespace {

/// The table is a view of FTS5's own words, and not in the file: a temporary one of this
/// connection.
Database &withTable(Database &database)
{
    database.run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary"
                 " USING fts5vocab(main, words, instance)");
    return database;
}

} // namespace

Vocabulary::Vocabulary(Database &database)
    : m_next(withTable(database), "SELECT term FROM temp.vocabulary WHERE term >= ? LIMIT 1")
{
}

/// From one word to the next by looking it up, since the table has a row for each message of each
/// word.
QStringList Vocabulary::wordsWith(const QString &beginning)
{
    QStringList words;
    QString from = beginning;
    for (;;) {
        const bool isThere = m_next.with(from).next();
        const QString word = isThere ? m_next.text(0) : QString();
        m_next.reset();
        if (!word.startsWith(beginning))
            return words;
        if (words.size() == mostWords)
            return {};
        words.append(word);
        from = word + QChar(1); // no word has that
    }
}

} // namespace teahouse::server
