#pragma once

#include "gui-client/models/chatmodel.h"
#include "gui-client/models/closure.h"

#include <optional>

namespace teahouse::client {

/// What ChatModel keeps of one room. For its own .cpp files only.
struct ChatModel::Room
{
    QString name;
    TranscriptModel transcript;
    PeopleModel people;
    quint64 read = 0;               ///< read up to here
    quint64 synced = 0;             ///< nothing up to here was missed
    quint64 around = 0;             ///< what is asked for lies around this number
    bool behind = false;            ///< what was missed is still being fetched
    bool peopleKnown = false;       ///< asked for in this connection
    std::optional<quint64> asking;  ///< for the page before this number; 0: the newest
    std::optional<Silence> silence; ///< one may not speak
    QString muter;                  ///< who has seen to that
    bool local = false;             ///< a private conversation that the server does not know yet
    std::optional<Closure> closed;  ///< the user is no longer in it, and it is still shown
    std::optional<quint64> leaving; ///< writing() when the user asked to leave
};

} // namespace teahouse::client
