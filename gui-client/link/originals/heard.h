#pragma once

#include "shared/error.h"

#include <QStringList>

#include <variant>

/// What an original server has said, whichever protocol it speaks. Texts are clean.
namespace teahouse::client::heard {

/// The server is ready for us; where nobody has a name, we are in.
struct Ready
{
    QString server = {}; ///< what it calls itself; may be empty

    bool operator==(const Ready &) const = default;
};

/// The login was accepted.
struct Accepted
{
    bool operator==(const Accepted &) const = default;
};

/// The login was refused.
struct Refused
{
    ErrorCode code = ErrorCode::NotAllowed;
    QString text = {}; ///< the server's own words, where there are any

    bool operator==(const Refused &) const = default;
};

struct Spoken
{
    QString speaker = {}; ///< a name or an address; empty: the protocol does not say who
    QString text = {};
    bool action = false;

    bool operator==(const Spoken &) const = default;
};

struct Came
{
    QString who;

    bool operator==(const Came &) const = default;
};

struct Went
{
    QString who;

    bool operator==(const Went &) const = default;
};

/// Everybody in the room, or on the server.
struct Listed
{
    QStringList names;
    bool everywhere = false;

    bool operator==(const Listed &) const = default;
};

/// Something that fits nothing else, as it came.
struct Remark
{
    QString text;

    bool operator==(const Remark &) const = default;
};

/// Too many bytes have come without an end.
struct Endless
{
    bool operator==(const Endless &) const = default;
};

using Heard = std::variant<Ready, Accepted, Refused, Spoken, Came, Went, Listed, Remark, Endless>;

} // namespace teahouse::client::heard

namespace teahouse::client {

using heard::Heard;
using HeardList = QList<Heard>;

} // namespace teahouse::client
