#pragma once

#include "server/store/database.h"

namespace teahouse::server {

/// How the search index compares with the messages.
enum class IndexState {
    Fine,
    Wrong, ///< it would find too much or too little
    Old,   ///< made by other rules; the server makes it anew when it starts
};

/// Reads the whole search index and compares it with what the messages' words are, within the
/// caller's transaction, which may be one for reading. Errors: DatabaseError.
IndexState checkIndex(Database &database);

} // namespace teahouse::server
