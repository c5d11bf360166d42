#include "shared/avahi/avahidaemon.h"

#include <QByteArrayList>
#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QPointer>
#include <QThread>

#include <array>
#include <atomic>
#include <utility>

namespace teahouse {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView daemonName("org.freedesktop.Avahi");
constexpr QLatin1StringView busName("org.freedesktop.DBus");
constexpr QLatin1StringView busPath("/org/freedesktop/DBus");
constexpr int serverRunning = 2; // AVAHI_SERVER_RUNNING

/// Whose signals are listened to.
constexpr std::array interfaces = {"Server"_L1, "EntryGroup"_L1, "ServiceBrowser"_L1,
                                   "ServiceResolver"_L1};

QString fullName(QStringView interface)
{
    return u"%1.%2"_s.arg(daemonName, interface);
}

QString newConnectionName()
{
    static std::atomic<int> last = 0;
    return u"teahouse-avahi-%1"_s.arg(++last);
}

} // namespace

AvahiDaemon::AvahiDaemon(QString busAddress, QObject *parent)
    : QObject(parent), m_address(std::move(busAddress))
{
    qDBusRegisterMetaType<QByteArrayList>();
}

AvahiDaemon::~AvahiDaemon()
{
    blockSignals(true);
    close();
}

void AvahiDaemon::open()
{
    if (!m_connection.isEmpty())
        return;
    m_connection = newConnectionName();
    setState(State::Closed);
    // libdbus waits for the bus to say hello, which may take long.
    m_opening.reset(QThread::create([address = m_address, name = m_connection] {
        if (address.isEmpty())
            QDBusConnection::connectToBus(QDBusConnection::SystemBus, name);
        else
            QDBusConnection::connectToBus(address, name);
    }));
    connect(m_opening.get(), &QThread::finished, this, [this, name = m_connection] {
        if (name == m_connection) // else it was closed meanwhile
            opened();
    });
    m_opening->start();
}

void AvahiDaemon::close()
{
    if (m_opening) {
        m_opening->disconnect(this);
        m_opening->wait();
        m_opening.reset();
    }
    if (!m_connection.isEmpty())
        QDBusConnection::disconnectFromBus(std::exchange(m_connection, {}));
    m_owner.clear();
    setState(State::Closed);
}

void AvahiDaemon::opened()
{
    m_opening->wait();
    m_opening.release()->deleteLater();
    if (!bus().isConnected()) {
        m_problem = bus().lastError().message();
        busLost();
        return;
    }
    m_problem.clear();
    bus().connect(QString(), u"/org/freedesktop/DBus/Local"_s, u"org.freedesktop.DBus.Local"_s,
                  u"Disconnected"_s, this, SLOT(busLost()));
    bus().connect(busName, busPath, busName, u"NameOwnerChanged"_s, {daemonName}, u"sss"_s, this,
                  SLOT(ownerChanged(QString, QString, QString)));
    findOwner();
}

void AvahiDaemon::busLost()
{
    QDBusConnection::disconnectFromBus(std::exchange(m_connection, {}));
    m_owner.clear();
    setState(State::NoBus);
}

void AvahiDaemon::findOwner()
{
    QDBusMessage message = QDBusMessage::createMethodCall(busName, busPath, busName,
                                                          u"GetNameOwner"_s);
    message.setArguments({QString(daemonName)});
    auto *watcher = new QDBusPendingCallWatcher(bus().asyncCall(message, callTimeout), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, connection = m_connection] {
                watcher->deleteLater();
                if (connection != m_connection || !m_owner.isEmpty())
                    return; // it was told by ownerChanged() meanwhile
                follow(watcher->isError() ? QString()
                                          : watcher->reply().arguments().value(0).toString());
            });
}

void AvahiDaemon::ownerChanged(const QString &name, const QString &, const QString &to)
{
    if (name == daemonName && !m_connection.isEmpty())
        follow(to);
}

/// By its unique name, which nobody else can have: so that no other program's signals count.
void AvahiDaemon::follow(const QString &owner)
{
    if (!m_owner.isEmpty())
        unlisten();
    m_owner = owner;
    setState(owner.isEmpty() ? State::Absent : State::Closed); // what the last one made is gone
    if (owner.isEmpty())
        return;
    listen(owner);
    askState();
}

void AvahiDaemon::listen(const QString &owner)
{
    for (const QLatin1StringView interface : interfaces)
        bus().connect(owner, QString(), fullName(QString(interface)), QString(), this,
                      SLOT(heard(QDBusMessage)));
}

void AvahiDaemon::unlisten()
{
    for (const QLatin1StringView interface : interfaces)
        bus().disconnect(m_owner, QString(), fullName(QString(interface)), QString(), this,
                         SLOT(heard(QDBusMessage)));
}

void AvahiDaemon::askState()
{
    call(u"/"_s, u"Server"_s, u"GetState"_s, {}, this, [this](const QDBusMessage &reply) {
        if (reply.type() == QDBusMessage::ReplyMessage)
            takeState(reply.arguments().value(0).toInt());
    });
}

void AvahiDaemon::takeState(int serverState)
{
    setState(serverState == serverRunning ? State::Running : State::Waiting);
}

void AvahiDaemon::heard(const QDBusMessage &message)
{
    if (message.service() != m_owner)
        return; // of one that has gone
    const QString interface = message.interface().sliced(daemonName.size() + 1);
    if (interface == "Server"_L1) {
        if (message.member() == "StateChanged"_L1)
            takeState(message.arguments().value(0).toInt());
        return;
    }
    emit told(message.path(), interface, message.member(), message.arguments());
}

void AvahiDaemon::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        emit stateChanged(state);
}

void AvahiDaemon::call(const QString &path, const QString &interface, const QString &method,
                       const QVariantList &arguments, QObject *context, Ended ended)
{
    if (m_owner.isEmpty())
        return;
    QDBusMessage message = QDBusMessage::createMethodCall(m_owner, path, fullName(interface),
                                                          method);
    message.setArguments(arguments);
    auto *watcher = new QDBusPendingCallWatcher(bus().asyncCall(message, callTimeout), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, owner = m_owner, alive = QPointer(context), ended = std::move(ended)] {
                watcher->deleteLater();
                if (ended && alive && owner == m_owner)
                    ended(watcher->reply());
            });
}

} // namespace teahouse
