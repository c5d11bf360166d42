#pragma once

#include "gui-client/link/serveraddress.h"
#include "gui-client/link/trust.h"

#include <QCoreApplication>
#include <QMap>

namespace teahouse::client {

/// What is kept of a server between its meetings.
struct KnownServer
{
    ServerAddress address = {};
    std::optional<ServerTrust> trust = {}; ///< nothing: it was never met encrypted
    qint64 since = 0;        ///< ms since 1970 UTC, since when this trust holds; 0 without any
    bool mayBePlain = false; ///< the person agreed to go on without encryption
    QString name = {};       ///< as the server calls itself
    QString user = {};       ///< the last user name there
    QString room = {};       ///< the last room there

    bool operator==(const KnownServer &) const = default;
};

/// The servers that were met, each under its host and port, in a file of their own that is written
/// as a whole. It is read again before each change, so that two programs may share it.
class KnownServers
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::KnownServers)

public:
    explicit KnownServers(const QString &file);

    /// The file that goes with one of settings.
    static QString fileBeside(const QString &settingsFile);

    /// Why the file could not be read or written; empty: it could. One that cannot be understood is
    /// set aside, and all servers count as never met.
    const QString &fault() const { return m_fault; }

    QList<KnownServer> all() const { return m_servers.values(); }

    /// What is known of it; with nothing but the address where it was never met.
    KnownServer at(const ServerAddress &address) const;

    /// What a link has to know before it meets the server.
    Acquaintance acquaintance(const ServerAddress &address) const;

    /// From `now` on (ms since 1970 UTC), unless it is trusted so already.
    void trust(const ServerAddress &address, const ServerTrust &trust, qint64 now);
    void allowPlain(const ServerAddress &address);
    void setLogin(const ServerAddress &address, const QString &name, const QString &user);
    void setRoom(const ServerAddress &address, const QString &room);

private:
    void read();
    void setAside();
    void put(const KnownServer &server);
    void write();

    QString m_file;
    QString m_fault;
    bool m_isReadable = true;
    QMap<QString, KnownServer> m_servers; ///< by `HOST:PORT` in small letters
};

} // namespace teahouse::client
