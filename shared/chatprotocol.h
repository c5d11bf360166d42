#pragma once

namespace teahouse {

/// What a server speaks to the client: our own protocol, or one of those it grew out of.
enum class ChatProtocol {
    Automatic, ///< found out from the server's greeting
    Teahouse,
    Tea,
    Wx,
    Guest,
    Relay,
    Line,
    Nul,
};

/// What can be done over a protocol; windows hide the rest.
struct Capabilities
{
    bool names = false;    ///< one logs in under a name
    bool people = false;   ///< the server tells who is in the room
    bool users = false;    ///< and who is on the server
    bool rooms = false;    ///< there are several, with topics
    bool history = false;  ///< what was said before can be had
    bool whispers = false; ///< private conversations
    bool actions = false;  ///< `/me`
    bool away = false;
    bool search = false;   ///< what was said can be searched
    bool editing = false;  ///< and what one said oneself, edited and deleted
    bool accounts = false; ///< names can be registered, and people ignored

    bool operator==(const Capabilities &) const = default;
};

/// Automatic counts as Teahouse: nothing is known to be missing yet.
constexpr Capabilities capabilitiesOf(ChatProtocol protocol)
{
    switch (protocol) {
    case ChatProtocol::Automatic:
    case ChatProtocol::Teahouse:
        return {true, true, true, true, true, true, true, true, true, true, true};
    case ChatProtocol::Tea:
        return {.names = true, .people = true, .users = true};
    case ChatProtocol::Wx:
        return {.names = true, .people = true};
    case ChatProtocol::Guest:
    case ChatProtocol::Relay:
    case ChatProtocol::Line:
    case ChatProtocol::Nul:
        break;
    }
    return {};
}

/// Where the servers of a protocol usually listen.
constexpr unsigned short customaryPort(ChatProtocol protocol)
{
    switch (protocol) {
    case ChatProtocol::Wx:
        return 6666;
    case ChatProtocol::Guest:
        return 2626;
    case ChatProtocol::Relay:
        return 5000;
    case ChatProtocol::Line:
        return 5007;
    case ChatProtocol::Nul:
        return 4040;
    case ChatProtocol::Automatic:
    case ChatProtocol::Teahouse:
    case ChatProtocol::Tea:
        break;
    }
    return 5005;
}

} // namespace teahouse
