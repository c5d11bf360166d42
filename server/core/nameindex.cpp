#include "server/core/nameindex.h"

#include "shared/names.h"

namespace teahouse::server {

namespace {

std::optional<NameIndex::Entry> lookUp(const QHash<QString, NameIndex::Entry> &index,
                                       const QString &key)
{
    const auto found = index.constFind(key);
    if (found == index.constEnd())
        return std::nullopt;
    return *found;
}

/// `text` without room to spare, or `other` if it is the same.
QString sharedWith(const QString &other, QString text)
{
    if (text == other)
        return other;
    text.squeeze();
    return text;
}

} // namespace

std::optional<NameIndex::Entry> NameIndex::Looks::find(const QString &key) const
{
    return lookUp(m_entries, key);
}

void NameIndex::Looks::insert(const QString &key, const Entry &entry)
{
    if (m_entries.contains(key))
        m_further.insert(key, entry);
    else
        m_entries.insert(key, entry);
}

void NameIndex::Looks::remove(const QString &key, const QString &name)
{
    const auto is = [&name](const Entry &entry) {
        return foldedName(entry.name) == foldedName(name);
    };
    for (auto other = m_further.find(key); other != m_further.end() && other.key() == key;
         ++other) {
        if (is(*other)) {
            m_further.erase(other);
            return;
        }
    }
    const auto found = m_entries.find(key);
    if (found == m_entries.end() || !is(*found))
        return;
    if (const auto next = m_further.find(key); next != m_further.end()) {
        *found = *next;
        m_further.erase(next);
    } else {
        m_entries.erase(found);
    }
}

std::optional<NameIndex::Entry> NameIndex::find(QStringView name) const
{
    return lookUp(m_byFolded, foldedName(name));
}

std::optional<NameIndex::Entry> NameIndex::lookAlike(QStringView name) const
{
    if (const auto same = find(name))
        return same;
    const Skeleton looks = skeleton(name);
    if (const auto similar = m_bySkeletonOfFolded.find(looks.ofFolded))
        return similar;
    return m_byFoldedSkeleton.find(looks.folded);
}

void NameIndex::insert(const QString &name, quint64 id)
{
    const Skeleton looks = skeleton(name);
    const Entry entry{id, name};
    // The keys are mostly the same text: then they share it.
    const QString folded = sharedWith(name, foldedName(name));
    m_byFolded.insert(folded, entry);
    const QString ofFolded = sharedWith(folded, looks.ofFolded);
    m_bySkeletonOfFolded.insert(ofFolded, entry);
    m_byFoldedSkeleton.insert(sharedWith(ofFolded, looks.folded), entry);
}

void NameIndex::remove(const QString &name)
{
    const Skeleton looks = skeleton(name);
    m_byFolded.remove(foldedName(name));
    m_bySkeletonOfFolded.remove(looks.ofFolded, name);
    m_byFoldedSkeleton.remove(looks.folded, name);
}

} // namespace teahouse::server
