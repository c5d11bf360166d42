#pragma once

#include "gui-client/models/chatmodel.h"

namespace teahouse::client {

/// What ChatModel keeps of one room. For its own .cpp files only.
struct ChatModel::Room
{
    QString name;
    TranscriptModel transcript;
    PeopleModel people;
    QString draft;
    quint64 read = 0;         ///< told to the server
    bool peopleKnown = false; ///< asked for in this connection
    bool asking = false;      ///< for an older page of history
    bool local = false;       ///< a private conversation that the server does not know yet
};

} // namespace teahouse::client
