#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace teahouse::bench {

/// What a line from a server means to the one who logs in.
enum class Sign {
    Nothing,
    In,      ///< the login is done
    Entered, ///< the room is entered
    Refused, ///< the server did not do what it was asked
    Asked,   ///< the server wants answer()
};

/// How one protocol is spoken: the only part of the load generator that knows one. Lines end with
/// LF; a delivery is a line with a Stamp in it, in every protocol.
class Protocol
{
public:
    virtual ~Protocol() = default;

    /// Logs in; may be empty.
    virtual std::string login(const std::string &name) const = 0;
    /// Enters the room `main`, or one that somebody has made. Empty: nothing is to be done.
    virtual std::string join(const std::string &room) const = 0;
    /// Makes a room and enters it.
    virtual std::string create(const std::string &room) const { return join(room); }
    /// `text` is a Stamp's.
    virtual std::string say(const std::string &room, const std::string &text) const = 0;
    virtual Sign read(std::string_view line) const = 0;
    /// Whether a line with a Stamp is what the load waits for.
    virtual bool isDelivery(std::string_view) const { return true; }
    virtual std::string answer(std::string_view) const { return {}; }
    /// Whether speakers hear themselves.
    virtual bool echoes() const { return true; }
};

/// No protocol: a line is for everybody. `in` greets.
class BareProtocol : public Protocol
{
public:
    std::string login(const std::string &) const override { return {}; }
    std::string join(const std::string &) const override { return {}; }
    std::string say(const std::string &, const std::string &text) const override;
    Sign read(std::string_view line) const override;
};

class TeaProtocol : public Protocol
{
public:
    std::string login(const std::string &name) const override;
    std::string join(const std::string &room) const override;
    std::string create(const std::string &room) const override;
    std::string say(const std::string &, const std::string &text) const override;
    Sign read(std::string_view line) const override;
};

class NativeProtocol : public Protocol
{
public:
    std::string login(const std::string &name) const override;
    std::string join(const std::string &room) const override;
    std::string create(const std::string &room) const override;
    std::string say(const std::string &room, const std::string &text) const override;
    Sign read(std::string_view line) const override;
    std::string answer(std::string_view) const override { return "{\"do\":\"ping\"}\n"; }
};

/// RFC 1459 and 2812, as far as logging in, joining and talking go.
class IrcProtocol : public Protocol
{
public:
    std::string login(const std::string &name) const override;
    std::string join(const std::string &room) const override;
    std::string say(const std::string &room, const std::string &text) const override;
    Sign read(std::string_view line) const override;
    std::string answer(std::string_view line) const override;
    bool echoes() const override { return false; }
};

} // namespace teahouse::bench
