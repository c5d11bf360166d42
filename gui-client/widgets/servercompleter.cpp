#include "gui-client/widgets/servercompleter.h"

namespace teahouse::client {

ServerCompleter::ServerCompleter(QObject *parent) : QCompleter(parent)
{
    setModel(&m_servers);
    setCaseSensitivity(Qt::CaseInsensitive);
    setFilterMode(Qt::MatchContains);
    connect(this, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) {
                if (const QString user = index.data(UserRole).toString(); !user.isEmpty())
                    emit userKnown(user);
            });
}

void ServerCompleter::setServers(const QList<ServerEntry> &servers)
{
    m_servers.clear();
    for (const ServerEntry &server : servers) {
        auto *item = new QStandardItem(
                server.name.isEmpty() ? server.address
                                      : tr("%1 \u2013 %2", "a server's address, and its name")
                                                .arg(server.address, server.name));
        item->setData(server.address, AddressRole);
        item->setData(server.user, UserRole);
        m_servers.appendRow(item);
    }
}

QString ServerCompleter::pathFromIndex(const QModelIndex &index) const
{
    return index.data(AddressRole).toString();
}

} // namespace teahouse::client
