#pragma once

#include "server/app/announcer.h"
#include "server/app/commandline.h"
#include "server/app/controldoor.h"
#include "server/app/inviterequest.h"
#include "server/app/passwordpool.h"
#include "server/app/tlsidentity.h"
#include "server/commands/dispatcher.h"
#include "server/core/clocktrust.h"
#include "server/core/house.h"
#include "server/dialects/dialectregistry.h"
#include "server/net/clock.h"
#include "server/net/deadlines.h"
#include "server/net/gate.h"
#include "server/net/poller.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace teahouse::server {

/// A whole server inside this process: puts all layers together, and nothing else. The program
/// has one; tests have as many as they like, on port 0.
class Server : public QObject
{
    Q_OBJECT

public:
    /// Why the server does not run: a sentence with the remedy.
    struct Failure
    {
        ExitCode code = ExitCode::Failure;
        QString text;
    };

    /// What the program says of itself at `hello`.
    struct About
    {
        QString version;
    };

    /// Makes the store that the server keeps everything in, on its executor and clock (ms since
    /// 1970 UTC).
    using MakeStore =
            std::function<std::unique_ptr<Store>(Executor &executor, std::function<qint64()> utc)>;

    /// Without `makeStore` all is kept in memory.
    Server(const Settings &settings, const About &about, const MakeStore &makeStore = {},
           QObject *parent = nullptr);
    ~Server() override;

    /// Opens the doors, in that order. On a failure none stays open. Only once.
    [[nodiscard]] std::optional<Failure> start(const QList<ListenSpec> &doors);

    /// By what those know the server who come over TLS from now on; those who are there notice
    /// nothing. Without a call a door that takes TLS gets a key that lives as long as the server. A
    /// text: why not; then everything stays as it was.
    [[nodiscard]] std::optional<QString> setIdentity(const TlsIdentity &identity);
    /// Nothing: no door has needed one.
    const std::optional<TlsIdentity> &identity() const { return m_identity; }

    /// The doors that are open, with the ports they really have.
    QList<ListenSpec> listening() const { return m_listening; }

    /// A code that makes an account administrator, while there has never been one.
    std::optional<QString> claimCode();

    /// Lets `teahoused user` reach this server through a socket in the data folder.
    void openControlDoor(const QString &folder);
    /// Carries out one of its requests, see carryOutUserRequest().
    void administer(const QJsonObject &request, const std::function<void(QJsonObject)> &then);

    /// Connections, logged in or not.
    qsizetype connections() const { return m_gate.connections(); }

    /// Accepts nobody any more, tells everyone, writes what is queued and closes, all within
    /// limits::shutdownGrace; then stopped() is emitted, never from inside this call. An empty
    /// `text` is the usual sentence. Further calls do nothing.
    void stop(const QString &text = {});

signals:
    void stopped();

private:
    void tick();
    void announce();
    std::optional<Fingerprint> announcedKey() const;
    void lookAtClock();
    QJsonObject carryOutClockRequest(const QString &role);
    std::optional<Failure> open(const ListenSpec &door);
    std::optional<QString> makeIdentity();
    Door doorOf(const ListenSpec &door) const;
    Invitation invitation() const;
    HttpSite site() const;

    // In the order in which one needs the other.
    Moment now() const { return {m_clock.utc(), m_clock.steady()}; }

    SystemClock m_clock;
    Poller m_poller;
    Deadlines m_deadlines;
    DialectRegistry m_dialects;
    std::unique_ptr<Store> m_store;
    ClockTrust m_clockTrust;
    PasswordPool m_passwords;
    House m_house;
    Dispatcher m_dispatcher;
    TlsContext m_tls;
    Gate m_gate;
    Settings m_settings;
    std::optional<TlsIdentity> m_identity;

    std::unique_ptr<ControlDoor> m_control;
    std::unique_ptr<Announcer> m_announcer; ///< where server.announce is on and there is a door
    QTimer m_tick;
    QList<ListenSpec> m_listening;
    bool m_stopping = false;
    bool m_isClockHeld = false; ///< and the log was told
};

} // namespace teahouse::server
