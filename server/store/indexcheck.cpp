#include "server/store/indexcheck.h"

#include "server/store/searchindex.h"
#include "server/store/searchwords.h"

#include <QHashFunctions>
#include <QSet>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// Tells two sets of pairs of a word and a message apart, however large, in whatever order their
/// pairs are added.
class Fingerprint
{
public:
    void add(const QByteArray &word, quint64 message)
    {
        constexpr quint64 scatter = 0x9E3779B97F4A7C15; // the golden ratio, as in Fibonacci hashing
        m_sum += qHashBits(word.constData(), static_cast<size_t>(word.size()), message * scatter);
        ++m_count;
    }
    bool operator==(const Fingerprint &) const = default;

private:
    quint64 m_sum = 0;
    quint64 m_count = 0;
};

Fingerprint ofMessages(Database &database, quint64 indexed)
{
    Fingerprint fingerprint;
    Statement messages(database,
                       "SELECT id, room, speaker, text FROM items"
                       " WHERE kind = 0 AND id <= ?");
    messages.with(indexed);
    while (messages.next()) {
        const QString words = SearchIndex::wordsOf(
                {messages.number(0), messages.number(1), messages.text(2), messages.text(3)});
        const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
        for (const QString &word : QSet<QString>(list.begin(), list.end()))
            fingerprint.add(word.toUtf8(), messages.number(0));
    }
    return fingerprint;
}

Fingerprint ofIndex(Database &database)
{
    // Not in the file: a temporary table of this connection.
    database.run("CREATE VIRTUAL TABLE temp.indexed_words USING fts5vocab(main, words, instance)");
    Fingerprint fingerprint;
    Statement words(database, "SELECT term, doc FROM temp.indexed_words");
    while (words.next())
        fingerprint.add(words.bytes(0), words.number(1));
    return fingerprint;
}

} // namespace

/// FTS5 has an integrity check of its own, but it wants to write.
IndexState checkIndex(Database &database)
{
    Statement store(database, "SELECT indexed, index_rules, indexed > last_item FROM store");
    store.next();
    const quint64 indexed = store.number(0);
    const bool isOld = store.text(1) != searchRules();
    const bool isFurther = store.integer(2) != 0;
    store.reset();
    if (isOld)
        return IndexState::Old;
    if (isFurther)
        return IndexState::Wrong;
    return ofIndex(database) == ofMessages(database, indexed) ? IndexState::Fine
                                                              : IndexState::Wrong;
}

} // namespace teahouse::server
