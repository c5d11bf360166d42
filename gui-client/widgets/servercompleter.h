#pragma once

#include <QCompleter>
#include <QStandardItemModel>

namespace teahouse::client {

/// A server that was met before.
struct ServerEntry
{
    QString address;
    QString name; ///< as it calls itself; may be empty
    QString user; ///< the last user name there; may be empty

    bool operator==(const ServerEntry &) const = default;
};

/// Completes the address of a server by any part of the address or of the server's name.
class ServerCompleter : public QCompleter
{
    Q_OBJECT

public:
    explicit ServerCompleter(QObject *parent = nullptr);

    void setServers(const QList<ServerEntry> &servers);

    QString pathFromIndex(const QModelIndex &index) const override;
    QStringList splitPath(const QString &path) const override { return {path}; }

signals:
    /// One of them was chosen; where it has a user name.
    void userKnown(const QString &user);

private:
    enum Role { AddressRole = Qt::UserRole, UserRole };

    QStandardItemModel m_servers;
};

} // namespace teahouse::client
