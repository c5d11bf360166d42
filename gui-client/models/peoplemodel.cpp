#include "gui-client/models/peoplemodel.h"

#include "shared/names.h"
#include "shared/text.h"

#include <algorithm>

namespace teahouse::client {

namespace {

/// Addresses, networks and their tokens consist of these alone; nothing else is shown.
bool isAddress(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar letter) {
        const bool isPlain = letter.unicode() < 128 && letter.isLetterOrNumber();
        return isPlain || QStringView(u".:/~, ").contains(letter);
    });
}

Person cleaned(Person person)
{
    if (!isAddress(person.address))
        person.address.clear();
    person.name = cleanLine(person.name);
    person.away = cleanLine(person.away);
    person.via = cleanLine(person.via);
    return person;
}

/// Owners stand before moderators, and these before everybody else.
int groupOf(const Person &person)
{
    switch (person.role) {
    case RoomRole::Owner:
        return 0;
    case RoomRole::Moderator:
        return 1;
    case RoomRole::Member:
    case RoomRole::None:
        break;
    }
    return 2;
}

} // namespace

PeopleModel::PeopleModel(QObject *parent) : QAbstractListModel(parent)
{
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_collator.setNumericMode(true);
}

int PeopleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_people.size());
}

QVariant PeopleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Person &person = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return person.name;
    case AwayRole:
        return person.away;
    case ViaRole:
        return person.via;
    case OnlineRole:
        return person.online;
    case IgnoredRole:
        return m_ignored.contains(m_people.at(index.row()).key);
    case RoomRoleRole:
        return static_cast<int>(person.role);
    case RegisteredRole:
        return person.registered;
    case AdminRole:
        return person.admin;
    case AddressRole:
    case Qt::ToolTipRole: // no markup is possible in it
        return person.address;
    default:
        return {};
    }
}

QHash<int, QByteArray> PeopleModel::roleNames() const
{
    return {{NameRole, "name"},
            {AwayRole, "away"},
            {ViaRole, "via"},
            {OnlineRole, "online"},
            {IgnoredRole, "ignored"},
            {RoomRoleRole, "roomRole"},
            {RegisteredRole, "registered"},
            {AdminRole, "admin"},
            {AddressRole, "address"}};
}

void PeopleModel::upsert(const Person &person)
{
    const Entry entry{cleaned(person), foldedName(cleanLine(person.name))};
    if (m_listing)
        m_listed.insert(entry.key);
    const auto row = rowOf(entry.person.name);
    if (!row) {
        insert(entry);
        return;
    }
    replace(*row, entry);
}

void PeopleModel::replace(int row, const Entry &entry)
{
    Entry &known = m_people[row];
    if (known.person == entry.person)
        return;
    if (known.person.online != entry.person.online || known.person.name != entry.person.name
        || groupOf(known.person) != groupOf(entry.person)) {
        removeAt(row);
        insert(entry);
        return;
    }
    known = entry;
    emit dataChanged(index(row), index(row));
}

void PeopleModel::remove(const QString &name)
{
    if (const auto row = rowOf(name))
        removeAt(*row);
}

void PeopleModel::setAway(const QString &name, const QString &away)
{
    change(name, [&away](Person &person) { person.away = cleanLine(away); });
}

void PeopleModel::setRole(const QString &name, RoomRole role)
{
    change(name, [role](Person &person) {
        person.role = role;
        person.registered = person.registered || role != RoomRole::None;
    });
}

void PeopleModel::setStanding(const QString &name, bool registered, bool admin)
{
    change(name, [registered, admin](Person &person) {
        person.registered = registered;
        person.admin = admin;
    });
}

void PeopleModel::setAbsent(const QString &name)
{
    change(name, [](Person &gone) {
        gone.online = false;
        gone.away.clear();
    });
}

void PeopleModel::leave(const QString &name)
{
    const auto person = find(name);
    if (!person)
        return;
    if (person->role == RoomRole::None)
        remove(name);
    else
        setAbsent(name);
}

void PeopleModel::change(const QString &name, const std::function<void(Person &)> &change)
{
    const auto row = rowOf(name);
    if (!row)
        return;
    Entry entry = m_people.at(*row);
    change(entry.person);
    replace(*row, entry);
}

void PeopleModel::setIgnored(const QSet<QString> &keys)
{
    if (m_ignored == keys)
        return;
    m_ignored = keys;
    if (!m_people.isEmpty())
        emit dataChanged(index(0), index(rowCount() - 1), {IgnoredRole});
}

void PeopleModel::applyPage(const PersonList &page)
{
    m_listing = true;
    if (m_people.isEmpty()) {
        fill(page.people);
    } else {
        for (const Person &person : page.people)
            upsert(person);
    }
    if (page.more)
        return;
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (!m_listed.contains(m_people.at(row).key))
            removeAt(row);
    }
    m_listed.clear();
    m_listing = false;
}

std::optional<int> PeopleModel::rowOf(const QString &name) const
{
    const QString key = foldedName(name);
    for (qsizetype i = 0; i < m_people.size(); ++i) {
        if (m_people.at(i).key == key)
            return static_cast<int>(i);
    }
    return std::nullopt;
}

QStringList PeopleModel::names() const
{
    QStringList names;
    names.reserve(m_people.size());
    for (const Entry &entry : m_people)
        names.append(entry.person.name);
    return names;
}

int PeopleModel::onlineCount() const
{
    // Those online stand first.
    const auto absent = std::partition_point(
            m_people.cbegin(), m_people.cend(),
            [](const Entry &entry) { return entry.person.online; });
    return static_cast<int>(std::distance(m_people.cbegin(), absent));
}

std::optional<Person> PeopleModel::find(const QString &name) const
{
    const auto row = rowOf(name);
    return row ? std::optional(at(*row)) : std::nullopt;
}

bool PeopleModel::isBefore(const Entry &left, const Entry &right) const
{
    if (left.person.online != right.person.online)
        return left.person.online;
    if (groupOf(left.person) != groupOf(right.person))
        return groupOf(left.person) < groupOf(right.person);
    const int order = m_collator.compare(left.person.name, right.person.name);
    return order != 0 ? order < 0 : left.key < right.key;
}

void PeopleModel::insert(const Entry &entry)
{
    const auto place = std::lower_bound(
            m_people.cbegin(), m_people.cend(), entry,
            [this](const Entry &left, const Entry &right) { return isBefore(left, right); });
    const auto row = static_cast<int>(std::distance(m_people.cbegin(), place));
    beginInsertRows({}, row, row);
    m_people.insert(row, entry);
    endInsertRows();
}

void PeopleModel::removeAt(int row)
{
    beginRemoveRows({}, row, row);
    m_people.removeAt(row);
    endRemoveRows();
}

Person personOf(const QModelIndex &index)
{
    return {index.data(PeopleModel::NameRole).toString(),
            index.data(PeopleModel::AwayRole).toString(),
            index.data(PeopleModel::ViaRole).toString(),
            index.data(PeopleModel::OnlineRole).toBool(),
            static_cast<RoomRole>(index.data(PeopleModel::RoomRoleRole).toInt()),
            index.data(PeopleModel::RegisteredRole).toBool(),
            index.data(PeopleModel::AdminRole).toBool()};
}

/// The first page comes in one piece.
void PeopleModel::fill(const QList<Person> &people)
{
    QList<Entry> entries;
    for (const Person &person : people) {
        const Entry entry{cleaned(person), foldedName(cleanLine(person.name))};
        if (m_listed.contains(entry.key))
            continue;
        m_listed.insert(entry.key);
        entries.append(entry);
    }
    if (entries.isEmpty())
        return;
    std::sort(entries.begin(), entries.end(),
              [this](const Entry &left, const Entry &right) { return isBefore(left, right); });
    beginInsertRows({}, 0, static_cast<int>(entries.size()) - 1);
    m_people = entries;
    endInsertRows();
}

} // namespace teahouse::client
