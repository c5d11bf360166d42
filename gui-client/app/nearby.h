#pragma once

#include "gui-client/link/alarm.h"
#include "gui-client/models/nearbymodel.h"
#include "shared/avahi/avahidaemon.h"

#include <QMap>
#include <QObject>

#include <memory>

namespace teahouse::client {

/// Listens for servers that announce themselves on the local network, by avahi-daemon, and tells
/// the model. Where there is no such daemon the model says so, until there is one. Owned by
/// ClientApp; blocks nothing.
class Nearby : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds patience{2}; ///< until whoever is there was heard
    static constexpr std::chrono::seconds pause{30};   ///< between two attempts to reach the bus
    /// Announcements that are followed at once: each is a call when it comes, and the system bus
    /// refuses more than 128 calls of one program that wait for their answers.
    static constexpr qsizetype mostSights = 100;

    /// On the bus of that D-Bus address; empty: the system's. `model` outlives this.
    Nearby(NearbyModel &model, const AlarmFactory &alarms, const QString &busAddress = {});

    /// Listens, or not any more; then the model is empty.
    void start();
    void stop();

private:
    using Sight = NearbyModel::Sight;

    void follow(AvahiDaemon::State state);
    void browse();
    void heard(const QString &interface, const QString &member, const QVariantList &arguments);
    void resolve(const Sight &sight);
    void lose(const Sight &sight);
    void found(const QVariantList &arguments);
    void free(const QString &resolver);
    void forget();

    NearbyModel &m_model;
    AvahiDaemon m_daemon;
    std::unique_ptr<Alarm> m_patience;
    std::unique_ptr<Alarm> m_pause;
    QMap<Sight, QString> m_resolvers; ///< their paths; empty until they are known
};

} // namespace teahouse::client
