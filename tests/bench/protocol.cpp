#include "tests/bench/protocol.h"

namespace teahouse::bench {

namespace {

bool contains(std::string_view line, std::string_view part)
{
    return line.find(part) != std::string_view::npos;
}

const std::string mainRoom = "main";

} // namespace

// --- bare ---

std::string BareProtocol::say(const std::string &, const std::string &text) const
{
    return text + '\n';
}

Sign BareProtocol::read(std::string_view line) const
{
    return line == "in" ? Sign::In : Sign::Refused;
}

// --- tea: who logs in is told nothing, so that an answered ping is the sign ---

std::string TeaProtocol::login(const std::string &name) const
{
    return "login " + name + "\nping\n";
}

std::string TeaProtocol::join(const std::string &room) const
{
    return room == mainRoom ? std::string() : "join " + room + '\n';
}

std::string TeaProtocol::create(const std::string &room) const
{
    return "create " + room + '\n';
}

std::string TeaProtocol::say(const std::string &, const std::string &text) const
{
    return "say " + text + '\n';
}

Sign TeaProtocol::read(std::string_view line) const
{
    if (line == "pong")
        return Sign::In;
    if (line.starts_with("You are in "))
        return Sign::Entered;
    const bool known = line.starts_with("Welcome to ") || line.ends_with(" has entered the room.")
            || line.ends_with(" has left the room.");
    return known ? Sign::Nothing : Sign::Refused;
}

// --- native ---

std::string NativeProtocol::login(const std::string &name) const
{
    return R"({"do":"login","id":"in","name":")" + name + "\"}\n";
}

std::string NativeProtocol::join(const std::string &room) const
{
    return room == mainRoom ? std::string()
                            : R"({"do":"join","id":"room","room":")" + room + "\"}\n";
}

std::string NativeProtocol::create(const std::string &room) const
{
    return R"({"do":"create","id":"room","room":")" + room + "\"}\n";
}

/// The stamp makes a cid that is never used again, in no other run of the same speaker either.
std::string NativeProtocol::say(const std::string &room, const std::string &text) const
{
    return R"({"do":"say","id":"s","room":")" + room + R"(","cid":")" + text.substr(2, 29)
            + R"(","text":")" + text + "\"}\n";
}

Sign NativeProtocol::read(std::string_view line) const
{
    if (contains(line, R"("ok":false)") || contains(line, R"("ev":"closing")"))
        return Sign::Refused;
    if (contains(line, R"("re":"in")"))
        return Sign::In;
    if (contains(line, R"("re":"room")"))
        return Sign::Entered;
    return contains(line, R"("ev":"ping")") ? Sign::Asked : Sign::Nothing;
}

// --- IRC ---

std::string IrcProtocol::login(const std::string &name) const
{
    return "NICK " + name + "\r\nUSER " + name + " 0 * :" + name + "\r\n";
}

std::string IrcProtocol::join(const std::string &room) const
{
    return "JOIN #" + room + "\r\n";
}

std::string IrcProtocol::say(const std::string &room, const std::string &text) const
{
    return "PRIVMSG #" + room + " :" + text + "\r\n";
}

Sign IrcProtocol::read(std::string_view line) const
{
    if (line.starts_with("PING"))
        return Sign::Asked;
    if (line.starts_with("ERROR"))
        return Sign::Refused;
    const size_t first = line.find(' ');
    if (!line.starts_with(':') || first == std::string_view::npos)
        return Sign::Nothing;
    const std::string_view word = line.substr(first + 1, line.find(' ', first + 1) - first - 1);
    if (word == "001")
        return Sign::In;
    if (word == "366") // end of the list of names
        return Sign::Entered;
    const bool error = word.size() == 3 && (word[0] == '4' || word[0] == '5') && word != "422";
    return error ? Sign::Refused : Sign::Nothing;
}

std::string IrcProtocol::answer(std::string_view line) const
{
    return "PONG" + std::string(line.substr(4)) + "\r\n";
}

} // namespace teahouse::bench
