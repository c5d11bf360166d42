#pragma once

#include "server/store/database.h"

#include <QStringList>

namespace teahouse::server {

/// The words of the search index, of which those are looked up that begin alike. One a connection,
/// which may be for reading only. Functions throw DatabaseError.
class Vocabulary
{
public:
    /// More words than these are not named: each is a list that a search goes along.
    static constexpr int mostWords = 100;

    /// The database must outlive this.
    explicit Vocabulary(Database &database);

    /// All words that begin so, in order; none when there are more than mostWords. Within the
    /// caller's transaction.
    QStringList wordsWith(const QString &beginning);

private:
    Statement m_next;
};

} // namespace teahouse::server
