#include "gui-client/app/knownservers.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

QString keyOf(const ServerAddress &address)
{
    return address.host.toLower() + u':' + QString::number(address.port);
}

QJsonObject toJson(const KnownServer &server)
{
    QJsonObject object{{"host"_L1, server.address.host}, {"port"_L1, server.address.port}};
    if (server.trust) {
        const bool isKey = server.trust->by == ServerTrust::By::Key;
        object["trusted"_L1] = isKey ? "key"_L1 : "authority"_L1;
        object["fingerprint"_L1] = server.trust->key.text();
        object["since"_L1] = server.since;
    }
    object["plain"_L1] = server.mayBePlain;
    object["name"_L1] = server.name;
    object["user"_L1] = server.user;
    object["room"_L1] = server.room;
    return object;
}

/// Nothing where it was not written by this program: half a trust is none.
std::optional<KnownServer> fromJson(const QJsonObject &object)
{
    KnownServer server;
    server.address.host = object["host"_L1].toString();
    const int port = object["port"_L1].toInt();
    server.address.port = static_cast<quint16>(port);
    server.mayBePlain = object["plain"_L1].toBool();
    server.name = object["name"_L1].toString();
    server.user = object["user"_L1].toString();
    server.room = object["room"_L1].toString();
    if (server.address.host.isEmpty() || port < 1 || port > 65535)
        return std::nullopt;
    const QString by = object["trusted"_L1].toString();
    if (!object.contains("trusted"_L1))
        return server;
    const auto key = Fingerprint::parse(object["fingerprint"_L1].toString());
    if (!key || (by != "key"_L1 && by != "authority"_L1))
        return std::nullopt;
    server.trust = ServerTrust{by == "key"_L1 ? ServerTrust::By::Key : ServerTrust::By::Authority,
                               *key};
    server.since = object["since"_L1].toInteger();
    return server;
}

} // namespace

KnownServers::KnownServers(const QString &file) : m_file(file)
{
    read();
}

QString KnownServers::fileBeside(const QString &settingsFile)
{
    const QFileInfo settings(settingsFile);
    return settings.path() + u'/' + settings.completeBaseName() + u"-servers.json"_s;
}

KnownServer KnownServers::at(const ServerAddress &address) const
{
    return m_servers.value(keyOf(address), KnownServer{.address = address});
}

Acquaintance KnownServers::acquaintance(const ServerAddress &address) const
{
    const KnownServer known = at(address);
    Acquaintance acquaintance{.trust = known.trust, .mayBePlain = known.mayBePlain};
    for (auto other = m_servers.cbegin(); other != m_servers.cend(); ++other) {
        if (other->trust && other.key() != keyOf(address))
            acquaintance.elsewhere.append(
                    {other->trust->key, other->name, toString(other->address)});
    }
    return acquaintance;
}

void KnownServers::trust(const ServerAddress &address, const ServerTrust &trust, qint64 now)
{
    KnownServer server = at(address);
    if (!server.trust || server.trust->by != trust.by
        || (trust.by == ServerTrust::By::Key && server.trust->key != trust.key))
        server.since = now;
    server.trust = trust;
    server.mayBePlain = false; // never again
    put(server);
}

void KnownServers::allowPlain(const ServerAddress &address)
{
    KnownServer server = at(address);
    server.mayBePlain = !server.trust;
    put(server);
}

void KnownServers::setLogin(const ServerAddress &address, const QString &name, const QString &user)
{
    KnownServer server = at(address);
    server.name = name;
    server.user = user;
    put(server);
}

void KnownServers::setRoom(const ServerAddress &address, const QString &room)
{
    KnownServer server = at(address);
    server.room = room;
    put(server);
}

void KnownServers::read()
{
    QFile file(m_file);
    if (!file.exists())
        return;
    m_isReadable = file.open(QIODevice::ReadOnly);
    if (!m_isReadable) {
        m_fault = tr("The list of known servers cannot be read: %1. Check the permissions of "
                     "\u201c%2\u201d. Until then every server is new.")
                          .arg(file.errorString(), m_file);
        return;
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    bool isWhole = document.isArray();
    const QJsonArray servers = document.array();
    m_servers.clear();
    for (const QJsonValueConstRef value : servers) {
        const std::optional<KnownServer> server = fromJson(value.toObject());
        isWhole = isWhole && server;
        if (server)
            m_servers[keyOf(server->address)] = *server;
    }
    if (!isWhole)
        setAside();
}

void KnownServers::setAside()
{
    m_servers.clear();
    const QString aside = m_file + u".damaged"_s;
    QFile::remove(aside);
    QFile::rename(m_file, aside);
    m_fault = tr("The list of known servers was damaged and is now \u201c%1\u201d. You will be "
                 "asked about every server again: compare the fingerprints.")
                      .arg(aside);
}

void KnownServers::put(const KnownServer &server)
{
    if (m_servers.value(keyOf(server.address)) == server)
        return;
    read();
    m_servers[keyOf(server.address)] = server;
    if (m_isReadable)
        write();
}

void KnownServers::write()
{
    QJsonArray servers;
    for (const KnownServer &server : std::as_const(m_servers))
        servers.append(toJson(server));
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    const bool isOpen = file.open(QIODevice::WriteOnly);
    if (isOpen)
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (isOpen && file.write(QJsonDocument(servers).toJson()) >= 0 && file.commit())
        m_fault.clear();
    else
        m_fault = tr("The list of known servers cannot be saved: %1. Check \u201c%2\u201d, or you "
                     "will be asked about this server again.")
                          .arg(file.errorString(), m_file);
}

} // namespace teahouse::client
