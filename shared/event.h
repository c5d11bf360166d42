#pragma once

#include "shared/item.h"
#include "shared/origin.h"
#include "shared/roominfo.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QLatin1StringView>
#include <QStringView>

#include <optional>
#include <variant>

namespace teahouse {

/// Why a session ends: the closed list of docs/protocol.md.
enum class ClosingCode {
    Kicked,
    Banned,
    Replaced,
    Timeout,
    SlowReader,
    TooLong,
    Shutdown,
    PasswordChanged,
    ServerFull,
    ProtocolMismatch,
};

QLatin1StringView closingName(ClosingCode code);
std::optional<ClosingCode> closingCode(QStringView name);

/// Whether a client may reconnect by itself after this end.
bool mayReconnect(ClosingCode code);

/// The end in one English sentence.
QString closingSentence(ClosingCode code);

/// A numbered item was added to a room.
struct ItemAdded
{
    Item item;
    QString cid = {}; ///< what the sender called it; only the sender's own sessions are told
    Origin origin = {};
    LineEnd lineEnd = LineEnd::Customary;

    bool operator==(const ItemAdded &) const = default;
};

/// Somebody is now in the room.
struct Entered
{
    QString room;
    QString name;
    QString via; ///< the door, `tea` for instance
    Origin origin = {};
    bool registered = false; ///< has an account
    bool admin = false;
    RoomRole role = RoomRole::None; ///< in this room

    bool operator==(const Entered &) const = default;
};

/// Why somebody has left who has logged out.
inline constexpr QLatin1StringView leftByLogout("logout");

/// Somebody is no longer in the room.
struct Left
{
    QString room;
    QString name;
    QString reason; ///< empty: by will; `logout` with the last session, or a closing code
    Origin origin = {};

    bool operator==(const Left &) const = default;
};

/// So many are in a room too large for comings and goings to be told one by one.
struct CountChanged
{
    QString room;
    int members = 0;

    bool operator==(const CountChanged &) const = default;
};

/// Somebody went away or came back (`away` is empty then), registered, or became an administrator.
struct UserChanged
{
    QString name;
    QString away;
    bool registered = false;
    bool admin = false;

    bool operator==(const UserChanged &) const = default;
};

/// A room of one's own changed or vanished, or a private conversation began.
struct RoomChanged
{
    RoomState room;
    bool gone = false;

    bool operator==(const RoomChanged &) const = default;
};

/// Another device of one's own has read up to `seq`.
struct ReadMoved
{
    QString room;
    quint64 seq = 0;

    bool operator==(const ReadMoved &) const = default;
};

/// The server says something to a session: as text, and where it is of a known kind as fields.
struct Notice
{
    QString text;
    QString level;       ///< `info` or `warning`
    QString kind = {};   ///< empty, or of the closed list of docs/protocol.md: `muted` for instance
    QString room = {};   ///< empty: the whole server
    QString by = {};     ///< who has done it
    QString reason = {}; ///< what was given as one
    qint64 until = 0;    ///< milliseconds since 1970 UTC; 0: no end

    bool operator==(const Notice &) const = default;
};

/// The server asks whether the session still lives; any line answers.
struct Ping
{
    bool operator==(const Ping &) const = default;
};

/// The server ends the session.
struct Closing
{
    ClosingCode code = ClosingCode::Shutdown;
    QString text;        ///< empty: the code's own sentence
    QString reason = {}; ///< what a moderator has given as one
    qint64 until = 0;    ///< of a ban, in ms since 1970 UTC; 0: for ever, or no ban
    QString by = {};     ///< who has done it

    bool operator==(const Closing &) const = default;
};

/// What happens and is told without being asked for.
using Event = std::variant<ItemAdded, Entered, Left, CountChanged, UserChanged, RoomChanged,
                           ReadMoved, Notice, Ping, Closing>;

/// Whose eyes an event is for.
enum class Side {
    Other,
    Own, ///< the sessions of the one who caused it
};

/// Turns an event into the bytes of one dialect. Has no state: the bytes serve all sessions that
/// speak the dialect, which is why an event is encoded once and not once per member.
class EventEncoder
{
public:
    virtual ~EventEncoder() = default;

    /// The bytes to send; empty when the dialect cannot express the event or does not tell it.
    virtual QByteArray encode(const Event &event, Side side) const = 0;

    /// Whether the one who caused the event is told anything else than the others are.
    virtual bool sidesDiffer(const Event &event) const
    {
        Q_UNUSED(event);
        return true;
    }

    /// The same as encode(event, Side::Own) for who has the others' side already.
    virtual QByteArray encodeOwn(const Event &event, QByteArrayView other) const
    {
        Q_UNUSED(other);
        return encode(event, Side::Own);
    }
};

} // namespace teahouse
