#pragma once

#include "server/net/clock.h"
#include "shared/avahi/avahidaemon.h"
#include "shared/fingerprint.h"

#include <QByteArrayList>
#include <QObject>

#include <optional>

namespace teahouse::server {

/// Announces the front door on the local network by avahi-daemon, as a service `_teahouse._tcp`
/// (RFC 6763) with what Announcement tells. Where the name is taken, Avahi's next one is used.
/// While the bus or the daemon is away nothing is announced, which the log is told once; it begins
/// again by itself. Blocks nothing. Owned by Server, which lets the time pass by tick().
class Announcer : public QObject
{
    Q_OBJECT

public:
    /// What is announced.
    struct Door
    {
        QString serverName;
        quint16 port = 0;
        std::optional<Fingerprint> key; ///< nothing: the door has none
    };

    static constexpr qint64 pause = 60'000; ///< ms between two updates, or two attempts

    /// On the bus of that D-Bus address; empty: the system's. `clock` outlives this.
    Announcer(const Clock &clock, Door door, const QString &busAddress = {});

    /// To be called each second or so: with how many people are here now.
    void tick(int people);

    /// By which key the door is known from now on; told with the next update.
    void setKey(const std::optional<Fingerprint> &key) { m_door.key = key; }

    /// The name that the service has on the network; empty while it is not announced.
    QString announcedAs() const { return m_isEstablished ? m_name : QString(); }

private:
    void follow(AvahiDaemon::State state);
    void heard(const QString &path, const QString &member, const QVariantList &arguments);
    void takeGroupState(int state, const QString &error);
    void tryAgain();
    void makeGroup();
    void addService();
    void added(const QDBusMessage &reply);
    void rename();
    void update();
    void callGroup(const QString &method, const QVariantList &arguments, AvahiDaemon::Ended ended);
    void established();
    void fail(const QString &why);
    void forget();
    void warn(const QString &problem);
    QByteArrayList txt() const;

    const Clock &m_clock;
    Door m_door;
    AvahiDaemon m_daemon;
    QString m_name;       ///< of the service
    QString m_group;      ///< path of the EntryGroup; empty: there is none
    QByteArrayList m_txt; ///< that was announced last
    QString m_warned;     ///< the problem that the log knows
    qint64 m_nextTry = 0; ///< steady time
    qint64 m_nextUpdate = 0;
    int m_people = 0;
    int m_renamed = 0; ///< times, since it was announced last
    bool m_isMaking = false;
    bool m_isEstablished = false;
};

} // namespace teahouse::server
