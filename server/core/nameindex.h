#pragma once

#include <QHash>
#include <QString>

#include <optional>

namespace teahouse::server {

/// Names that are in use, found by their folded form and by what they look like.
class NameIndex
{
public:
    struct Entry
    {
        quint64 id = 0;
        QString name;
    };

    /// The entry of this very name, case and normalization aside.
    std::optional<Entry> find(QStringView name) const;

    /// An entry that is this name or looks like it.
    std::optional<Entry> lookAlike(QStringView name) const;

    /// Adds a name that find() does not know.
    void insert(const QString &name, quint64 id);
    void remove(const QString &name);

private:
    QHash<QString, Entry> m_byFolded;
    QHash<QString, Entry> m_bySkeletonOfFolded;
    QHash<QString, Entry> m_byFoldedSkeleton;
};

} // namespace teahouse::server
