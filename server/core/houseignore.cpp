#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/names.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

IgnoreList listOf(const User &user)
{
    return {QStringList(user.ignored.values())};
}

} // namespace

bool House::isIgnored(UserId speaker, UserId by) const
{
    const auto ignorers = m_ignorers.constFind(speaker);
    return ignorers != m_ignorers.cend() && ignorers->contains(by);
}

/// Makes it so in memory.
void House::noteIgnored(const IgnoreRecord &record)
{
    User *user = m_directory.find(record.user);
    if (!user)
        user = m_directory.findDeparted(record.user);
    if (!user)
        return;
    if (record.lifted) {
        user->ignored.remove(record.ignored);
        m_ignorers[record.ignored].remove(record.user);
        if (m_ignorers.value(record.ignored).isEmpty())
            m_ignorers.remove(record.ignored);
    } else {
        user->ignored.insert(record.ignored, record.name);
        m_ignorers[record.ignored].insert(record.user);
    }
}

/// A guest's list is as short-lived as the guest.
void House::changeIgnored(const User &user, const IgnoreRecord &record, IgnoreThen then)
{
    const auto answer = [this, id = user.id, then = std::move(then)](const Result<Done> &kept) {
        const User *now = m_directory.find(id);
        if (!kept)
            then(kept.error());
        else
            then(now ? listOf(*now) : IgnoreList());
    };
    // One of somebody without a name is, too.
    const User *ignored = m_directory.find(record.ignored);
    if (user.registered && !(ignored && ignored->anonymous))
        return commit(
                {record}, [this, record] { noteIgnored(record); }, answer);
    noteIgnored(record);
    answer(Done{});
}

/// A full list loses those who are nobody any more: guests who cannot come back.
void House::forgetUnknown(SessionId id)
{
    const User &user = *userOf(id);
    if (user.ignored.size() < limits::ignored)
        return;
    const QMap<UserId, QString> ignored = user.ignored;
    QList<Change> lifted;
    for (auto it = ignored.cbegin(); it != ignored.cend(); ++it) {
        if (m_directory.find(it.key()) || m_directory.findDeparted(it.key()))
            continue;
        const IgnoreRecord record{user.id, it.key(), it.value(), true};
        noteIgnored(record);
        lifted.append(record);
    }
    if (user.registered && !lifted.isEmpty())
        m_store.put(lifted, {}); // else it is found again
}

void House::ignore(SessionId id, const QString &name, IgnoreThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    const User *ignored = m_directory.findAnonymous(name);
    if (const UserId meant = m_directory.findMeant(foldedName(name)); !ignored && meant != 0) {
        ignored = m_directory.find(meant);
        if (!ignored)
            ignored = m_directory.findDeparted(meant);
    }
    if (!ignored)
        return then(Error{.code = ErrorCode::NoSuchUser, .subject = name});
    const UserId other = ignored->id;
    if (other == user->id)
        return then(
                Error{.code = ErrorCode::BadRequest, .subject = u"nobody can ignore oneself"_s});
    if (user->ignored.contains(other))
        return then(listOf(*user));
    forgetUnknown(id);
    if (user->ignored.size() >= limits::ignored)
        return then(Error{.code = ErrorCode::TooMany,
                          .subject = u"people that you ignore"_s,
                          .number = limits::ignored});
    changeIgnored(*user, {user->id, other, ignored->name}, std::move(then));
}

void House::unignore(SessionId id, const QString &name, IgnoreThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    const QString folded = foldedName(name);
    for (auto it = user->ignored.begin(); it != user->ignored.end(); ++it) {
        if (foldedName(it.value()) == folded)
            return changeIgnored(*user, {user->id, it.key(), it.value(), true}, std::move(then));
    }
    then(Error{.code = ErrorCode::NoSuchUser, .subject = name});
}

bool House::isHidden(SessionId id, const Item &item) const
{
    QList<Item> items = {item};
    hideIgnored(id, items);
    return items.isEmpty();
}

/// Takes out of what a session for text is shown what ignored people have said; other sessions
/// get every number and hide it themselves.
void House::hideIgnored(SessionId id, QList<Item> &items) const
{
    const User *user = userOf(id);
    if (!user || user->ignored.isEmpty() || find(id)->spec.form != Form::Line)
        return;
    QSet<QString> names;
    for (const QString &name : user->ignored)
        names.insert(foldedName(name));
    items.removeIf([&](const Item &item) { return names.contains(foldedName(item.from)); });
}

} // namespace teahouse::server
