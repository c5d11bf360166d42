#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QString>
#include <QVariantList>

#include <functional>
#include <memory>

class QThread;

namespace teahouse {

/// avahi-daemon, which finds and announces services on the local network (RFC 6762, RFC 6763), as
/// it is reached over the system bus. Says when it comes and goes, and carries calls to it and its
/// signals. Nothing here blocks, and a daemon that does not run is not started. Knows nothing of
/// servers of ours; whoever owns it decides when to try again.
class AvahiDaemon : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Closed,  ///< or not known yet
        NoBus,   ///< or it was lost: open() tries again
        Absent,  ///< the bus is there, avahi-daemon is not; it is noticed when it comes
        Waiting, ///< it has no host name yet, or none any more
        Running,
    };
    Q_ENUM(State)

    static constexpr int anyInterface = -1;    ///< AVAHI_IF_UNSPEC
    static constexpr int anyProtocol = -1;     ///< AVAHI_PROTO_UNSPEC
    static constexpr int callTimeout = 10'000; ///< milliseconds until a call has failed

    /// On the bus of that D-Bus address; empty: the system's.
    explicit AvahiDaemon(QString busAddress = {}, QObject *parent = nullptr);
    ~AvahiDaemon() override;

    /// Connects, unless it has. What came of it is told by stateChanged(), later.
    void open();
    /// Everything that was made by the daemon for us ends.
    void close();

    State state() const { return m_state; }
    /// Why there is no bus, for the log.
    QString problem() const { return m_problem; }

    /// The reply, which may be an error.
    using Ended = std::function<void(const QDBusMessage &reply)>;

    /// Calls a method of an object of the daemon; the interface is what stands behind
    /// `org.freedesktop.Avahi.`. `ended` is not called when `context` has died or the daemon has
    /// gone meanwhile.
    void call(const QString &path, const QString &interface, const QString &method,
              const QVariantList &arguments, QObject *context, Ended ended = {});

signals:
    void stateChanged(teahouse::AvahiDaemon::State state);

    /// A signal of an object that the daemon has made for us. May come before the reply that names
    /// the object.
    void told(const QString &path, const QString &interface, const QString &member,
              const QVariantList &arguments);

private slots: // by name, since QtDBus connects in no other way
    void ownerChanged(const QString &name, const QString &from, const QString &to);
    void heard(const QDBusMessage &message);
    void busLost();

private:
    void opened();
    void findOwner();
    void follow(const QString &owner);
    void listen(const QString &owner);
    void unlisten();
    void askState();
    void takeState(int serverState);
    void setState(State state);
    QDBusConnection bus() const { return QDBusConnection(m_connection); }

    QString m_address;
    QString m_connection; ///< QtDBus's name of it; empty: there is none
    QString m_owner;      ///< unique name of the daemon; empty: it does not run
    QString m_problem;
    std::unique_ptr<QThread> m_opening; ///< connecting blocks
    State m_state = State::Closed;
};

} // namespace teahouse
