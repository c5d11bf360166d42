#pragma once

#include <QtGlobal>

#include <chrono>

/// The limits that hold everywhere: each buffer, line, list, wait and table has its name here.
/// Sizes are bytes unless the comment says otherwise.
namespace teahouse::limits {

using namespace std::chrono_literals;

inline constexpr int messageText = 4000; ///< code points in one message
inline constexpr int messageLines = 100; ///< each costs its speaker's name at doors for lines
inline constexpr int topic = 400;        ///< code points in a room's topic
inline constexpr int awayText = 200;     ///< code points in an away text
inline constexpr int name = 32;          ///< code points in a user's or room's name
inline constexpr int passwordLeast = 8;  ///< code points in a password
inline constexpr int passwordMost = 128; ///< code points in a password
inline constexpr int reason = 200;       ///< code points in the reason of a kick, a ban or a mute
inline constexpr int roomKey = 128;      ///< code points in a room's password
inline constexpr int cid = 64;           ///< bytes in a client's message id
inline constexpr int requestId = 64;     ///< bytes in a request's "id"
inline constexpr int clientName = 64;    ///< code points in the "client" of a hello

inline constexpr qsizetype textLine = 16 * 1024;          ///< one line or NUL frame
inline constexpr qsizetype textGiveUp = 64 * 1024;        ///< bytes without a line end that close
inline constexpr qsizetype request = 64 * 1024;           ///< one native request
inline constexpr qsizetype reply = 256 * 1024;            ///< one native reply or event
inline constexpr qsizetype beforeLogin = 4 * 1024;        ///< one line or request before login
inline constexpr qsizetype outputBeforeLogin = 16 * 1024; ///< unsent output before login
inline constexpr int jsonDepth = 8;                       ///< nesting of a native request

inline constexpr qsizetype outboxSoft = 64 * 1024;  ///< above: the session's input is not read
inline constexpr qsizetype outboxHard = 512 * 1024; ///< above: closed as a slow reader
inline constexpr qsizetype outboxTotal = 256LL * 1024 * 1024; ///< all outboxes together

inline constexpr int appendsInFlight = 64;  ///< messages of one session waiting for their commit
inline constexpr int page = 200;            ///< entries in one page of a list or of history
inline constexpr int textPersons = 3000;    ///< names in one answer to a person at a terminal
inline constexpr int textRooms = 200;       ///< rooms in one
inline constexpr int retentionDays = 36500; ///< the longest time that a room can keep its items
inline constexpr int mentions = 50;         ///< people whom one message can mean
inline constexpr int unreadLook = 4000;     ///< items looked at for that, one's own among them
inline constexpr int searchText = 400;      ///< characters of what is looked for
inline constexpr int unreadCount = 1000;    ///< unread messages of a room are counted up to this
inline constexpr int lastLines = 20;        ///< what `last` shows without a number

inline constexpr int sessions = 12000;
inline constexpr int descriptorReserve = 64; ///< kept for the store, the log and refusals
inline constexpr int connectionsPerAddress = 16;
inline constexpr int strangersPerAddress = 8; ///< connections of one address before their login
inline constexpr int strangersPercent = 20;   ///< of all sessions may not have logged in
inline constexpr int handshakesAtOnce = 2048; ///< of TLS; beyond, one of them gives way
inline constexpr qsizetype handshakeInput = 32 * 1024; ///< before a handshake is done
inline constexpr int connectionBurst = 20;      ///< connects of one address before the rate holds
inline constexpr int connectionsPerMinute = 10; ///< connects of one address after the burst
inline constexpr int messageBurst = 20;         ///< messages of one session before the rate holds
inline constexpr int queryBurst = 500;          ///< other requests before their rate holds
inline constexpr int queriesPerSecond = 100;    ///< other requests after the burst
inline constexpr int messagesPerSecond = 5;     ///< messages of one session after the burst
inline constexpr int addressTimes = 20;         ///< that rate, for all without a name at an address
inline constexpr int frameBurst = 1000;         ///< lines or frames of a connection before its rate
inline constexpr int framesPerSecond = 200;     ///< lines or frames after the burst, blank ones too
inline constexpr int inputBurst = 1024;         ///< KiB from a connection before its rate holds
inline constexpr int inputPerSecond = 256;      ///< KiB after the burst

inline constexpr int hashesAtOnce = 2;         ///< of passwords, each on a thread of its own
inline constexpr int hashesWaiting = 256;      ///< some ten seconds of work
inline constexpr int hashesWaitingOfShare = 8; ///< of them, for one address
inline constexpr int hashBurst = 30;           ///< hashes for one address before the rate holds
inline constexpr int hashesPerMinute = 30;     ///< hashes for one address after the burst
inline constexpr int trustedPerAccount = 8;    ///< addresses that an account was reached from
inline constexpr int trusted = 200000;         ///< of all accounts together

inline constexpr int rooms = 10000;
inline constexpr int ownedRooms = 50;            ///< that belong to one account
inline constexpr int accounts = 100000;          ///< registered names, besides retired ones
inline constexpr int roomMembers = 5000;         ///< `main` has none but the session limit
inline constexpr int roomsPerUser = 100;         ///< private conversations do not count
inline constexpr int privateRoomsPerUser = 180;  ///< a login reply has to hold them all
inline constexpr int privateRooms = 50000;       ///< conversations of all users together
inline constexpr int unansweredPerPerson = 30;   ///< begun in a day, that nobody has answered
inline constexpr int unansweredPerAddress = 100; ///< the same of all who share an address
inline constexpr int begunPerPerson = 200;       ///< conversations, answered or not
inline constexpr int roomsPerGuest = 20;         ///< that a guest has made and still exist
inline constexpr int roomsPerAddress = 60;       ///< the same of all who share an address
inline constexpr int registrationBurst = 20;     ///< accounts of one address before the rate holds
inline constexpr int registrationsPerHour = 20;  ///< accounts of one address after the burst
inline constexpr int invitedAccounts = 10000;    ///< of the accounts, only for invited people
inline constexpr int announceUpTo = 500; ///< members; beyond, comings and goings are counted
inline constexpr int announceAgainBelow = 450;
inline constexpr int ignored = 500;           ///< people whom one person does not want to hear
inline constexpr int invites = 1000;          ///< invite codes that wait to be used
inline constexpr int invitesPerPerson = 250;  ///< of them, that one person has made
inline constexpr int inviteUses = 1000;       ///< of one code
inline constexpr int inviteDays = 365;        ///< that a code is valid at most
inline constexpr int inviteDaysCustom = 7;    ///< when nothing else is asked for
inline constexpr int readPositions = 1000;    ///< rooms of which a person's read position is known
inline constexpr int expectedGuests = 1000;   ///< guests who were invited into a room and not come
inline constexpr int rolesPerRoom = 5000;     ///< accounts that are something in a room
inline constexpr int sanctionsPerRoom = 1000; ///< bans and mutes of a room
inline constexpr int sanctionsOfServer = 10000;
inline constexpr int shortestNetwork4 = 8;   ///< bits of an IPv4 network that can be banned
inline constexpr int shortestNetwork6 = 16;  ///< bits of an IPv6 network
inline constexpr int departedGuests = 10000; ///< guests whom a resume secret can bring back

inline constexpr int memoryItemsPerRoom = 10000;
inline constexpr int audit = 100000;      ///< entries of the audit log, the newest
inline constexpr int memoryAudit = 10000; ///< of them in memory
inline constexpr int unkeptItems = 1000;  ///< of a room without history, in memory
inline constexpr int searchLook = 20000;  ///< items that one search reads
inline constexpr qsizetype memoryTotal = 256LL * 1024 * 1024; ///< what MemoryStore keeps in all

inline constexpr auto loginDeadline = 30s;
inline constexpr auto handshakeDeadline = 10s; ///< of TLS, from its first byte
inline constexpr auto frontPatience = 200ms;   ///< for the first bytes at the front door
inline constexpr auto strangerStays = 1s;      ///< before one not logged in may have to give way
inline constexpr auto silence = 90s;           ///< of a native session before it is asked to answer
inline constexpr auto silenceGrace = 60s;      ///< after the question, before it is closed
inline constexpr auto clockLeap = 24h;         ///< further against what was believed is a jump
inline constexpr auto clockSteady = 6h;        ///< without another one, before a jump is believed
inline constexpr auto resumeValid = 24h;       ///< of a guest's resume secret
inline constexpr auto cidValid = 24h * 7;      ///< while a retried message is recognised
inline constexpr auto storeDeadline = 900ms;   ///< in which every call of the store is answered
inline constexpr auto emptyRoomStays = 1h;     ///< before a room without members and owner vanishes
inline constexpr auto kickRest = 30s;          ///< before a guest who was kicked may come back
inline constexpr auto slowReaderGrace = 1s;    ///< to tell a slow reader why, before the close
inline constexpr auto lingering = 2s;          ///< waiting for the peer's end after ours
inline constexpr auto shutdownGrace = 4s;      ///< to write what is queued when the server stops
inline constexpr auto wxPause = 100ms;         ///< of a wx session after `Login Success`

inline constexpr qint64 largestInteger = qint64(1) << 53; ///< beyond, JSON numbers lose digits

} // namespace teahouse::limits
