#pragma once

#include "shared/announcement.h"
#include "shared/fingerprint.h"

#include <QAbstractListModel>
#include <QMap>

#include <compare>
#include <functional>

namespace teahouse::client {

/// The servers that announce themselves on the local network. All that stands here is the claim of
/// whoever sent it: names are cleaned, and a server that goes by the name of one whose key is
/// known, with another key, is marked. Is told what is heard, and knows nothing of where.
class NearbyModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class State {
        Unavailable, ///< nothing can be heard here
        Searching,
        Searched, ///< whoever is there should have been heard by now
    };
    Q_ENUM(State)

    enum Role {
        NameRole = Qt::DisplayRole, ///< QString
        AddressRole = Qt::UserRole, ///< QString, as it is typed: with the port, if need be
        KeyRole,                    ///< QString, Fingerprint::shortText(); empty: tells none
        PeopleRole,                 ///< int, who are there
        FalseRole,                  ///< bool, has not the key of the server of that name
    };

    static constexpr qsizetype longestName = 64; ///< code points of a name that count
    static constexpr int most = 50;              ///< rows; what is heard beyond them is passed over

    /// One announcement, on one network.
    struct Sight
    {
        int interface = 0;
        int protocol = 0;
        QString service = {}; ///< name of the service, as it came
        QString domain = {};

        std::strong_ordering operator<=>(const Sight &) const = default;
    };

    /// What it says.
    struct Claim
    {
        QString host = {}; ///< an address, with its scope if it has one
        quint16 port = 0;
        QList<QByteArray> txt = {};
    };

    /// The keys of the servers of a name that the client knows; none: it knows no such server.
    using KnownKeys = std::function<QList<Fingerprint>(const QString &serverName)>;

    explicit NearbyModel(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    State state() const { return m_state; }
    void setState(State state);
    void setKnownKeys(KnownKeys knownKeys);

    /// Seen for the first time, or with another claim than before.
    void see(const Sight &sight, const Claim &claim);
    void lose(const Sight &sight);
    void clear();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

signals:
    void stateChanged();

private:
    /// The same service, wherever it was heard.
    struct Entry
    {
        QString service;
        QString domain;
        quint16 port = 0;
        Announcement announcement;
        QMap<Sight, QString> hosts; ///< by where it was heard; never empty
    };

    int rowOf(const Sight &sight) const;
    int rowLike(const Entry &entry) const;
    void drop(int row, const Sight &sight);
    bool isFalse(const Announcement &announcement) const;
    static QString addressOf(const Entry &entry);

    QList<Entry> m_entries;
    KnownKeys m_knownKeys;
    State m_state = State::Unavailable;
};

} // namespace teahouse::client
