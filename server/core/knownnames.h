#pragma once

#include "server/core/store.h"

#include <QStringView>

#include <array>
#include <unordered_map>

namespace teahouse::server {

/// Whom a name means: the one who bears it now, else the last who has borne it and may come back.
/// Found without copying the name, since every word of every message is looked up.
class KnownNames
{
public:
    /// Somebody bears the folded name now.
    void arrive(const QString &folded, UserId user);
    /// The bearer has left and may come back.
    void leave(const QString &folded);
    /// Somebody who had left does not come back.
    void forget(const QString &folded, UserId user);

    /// 0: nobody is known by that name.
    UserId find(QStringView folded) const;

private:
    struct Bearers
    {
        UserId here = 0;
        UserId departed = 0;
    };
    struct Hash
    {
        using is_transparent = void; // NOLINT(readability-identifier-naming): std::'s name
        size_t operator()(QStringView text) const { return qHash(text); }
    };
    struct Equal
    {
        using is_transparent = void; // NOLINT(readability-identifier-naming): std::'s name
        bool operator()(QStringView a, QStringView b) const { return a == b; }
    };

    /// What is seen of a name at a glance: its ends and its length.
    static size_t glance(QStringView folded);

    std::unordered_map<QString, Bearers, Hash, Equal> m_bearers;
    /// How many names there are for each glance: most words are told by it to be none of them.
    std::array<quint32, 1024> m_glances = {};
};

} // namespace teahouse::server
