#include "server/core/directory.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <QCryptographicHash>

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace {

/// Without those that are easily taken for one another.
constexpr auto anonymousLetters = "abcdefghijkmnpqrstuvwxyz23456789"_L1;

qint64 resumableUntil(qint64 departed)
{
    return departed + duration_cast<milliseconds>(limits::resumeValid).count();
}

} // namespace

QByteArray secretHash(const QString &secret)
{
    return QCryptographicHash::hash(secret.toUtf8(), QCryptographicHash::Sha256);
}

Directory::Directory(RandomBytes random) : m_random(std::move(random)) { }

QList<GuestRecord> Directory::takeOver(const StoredState &state, qint64 now)
{
    QList<GuestRecord> left;
    m_lastId = std::max(m_lastId, state.lastUser);
    for (GuestRecord guest : state.guests) {
        if (guest.until == 0) {
            guest.until = resumableUntil(now);
            left.append(guest);
        }
        User user;
        user.id = guest.id;
        user.name = guest.name;
        user.secretHash = guest.secretHash;
        user.stored = user.fromStore = true;
        user.share.session = guest.id; // from where is not kept: shared with nobody
        m_lastId = std::max(m_lastId, guest.id);
        remember(std::move(user), guest.until);
    }
    for (const AccountRecord &account : state.accounts) {
        m_lastId = std::max(m_lastId, account.id);
        putAccount(account);
    }
    for (auto &[id, user] : m_absent)
        user.fromStore = true;
    return left;
}

Result<QString> Directory::freshName(const QString &name) const
{
    const QString normal = normalizedName(name);
    const NameFault fault = checkName(normal);
    if (fault == NameFault::Empty)
        return Error{.code = ErrorCode::NameEmpty};
    if (fault != NameFault::None)
        return Error{.code = ErrorCode::NameInvalid, .subject = normal, .other = faultText(fault)};
    if (const auto taken = m_names.lookAlike(normal)) {
        const bool same = foldedName(taken->name) == foldedName(normal);
        return Error{.code = ErrorCode::NameTaken,
                     .subject = normal,
                     .other = same ? QString() : taken->name};
    }
    return normal;
}

Result<User *> Directory::admit(const QString &name)
{
    const Result<QString> fresh = freshName(name);
    if (!fresh)
        return fresh.error();
    User user;
    user.id = ++m_lastId;
    user.name = *fresh;
    user.resume = QString::fromLatin1(m_random(16).toHex());
    user.secretHash = secretHash(user.resume);
    return &add(std::move(user));
}

User &Directory::add(User user)
{
    if (!m_names.find(user.name)) // an account's stays
        m_names.insert(user.name, user.id);
    m_known.arrive(foldedName(user.name), user.id);
    if (!user.secretHash.isEmpty())
        m_hereBySecret.insert(user.secretHash, user.id);
    const UserId id = user.id;
    return m_users[id] = std::move(user);
}

User &Directory::admitAnonymous(const Origin &origin)
{
    QString name;
    do {
        name = u"guest~"_s;
        for (const char byte : m_random(4))
            name += anonymousLetters[static_cast<unsigned char>(byte) % anonymousLetters.size()];
    } while (m_anonymousNames.contains(name));
    const UserId id = ++m_lastId;
    m_anonymousNames.insert(name, id);
    User &user = m_users[id];
    user.id = id;
    user.name = name;
    user.anonymous = true;
    user.origin = origin;
    return user;
}

std::optional<QString> Directory::nameOf(const QString &secret, qint64 now) const
{
    if (secret.isEmpty())
        return std::nullopt;
    const QByteArray hash = secretHash(secret);
    if (const User *here = find(m_hereBySecret.value(hash)))
        return here->name;
    const auto departed = m_departed.find(m_departedBySecret.value(hash));
    if (departed == m_departed.end() || departed->second.until->first < now)
        return std::nullopt;
    return departed->second.user.name;
}

User *Directory::restore(const QString &name, const QString &secret, qint64 now)
{
    if (secret.isEmpty())
        return nullptr;
    if (User *here = findByName(name))
        return here->secretHash == secretHash(secret) ? here : nullptr;
    const auto found = m_departed.find(m_departedBySecret.value(secretHash(secret)));
    if (found == m_departed.end() || found->second.until->first < now
        || foldedName(found->second.user.name) != foldedName(name)
        || m_names.lookAlike(found->second.user.name))
        return nullptr;
    User user = found->second.user;
    user.resume = secret;
    forget(found);
    return &add(std::move(user));
}

Directory::DepartedMap::iterator Directory::forget(DepartedMap::iterator departed)
{
    m_departedByTime.erase(departed->second.until);
    m_departedFrom.giveBack(departed->first);
    m_departedBySecret.remove(departed->second.user.secretHash);
    m_known.forget(foldedName(departed->second.user.name), departed->first);
    return m_departed.erase(departed);
}

qint64 Directory::depart(UserId id, qint64 now)
{
    auto node = m_users.extract(id);
    if (node.empty())
        return 0;
    User &user = node.mapped();
    m_hereBySecret.remove(user.secretHash);
    if (user.anonymous) {
        m_anonymousNames.remove(user.name);
        return 0;
    }
    if (user.registered) {
        m_known.leave(foldedName(user.name));
        m_absent[id] = std::move(user);
        return 0;
    }
    if (!m_held.contains(id))
        m_names.remove(user.name);
    const qint64 until = resumableUntil(now);
    remember(std::move(user), until);
    return until;
}

void Directory::remember(User user, qint64 until)
{
    const UserId id = user.id;
    const QString folded = foldedName(user.name);
    m_known.arrive(folded, id);
    m_known.leave(folded);
    m_departedBySecret.insert(user.secretHash, id);
    m_departedFrom.take(user.share, id);
    m_departed.insert_or_assign(id, Departed{std::move(user), m_departedByTime.emplace(until, id)});
}

QList<User> Directory::expire(qint64 now)
{
    QList<User> forgotten;
    const auto forgetOne = [&](UserId id) {
        const auto found = m_departed.find(id);
        forgotten.append(found->second.user);
        forget(found);
    };
    while (!m_departedByTime.empty() && m_departedByTime.begin()->first < now)
        forgetOne(m_departedByTime.begin()->second);
    while (m_departed.size() > size_t(limits::departedGuests))
        forgetOne(m_departedFrom.firstToGiveWay());
    return forgotten;
}

User *Directory::find(UserId id)
{
    const auto found = m_users.find(id);
    return found == m_users.end() ? nullptr : &found->second;
}

const User *Directory::find(UserId id) const
{
    const auto found = m_users.find(id);
    return found == m_users.end() ? nullptr : &found->second;
}

User *Directory::findByName(QStringView name)
{
    const auto found = m_names.find(normalizedName(name));
    return found ? find(found->id) : nullptr;
}

const User *Directory::findByName(QStringView name) const
{
    const auto found = m_names.find(normalizedName(name));
    return found ? find(found->id) : nullptr;
}

const User *Directory::findAnonymous(const QString &name) const
{
    return find(m_anonymousNames.value(name.toLower()));
}

User *Directory::findDeparted(UserId id)
{
    const auto found = m_departed.find(id);
    if (found != m_departed.end())
        return &found->second.user;
    const auto absent = m_absent.find(id);
    return absent == m_absent.end() ? nullptr : &absent->second;
}

const User *Directory::findDeparted(UserId id) const
{
    const auto found = m_departed.find(id);
    if (found != m_departed.end())
        return &found->second.user;
    const auto absent = m_absent.find(id);
    return absent == m_absent.end() ? nullptr : &absent->second;
}

void Directory::putAccount(const AccountRecord &record)
{
    m_accounts[record.id] = record;
    const QString folded = foldedName(record.name);
    if (!m_names.find(record.name))
        m_names.insert(record.name, record.id);
    if (record.passwordHash.isEmpty()) {
        m_accountNames.erase(folded);
        m_absent.erase(record.id);
        m_known.leave(folded);
        m_known.forget(folded, record.id);
        return;
    }
    m_accountNames[folded] = record.id;
    User *user = find(record.id);
    if (const auto departed = m_departed.find(record.id); departed != m_departed.end()) {
        m_absent[record.id] = std::move(departed->second.user);
        departed->second.user.name = record.name; // by which it is forgotten
        departed->second.user.secretHash = m_absent[record.id].secretHash;
        forget(departed);
    }
    if (!user) {
        user = &m_absent[record.id];
        m_known.arrive(folded, record.id);
        m_known.leave(folded);
    }
    user->id = record.id;
    user->name = record.name;
    user->registered = user->stored = true;
    user->admin = record.admin;
    m_hereBySecret.remove(user->secretHash);
    user->resume.clear();
    user->secretHash.clear();
}

qsizetype Directory::accountCount() const
{
    return std::ssize(m_accountNames) + m_held.size();
}

const AccountRecord *Directory::account(UserId id) const
{
    const auto found = m_accounts.find(id);
    return found == m_accounts.end() ? nullptr : &found->second;
}

const AccountRecord *Directory::findAccount(QStringView name) const
{
    const auto found = m_names.find(normalizedName(name));
    const AccountRecord *record = found ? account(found->id) : nullptr;
    return record && !record->passwordHash.isEmpty() ? record : nullptr;
}

User *Directory::arrive(UserId id)
{
    auto node = m_absent.extract(id);
    return node.empty() ? find(id) : &add(std::move(node.mapped()));
}

Result<UserId> Directory::hold(const QString &name)
{
    const Result<QString> fresh = freshName(name);
    if (!fresh)
        return fresh.error();
    const UserId id = ++m_lastId;
    m_names.insert(*fresh, id);
    m_held.insert(id, *fresh);
    return id;
}

void Directory::release(UserId id)
{
    const QString name = m_held.take(id);
    if (!name.isEmpty() && !find(id) && !account(id))
        m_names.remove(name);
}

const User *Directory::findReachable(UserId id) const
{
    if (const User *here = find(id))
        return here;
    const auto absent = m_absent.find(id);
    return absent == m_absent.end() ? nullptr : &absent->second;
}

User *Directory::findBearer(QStringView name)
{
    return const_cast<User *>(std::as_const(*this).findBearer(name));
}

const User *Directory::findBearer(QStringView name) const
{
    const auto found = m_names.find(normalizedName(name));
    if (!found)
        return nullptr;
    return findReachable(found->id);
}

} // namespace teahouse::server
