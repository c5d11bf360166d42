#pragma once

#include "server/store/database.h"
#include "server/store/indexcheck.h"

#include <QString>
#include <QStringList>

namespace teahouse::server {

/// What a database holds.
struct StoreContents
{
    int schema = 0;
    QString epoch = {};
    qint64 rooms = 0;
    qint64 conversations = 0; ///< private ones
    qint64 accounts = 0;      ///< those that somebody can log in to
    qint64 items = 0;
    qint64 newest = 0; ///< the time of the newest item, in milliseconds since 1970 UTC; 0: none
};

/// What looking at a database has shown.
struct StoreFindings
{
    StoreContents holds;
    QStringList wrong = {};              ///< one sentence each, the first ones of each kind
    QStringList damaged = {};            ///< the same of single rows, which readers leave out
    IndexState index = IndexState::Fine; ///< not looked at when anything is wrong

    bool isFine() const
    {
        return wrong.isEmpty() && damaged.isEmpty() && index != IndexState::Wrong;
    }
};

/// Looks through a whole database: its pages, its schema, every value, whether the numbers of each
/// room are dense from the first to the last, whether positions and the like stay within them,
/// whether items are as the server wrote them, and whether the search index agrees with the
/// messages. Reads only, and what it reads is of one moment. Of an older schema only the pages and
/// the schema are looked at. Errors: DatabaseError, for what is no
/// damage.
StoreFindings checkStore(Database &database);

/// The contents in a sentence.
QString contentsText(const StoreContents &contents);

} // namespace teahouse::server
