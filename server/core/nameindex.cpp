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

std::optional<NameIndex::Entry> NameIndex::find(QStringView name) const
{
    return lookUp(m_byFolded, foldedName(name));
}

std::optional<NameIndex::Entry> NameIndex::lookAlike(QStringView name) const
{
    if (const auto same = find(name))
        return same;
    const Skeleton looks = skeleton(name);
    if (const auto similar = lookUp(m_bySkeletonOfFolded, looks.ofFolded))
        return similar;
    return lookUp(m_byFoldedSkeleton, looks.folded);
}

void NameIndex::insert(const QString &name, quint64 id)
{
    const Skeleton looks = skeleton(name);
    const Entry entry{id, name};
    // The keys are mostly the same text: then they share it.
    const QString folded = sharedWith(name, foldedName(name));
    m_byFolded.insert(folded, entry);
    m_bySkeletonOfFolded.insert(sharedWith(folded, looks.ofFolded), entry);
    m_byFoldedSkeleton.insert(sharedWith(folded, looks.folded), entry);
}

void NameIndex::remove(const QString &name)
{
    const Skeleton looks = skeleton(name);
    m_byFolded.remove(foldedName(name));
    m_bySkeletonOfFolded.remove(looks.ofFolded);
    m_byFoldedSkeleton.remove(looks.folded);
}

} // namespace teahouse::server
