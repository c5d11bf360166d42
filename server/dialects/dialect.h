#pragma once

#include "shared/event.h"
#include "shared/limits.h"
#include "shared/reply.h"
#include "shared/request.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <optional>
#include <variant>

namespace teahouse::server {

/// Bytes for one peer, and how they have to go out.
struct Output
{
    QByteArray bytes;
    bool alone = false;                 ///< at once, in a `send` of its own
    std::chrono::milliseconds pause{0}; ///< afterwards neither output nor input for so long
};

/// Nothing whole has come yet.
struct NeedMore
{
};

/// Something whole that asks for nothing, a blank line for instance: there may be more behind it.
struct Skipped
{
};

/// The peer speaks something else, or without end: send the bytes and close.
struct Refused
{
    QByteArray bytes;
    QString why; ///< for the log
};

/// The door gives one answer and no more: send the bytes and close.
struct Answered
{
    QByteArray bytes;
};

using Decoded = std::variant<NeedMore, Skipped, Request, Refused, Answered>;

/// How one door speaks: bytes in, requests out; replies and events in, bytes out. One object a
/// connection; knows neither sockets nor rooms.
class Dialect
{
public:
    virtual ~Dialect() = default;

    /// How whoever connects comes in without a name; nothing where one logs in, or never enters.
    virtual std::optional<AnonymousEntry> entry() const { return std::nullopt; }

    /// How long after it has connected a peer may take to log in, or to ask for what the door
    /// gives. May change once, when it is known what the peer speaks.
    virtual std::chrono::milliseconds deadline() const { return limits::loginDeadline; }

    /// What the peer reads first; may be empty.
    virtual Output greeting() const = 0;

    /// Takes bytes in; nothing is decoded yet.
    virtual void feed(QByteArrayView bytes) = 0;

    /// The next request in what was fed. One at a time, because carrying it out may change how
    /// the rest is read. Looks at one frame and no more, so that the caller can count them.
    virtual Decoded next() = 0;

    /// What the peer is answered; may be empty.
    virtual Output reply(const Request &request, const Reply &reply) = 0;

    /// What the peer reads last when the server ends the session; may be empty.
    virtual QByteArray farewell(const Closing &closing) const = 0;

    /// How events reach this peer now. May be another one after next() or reply(); outlives
    /// every dialect.
    virtual const EventEncoder &encoder() const = 0;

    /// The door's name as members see it, `tea` for instance.
    virtual QString name() const = 0;

    /// Which form its requests have; may change once, before login.
    virtual Form form() const = 0;
};

} // namespace teahouse::server
