#pragma once

#include "server/core/house.h"
#include "server/dialects/dialectregistry.h"
#include "server/net/addresslimits.h"
#include "server/store/memorystore.h"
#include "shared/limits.h"
#include "shared/roominfo.h"

#include <QString>

#include <optional>
#include <span>
#include <variant>

namespace teahouse::server {

/// Networks that are written as one text, `127.0.0.0/8,::1` for instance.
struct Networks
{
    QString text;
    QList<AddressLimits::Network> list;
};

/// The name of a public room.
struct RoomName
{
    QString name = QStringLiteral("main");
};

/// By what this machine is reached: a name in ASCII or an address; empty: by its addresses.
struct HostName
{
    QString name;
};

/// How long a room keeps its items.
struct Retention
{
    int days = keepForever;
};

/// The networks of a comma-separated text of addresses and subnets; nothing when one of them is
/// neither. An empty text is no network at all.
std::optional<Networks> parseNetworks(const QString &text);

/// All that can be set, with the values that hold when nothing is. What each means stands in the
/// table that settingsTable() gives.
struct Settings
{
    QString serverName = QStringLiteral("Teahouse");
    HostName host;
    bool announce = false;

    int frontPatience = int(std::chrono::milliseconds(limits::frontPatience).count());
    QString tlsCertificate; ///< a file; empty, as the key: the server makes its own
    QString tlsKey;

    bool flood = true;
    int messageBurst = limits::messageBurst;
    int messagesPerSecond = limits::messagesPerSecond;
    int addressTimes = limits::addressTimes;
    int queryBurst = limits::queryBurst;
    int queriesPerSecond = limits::queriesPerSecond;
    int frameBurst = limits::frameBurst;
    int framesPerSecond = limits::framesPerSecond;
    int inputBurst = limits::inputBurst;
    int inputPerSecond = limits::inputPerSecond;
    bool perAddress = true;
    Networks exempt = *parseNetworks(QStringLiteral("127.0.0.0/8,::1"));
    int sessions = limits::sessions;
    int connectionsPerAddress = limits::connectionsPerAddress;
    int strangersPerAddress = limits::strangersPerAddress;
    int connectionBurst = limits::connectionBurst;
    int connectionsPerMinute = limits::connectionsPerMinute;
    int outboxTotal = static_cast<int>(limits::outboxTotal / mebibyte);

    int rooms = limits::rooms;
    int announceUpTo = limits::announceUpTo;
    int roomsPerGuest = limits::roomsPerGuest;
    int roomsPerAddress = limits::roomsPerAddress;
    int conversations = limits::privateRooms;
    int unansweredPerPerson = limits::unansweredPerPerson;
    int unansweredPerAddress = limits::unansweredPerAddress;
    Retention retention;

    bool guests = true;
    Registration registration = Registration::Open;
    bool plainPasswords = false;
    int registrationBurst = limits::registrationBurst;
    int registrationsPerHour = limits::registrationsPerHour;

    RoomName lineRoom;
    RoomName nulRoom;
    RoomName relayRoom;
    RoomName guestRoom;
    ShowAddresses lineAddresses = ShowAddresses::Local;
    ShowAddresses nulAddresses = ShowAddresses::Local;
    ShowAddresses relayAddresses = ShowAddresses::Local;
    ShowAddresses guestAddresses = ShowAddresses::Local;
    QString guestGreeting = DoorsContext().guestGreeting;

    int memoryItemsPerRoom = limits::memoryItemsPerRoom;
    int memoryTotal = static_cast<int>(limits::memoryTotal / mebibyte);

    static constexpr qsizetype mebibyte = 1024 * 1024;

    ShareLimits shareLimits() const
    {
        return {.roomsPerGuest = roomsPerGuest,
                .roomsPerAddress = roomsPerAddress,
                .registrationBurst = registrationBurst,
                .registrationsPerHour = registrationsPerHour,
                .conversations = conversations,
                .unansweredPerPerson = unansweredPerPerson,
                .unansweredPerAddress = unansweredPerAddress};
    }
    MemoryBounds memoryBounds() const { return {memoryItemsPerRoom, memoryTotal * mebibyte}; }
};

/// One row of the table of settings: everything about a setting but what it does.
struct Setting
{
    using Field = std::variant<bool Settings::*, int Settings::*, QString Settings::*,
                               Networks Settings::*, RoomName Settings::*, HostName Settings::*,
                               ShowAddresses Settings::*, Retention Settings::*,
                               Registration Settings::*>;
    const char *key; ///< section.name
    Field field;
    int least; ///< of a number; of a text, its code points
    int most;
    const char *help;
};

/// All settings there are, by section.
std::span<const Setting> settingsTable();

/// Takes `section.name=value` into the settings. Nothing when that went well, else a sentence
/// that names the cause and the remedy.
[[nodiscard]] std::optional<QString> assign(Settings &settings, const QString &assignment);

/// The same for the setting of that key.
[[nodiscard]] std::optional<QString> assign(Settings &settings, const QString &key,
                                            const QString &value);

/// The value as it would be assigned.
QString valueText(const Settings &settings, const Setting &setting);

/// The table in lines for the terminal, with the default values.
QString settingsHelp();

} // namespace teahouse::server
