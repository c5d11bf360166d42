#pragma once

#include <QByteArrayList>
#include <QDBusConnection>
#include <QDBusVirtualObject>
#include <QMap>
#include <QStringList>

namespace teahouse::test {

/// Stands for avahi-daemon on a private bus, with its D-Bus interface as of Avahi 0.8
/// (avahi-daemon/dbus-*.c) and as strict: the types of all arguments are compared, objects answer
/// their maker only, groups have their states, names collide. Its signals go to whoever made the
/// object, those of a browser even before the reply that names it.
class FakeAvahi : public QDBusVirtualObject
{
    Q_OBJECT

public:
    enum ServerState { Registering = 1, Running = 2, Collision = 3 };
    enum GroupState { Uncommitted, GroupRegistering, Established, GroupCollision, GroupFailure };

    struct Service
    {
        int interface = 2;
        int protocol = 0;
        QString name = {};
        QString host = {};
        QString address = {};
        quint16 port = 0;
        QByteArrayList txt = {};
    };

    explicit FakeAvahi(QString busAddress);
    ~FakeAvahi() override;

    /// Appears on the bus, or goes from it; what it had made is gone then.
    bool start(ServerState state = Running);
    void stop();
    void setState(ServerState state);

    // The other side of the network

    void publish(const Service &service);
    void withdraw(const Service &service);
    /// A name that somebody else has on the network, so that committing collides.
    void take(const QString &name) { m_taken.append(name); }
    /// A name that another program of this host has, so that adding collides.
    void takeLocally(const QString &name) { m_takenLocally.append(name); }

    // What was done

    /// What is announced at present.
    QList<Service> announced() const;
    /// The methods that were called, without the interface.
    QStringList calls = {};
    /// Resolvers that have not been freed.
    qsizetype resolvers() const { return m_resolvers.size(); }
    qsizetype browsers() const { return m_browsers.size(); }
    /// The somebody else on the network complains of a name that is established.
    void collide();

    QString introspect(const QString &path) const override;
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

private:
    struct Group
    {
        QString owner;
        GroupState state = Uncommitted;
        QList<Service> services;
    };
    struct Resolver
    {
        QString owner;
        int interface = 0;
        int protocol = 0;
        QString name;
    };

    using Arguments = QVariantList;
    void callServer(const QDBusMessage &message);
    void callGroup(const QDBusMessage &message, Group &group);
    void addService(const QDBusMessage &message, Group &group);
    void updateTxt(const QDBusMessage &message, Group &group);
    void commit(const QDBusMessage &message, Group &group);
    void setGroupState(const QString &path, Group &group, GroupState state);
    bool hasSignature(const QDBusMessage &message, QStringView signature);
    void reply(const QDBusMessage &message, const Arguments &arguments = {});
    void refuse(const QDBusMessage &message, const QString &error);
    void emitTo(const QString &owner, const QString &path, const QString &interface,
                const QString &member, const Arguments &arguments);
    void tellFound(const QString &path, const Resolver &resolver, const Service &service);
    QString newPath(const QString &kind);

    QString m_address;
    QString m_connection;
    ServerState m_state = Running;
    QMap<QString, Group> m_groups;
    QMap<QString, QString> m_browsers; ///< who has made them
    QMap<QString, Resolver> m_resolvers;
    QList<Service> m_network;
    QStringList m_taken;
    QStringList m_takenLocally;
    int m_lastPath = 0;
};

} // namespace teahouse::test
