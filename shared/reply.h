#pragma once

#include "shared/item.h"
#include "shared/result.h"
#include "shared/roominfo.h"

#include <QStringList>

#include <variant>

namespace teahouse {

/// The answer to `hello`.
struct Greeting
{
    QString server; ///< its name
    QString version;
    int protocol = 1;
    QString epoch; ///< other than before: the numbers may have been rewound
    QStringList features;

    bool operator==(const Greeting &) const = default;
};

/// The answer to `login`.
struct Welcome
{
    UserInfo user;
    QString resume; ///< the secret that brings this guest back; empty for accounts
    QList<RoomState> rooms;
    QStringList ignored = {}; ///< whom one does not want to hear
    QString room = {};        ///< the one that an invite code has opened; empty: none

    bool operator==(const Welcome &) const = default;
};

/// The answer to `join` and `create`.
struct RoomJoined
{
    RoomState room;

    bool operator==(const RoomJoined &) const = default;
};

struct RoomList
{
    QList<RoomState> rooms;
    bool more = false;
    QString next; ///< `after` of the next page

    bool operator==(const RoomList &) const = default;
};

/// The answer to `look` (the members of `room`) and `who` (everybody; `room` is empty).
struct PersonList
{
    QString room;
    QList<Person> people; ///< in order of arrival
    bool more = false;
    QString next;

    bool operator==(const PersonList &) const = default;
};

/// The answer to `say`, `msg`, `edit` and `delete`, after the commit.
struct Said
{
    QString room; ///< set by `msg`: the conversation's name
    quint64 seq = 0;
    qint64 time = 0; ///< milliseconds since 1970 UTC

    bool operator==(const Said &) const = default;
};

/// The answer to `history` and `last`, oldest first.
struct HistoryPage
{
    QString room;
    QList<Item> items;
    bool more = false;      ///< there are further items in the direction asked for
    quint64 next = 0;       ///< the `before` or `after` of the next page
    bool backwards = false; ///< asked with `before`: what does not fit is left out at the old end

    bool operator==(const HistoryPage &) const = default;
};

/// The answer to `search`, newest first.
struct SearchPage
{
    struct Found
    {
        Item item;         ///< says its `room`
        quint64 place = 0; ///< `before` for what comes behind it

        bool operator==(const Found &) const = default;
    };
    QList<Found> found;
    bool more = false; ///< there may be more; a page may be short all the same
    quint64 next = 0;  ///< the `before` of the next page

    bool operator==(const SearchPage &) const = default;
};

/// The answer to `topic` when it was asked for and not set.
struct TopicShown
{
    QString room;
    QString topic;

    bool operator==(const TopicShown &) const = default;
};

/// The answer to `help`: usage and what it does, a row a verb.
struct HelpShown
{
    struct Row
    {
        QString usage;
        QString text;

        bool operator==(const Row &) const = default;
    };
    QList<Row> rows;

    bool operator==(const HelpShown &) const = default;
};

/// How the session's lines are read from now on: as verbs, or as what is said.
struct ModeChosen
{
    bool chat = false;

    bool operator==(const ModeChosen &) const = default;
};

/// Which bytes the session's text is made of from now on: `utf-8` or `gbk`.
struct CharsetChosen
{
    QString charset;

    bool operator==(const CharsetChosen &) const = default;
};

/// The answer to `register` after login, and to `claim`: what one is now.
struct UserShown
{
    UserInfo user;

    bool operator==(const UserShown &) const = default;
};

/// The answer to `invite-code`: what lets people in.
struct InviteCode
{
    QString code;
    qint64 until = 0;   ///< milliseconds since 1970 UTC
    int uses = 1;       ///< how many people it is good for
    QString room = {};  ///< that it opens; empty: none
    QString label = {}; ///< by what lists call it

    bool operator==(const InviteCode &) const = default;
};

/// The answer to `invite-codes`, by label.
struct InviteList
{
    struct Invite
    {
        QString label;    ///< which does not tell the code
        QString by;       ///< empty: the server's own shell
        QString room;     ///< that it opens; empty: none
        int uses = 1;     ///< that are left
        qint64 until = 0; ///< milliseconds since 1970 UTC

        bool operator==(const Invite &) const = default;
    };
    QList<Invite> codes;
    bool more = false;
    QString next;

    bool operator==(const InviteList &) const = default;
};

/// The answer to `code`: it is kept for the login.
struct CodeTaken
{
    bool operator==(const CodeTaken &) const = default;
};

/// The answer to `ignore` and `unignore`: whom one does not want to hear now.
struct IgnoreList
{
    QStringList names;

    bool operator==(const IgnoreList &) const = default;
};

/// The answer to `accounts`, by name.
struct AccountList
{
    struct Account
    {
        QString name;
        bool admin = false;
        bool online = false;
        qint64 created = 0; ///< milliseconds since 1970 UTC
        qint64 seen = 0;    ///< when it was last logged in; 0: never

        bool operator==(const Account &) const = default;
    };
    QList<Account> accounts;
    bool more = false;
    QString next;

    bool operator==(const AccountList &) const = default;
};

/// What keeps somebody out, or silent.
enum class SanctionKind { Ban, Mute };

/// The answer to `bans`: bans and mutes that hold, newest first.
struct SanctionList
{
    struct Sanction
    {
        SanctionKind kind = SanctionKind::Ban;
        QString room;     ///< empty: the whole server
        QString subject;  ///< a name, an address or a network
        qint64 until = 0; ///< milliseconds since 1970 UTC; 0: for ever
        QString reason;
        QString by;
        qint64 time = 0;      ///< when it was imposed
        QString address = {}; ///< what it means besides a name, as one may see it; may be several

        bool operator==(const Sanction &) const = default;
    };
    QList<Sanction> sanctions;
    bool more = false;
    QString next;

    bool operator==(const SanctionList &) const = default;
};

/// The answer to `ban` and `mute`: what was meant besides the name.
struct Imposed
{
    SanctionKind kind = SanctionKind::Ban;
    QString name;
    QString address = {};    ///< meant as well, as one may see it; may be several
    bool isNameOnly = false; ///< the address is not, because many may share it

    bool operator==(const Imposed &) const = default;
};

/// The answer to `audit`, newest first.
struct AuditPage
{
    struct Entry
    {
        quint64 id = 0; ///< grows with time
        qint64 time = 0;
        QString by;           ///< empty: the server's own shell
        QString verb;         ///< of the command table, `ban` for instance
        QString room;         ///< empty: the whole server
        QString target;       ///< whom or what it was done to
        QString text;         ///< particulars: a reason, an end, a new value
        QString address = {}; ///< of whom it was done to, as one may see it; may be several

        bool operator==(const Entry &) const = default;
    };
    QList<Entry> entries;
    bool more = false;
    quint64 next = 0; ///< `before` of the next page

    bool operator==(const AuditPage &) const = default;
};

/// The answer to `ping`.
struct Pong
{
    bool operator==(const Pong &) const = default;
};

/// The answer to `logout`: the session ends behind it.
struct Goodbye
{
    bool operator==(const Goodbye &) const = default;
};

using Answer = std::variant<Done, Greeting, Welcome, RoomJoined, RoomList, PersonList, Said,
                            HistoryPage, SearchPage, TopicShown, HelpShown, ModeChosen,
                            CharsetChosen, UserShown, InviteCode, InviteList, CodeTaken, IgnoreList,
                            AccountList, SanctionList, Imposed, AuditPage, Pong, Goodbye>;

/// What a request is answered with.
using Reply = Result<Answer>;

} // namespace teahouse
