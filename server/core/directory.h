#pragma once

#include "server/core/audience.h"
#include "server/core/knownnames.h"
#include "server/core/limitshare.h"
#include "server/core/nameindex.h"
#include "server/core/quota.h"

#include "shared/origin.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QSet>

#include <functional>
#include <map>
#include <unordered_map>

namespace teahouse::server {

/// A person, by id and not by name: the next guest of the same name is somebody else.
struct User
{
    UserId id = 0;
    QString name;
    QString away = {};          ///< empty: present
    QString resume = {};        ///< the secret that restores this guest; 32 hexadecimal digits
    QByteArray secretHash = {}; ///< what is kept of it, see secretHash()
    QList<SessionId> sessions;
    QList<RoomId> rooms;         ///< public rooms, in the order they were entered
    QList<RoomId> joined;        ///< of them, those of its native sessions; an account keeps them
    QList<RoomId> conversations; ///< private ones; they stay while the guest can come back
    bool anonymous = false;      ///< has no name of its own, cannot come back
    bool announced = true;       ///< others are told of comings and goings
    Origin origin;               ///< of an anonymous one
    bool stored = false;         ///< the store keeps a GuestRecord
    bool fromStore = false;      ///< the store may know positions that `read` lacks
    QMap<RoomId, quint64> read;  ///< up to where each room was read
    bool registered = false;     ///< an account
    bool admin = false;
    QMap<UserId, QString> ignored = {}; ///< whom it does not want to hear, by name
    /// Where it may not speak, and what says so; 0: on the whole server.
    QMap<RoomId, SanctionRecord> muted = {};
    QMap<RoomId, NotifyLevel> levels = {}; ///< of a guest, where they are not `All`
    LimitShare share = {}; ///< of a guest who has left: under whose limits he is remembered
};

/// What is kept of a resume secret, so that nobody comes back as somebody else with a stolen
/// database: its SHA-256.
QByteArray secretHash(const QString &secret);

/// Gives `n` bytes that nobody can guess.
using RandomBytes = std::function<QByteArray(int n)>;

/// Who is here, which guests may still come back, and which accounts there are. Names of accounts
/// stay theirs while they are absent, and for ever when they were removed. Owned by the House.
class Directory
{
public:
    explicit Directory(RandomBytes random);

    /// Takes over what an earlier run has left: ids go on behind `lastUser`, and the guests may
    /// come back. Those who were here when that run ended have left `now`, and are returned so
    /// that their time is kept.
    QList<GuestRecord> takeOver(const StoredState &state, qint64 now);

    /// Lets a new guest in. Errors: NameEmpty, NameInvalid, NameTaken (`other` names the user it
    /// looks like, if it is not the same name).
    Result<User *> admit(const QString &name);

    /// Lets somebody in who has no name: `guest~` and four characters, which no name can be.
    User &admitAnonymous(const Origin &origin);

    /// What the guest is called whose secret this is, here or departed as in restore().
    std::optional<QString> nameOf(const QString &secret, qint64 now) const;

    /// The guest of that name whose secret this is, here or departed at most
    /// limits::resumeValid ago; a departed one is here again. Null when there is none.
    User *restore(const QString &name, const QString &secret, qint64 now);

    /// Lets a guest go: the name is free, the person remembered until the time that is returned,
    /// in ms since 1970. 0: cannot come back.
    qint64 depart(UserId id, qint64 now);

    /// Forgets the guests whose time has come, and those over limits::departedGuests: the oldest
    /// of the share that has most.
    QList<User> expire(qint64 now);

    // Accounts

    /// Makes an account of a new id, of somebody who is here or of a guest who has left, or
    /// changes one. Without a password hash it is retired: nobody is it any more.
    void putAccount(const AccountRecord &record);
    /// Null when there is none; a retired one has no password hash.
    const AccountRecord *account(UserId id) const;
    /// The account of that name, unless it is retired.
    const AccountRecord *findAccount(QStringView name) const;
    const std::map<UserId, AccountRecord> &accounts() const { return m_accounts; }
    /// Those that are not retired, by folded name.
    const std::map<QString, UserId> &accountNames() const { return m_accountNames; }
    /// How many that are, with those that are being made.
    qsizetype accountCount() const;
    /// Somebody logs in to an account: it is here now. Null when there is none.
    User *arrive(UserId id);
    /// An id for a new account whose name nobody gets until release(). Errors as admit().
    Result<UserId> hold(const QString &name);
    /// The same for somebody who is here, who may leave meanwhile.
    void hold(const User &user) { m_held.insert(user.id, user.name); }
    /// Whether an account is being made of the user.
    bool isHeld(UserId id) const { return m_held.contains(id); }
    void release(UserId id);

    /// Whoever bears the name: is here, or an absent account.
    User *findBearer(QStringView name);
    const User *findBearer(QStringView name) const;

    /// Somebody who is here, or an absent account; null when unknown.
    const User *findReachable(UserId id) const;

    /// Null when nobody of that id or name is here.
    User *find(UserId id);
    const User *find(UserId id) const;
    User *findByName(QStringView name);
    const User *findByName(QStringView name) const;
    /// Whoever is called `guest~` and so on; null when nobody is.
    const User *findAnonymous(const QString &name) const;
    /// A guest who has left and may come back, or an absent account; null when unknown.
    User *findDeparted(UserId id);
    const User *findDeparted(UserId id) const;
    /// Whom a folded name means in a text: whoever is here under it, else the last guest of that
    /// name who may come back; 0: nobody.
    UserId findMeant(QStringView folded) const { return m_known.find(folded); }

    /// Everybody who is here, by id.
    const std::map<UserId, User> &users() const { return m_users; }

private:
    struct Departed
    {
        User user;
        std::multimap<qint64, UserId>::iterator until; ///< in m_departedByTime
    };

    using DepartedMap = std::unordered_map<UserId, Departed>;

    Result<QString> freshName(const QString &name) const;
    User &add(User user);
    void remember(User user, qint64 until);
    DepartedMap::iterator forget(DepartedMap::iterator departed);

    RandomBytes m_random;
    std::map<UserId, User> m_users;
    NameIndex m_names;
    KnownNames m_known;
    QHash<QString, UserId> m_anonymousNames;
    DepartedMap m_departed;
    std::multimap<qint64, UserId> m_departedByTime; ///< until when, in ms since 1970
    QHash<QByteArray, UserId> m_departedBySecret;   ///< by its hash
    QHash<QByteArray, UserId> m_hereBySecret;       ///< the same of guests who are here
    Quota<LimitShare> m_departedFrom;
    std::map<UserId, AccountRecord> m_accounts; ///< retired ones, too
    std::map<QString, UserId> m_accountNames;   ///< of the others
    std::unordered_map<UserId, User> m_absent;  ///< accounts
    QHash<UserId, QString> m_held;              ///< names of accounts that are being made
    UserId m_lastId = 0;
};

} // namespace teahouse::server
