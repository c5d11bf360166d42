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
    /// Entries by a key that several may have, though nearly none do: such as were there before
    /// the rules that keep them apart.
    class Looks
    {
    public:
        std::optional<Entry> find(const QString &key) const;
        void insert(const QString &key, const Entry &entry);
        void remove(const QString &key, const QString &name);

    private:
        QHash<QString, Entry> m_entries;
        QMultiHash<QString, Entry> m_further;
    };

    QHash<QString, Entry> m_byFolded;
    Looks m_bySkeletonOfFolded;
    Looks m_byFoldedSkeleton;
};

} // namespace teahouse::server
