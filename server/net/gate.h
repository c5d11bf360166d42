#pragma once

#include "server/net/addresslimits.h"
#include "server/net/anteroom.h"
#include "server/net/connection.h"
#include "server/net/connectionlog.h"
#include "server/net/heaptrim.h"
#include "server/net/listener.h"
#include "server/net/neighbours.h"
#include "server/net/reception.h"

#include "shared/limits.h"

#include <QHash>

#include <unordered_map>

namespace teahouse::server {

struct GateSettings
{
    int sessions = limits::sessions; ///< connections at once
    /// Of them, not logged in; beyond, the one who has waited longest gives way (see Strangers) or,
    /// when none has been there for limits::strangerStays, the listeners wait.
    int strangers = limits::sessions / 5;
    int handshakes = limits::handshakesAtOnce;   ///< of TLS; beyond, the longest gives way
    int descriptors = 0;                         ///< this process may have open; 0: not known
    qsizetype outboxTotal = limits::outboxTotal; ///< bytes in all outboxes together
    /// For the first bytes of those who connect at a front door.
    std::chrono::milliseconds patience = limits::frontPatience;
    AddressLimits::Settings addresses = AddressLimits::defaults();
};

/// Lets people in: owns the listeners and the connections, keeps to the limits on their number,
/// and ends them all when the server stops. Never without descriptors: see the sessions'
/// limit, which leaves a reserve.
class Gate : public QObject, private ConnectionOwner, private DeadlineHandler
{
    Q_OBJECT

public:
    /// Makes the dialect of a door where one is spoken, for one more peer.
    using DialectMaker = std::function<std::unique_ptr<Dialect>(const Peer &)>;

    /// What all is built on; outlives the Gate.
    struct Base
    {
        Poller &poller;
        Deadlines &deadlines;
        House &house;
        Dispatcher &dispatcher;
        TlsContext *tls = nullptr; ///< must be there and ready for a door that takes TLS
    };

    Gate(const Base &base, const GateSettings &settings, QObject *parent = nullptr);
    ~Gate() override;

    /// Those who are connected stay.
    void setSettings(const GateSettings &settings);

    /// Opens a door. Look at the listener's isListening(), serverError(), problem() and
    /// serverPort(): it exists in any case, and belongs to the Gate.
    const Listener &listen(const QString &host, quint16 port, Door door);
    /// The same where one dialect is spoken in plain text.
    const Listener &listen(const QString &host, quint16 port, DialectMaker make);

    /// Ends every connection: what was asked is answered and what is queued written, for at most
    /// limits::shutdownGrace; then `done` is called from the event loop. Closes all doors.
    void closeAll(const Closing &why, std::function<void()> done);

    /// Connections that were let in.
    qsizetype connections() const { return qsizetype(m_connections.size()); }
    /// Connections that have not logged in, let in or not; without those that are giving way.
    int strangers() const { return m_strangers + int(m_anteroom.size()) - m_leaving; }
    /// Bytes in all outboxes.
    qsizetype waiting() const { return m_context.outboxTotal; }
    /// How many ended, by the word for why.
    const QHash<QLatin1StringView, quint64> &ended() const { return m_ended; }

private:
    struct Guest
    {
        std::unique_ptr<Connection> connection;
        AddressLimits::Ticket ticket;
        Strangers::Id stranger = 0; ///< until it logs in
        bool leaving = false;       ///< gives way
    };
    /// Somebody who has been let in and is still being received.
    struct Arrival
    {
        std::unique_ptr<Reception> reception;
        Anteroom::Caller caller;     ///< without its transport
        qint64 since = 0;            ///< steady time
        Strangers::Id handshake = 0; ///< its number in m_handshakes; 0: it shakes no hands
    };
    enum class Words { Last, Refusal };

    void onLoggedIn(Connection &connection) override;
    void onLastWords(LastWords::Parts parts) override;
    void onOutboxesFull() override;
    void onOver(Connection &connection, QLatin1StringView reason) override;
    void onDeadline() override;

    qint64 steady() const { return m_context.deadlines.clock().steady(); }
    void receive(int descriptor, const Door &door);
    void admit(Anteroom::Caller caller);
    void letIn(Anteroom::Caller caller);
    void welcome(Anteroom::Caller caller);
    void onHandshake(Strangers::Id stranger);
    void onReceived(Strangers::Id stranger, Reception::Outcome outcome);
    void begin(Anteroom::Caller caller, const ConnectionOpening &opening);
    Anteroom::Caller takeArrival(Strangers::Id stranger);
    void sendAway(Strangers::Id stranger, const Closing &why);
    void forgetArrival(const Anteroom::Caller &caller, QLatin1StringView reason);
    void addStranger(Anteroom::Caller &caller);
    bool hasPlace(const Door &door, const Dialect &dialect) const;
    bool canMakePlace() const;
    bool makePlace(const AddressLimits::Ticket &newcomer);
    void letInWaiting(const QHostAddress &address);
    bool mayEnter(const Anteroom::Caller &caller) const;
    void turnAway(Anteroom::Caller caller, const Closing &why);
    void refuse(int descriptor, const Peer &peer, const Door &door, const Dialect &dialect);
    void noteEnd(const Guest &guest, QLatin1StringView reason);
    void forgetStranger(Guest &guest);
    void placeFree(const AddressLimits::Ticket &ticket);
    void speak(LastWords::Parts parts, Words kind);
    bool isFull() const;
    void updateAccepting();
    void waitForPlace();
    void holdForAWhile();
    void closeLargest();
    void sweepLater();
    void sweep();
    void checkDone();

    std::vector<char> m_scratch;
    ConnectionContext m_context;
    GateSettings m_settings;
    Neighbours m_neighbours;
    AddressLimits m_addresses;
    TlsContext *m_tls;
    std::vector<std::unique_ptr<const Door>> m_doors;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    Anteroom m_anteroom;
    Strangers m_waiting; ///< to log in, let in or not
    std::unordered_map<Strangers::Id, const Connection *> m_waitingConnections; ///< of those let in
    Strangers::Id m_lastStranger = 0;
    std::unordered_map<Strangers::Id, Arrival> m_arrivals;
    Strangers m_handshakes; ///< those that have begun one, in that order
    Strangers::Id m_lastHandshake = 0;
    QList<QHostAddress> m_calling; ///< whose first in the anteroom may be let in now
    std::unordered_map<const Connection *, Guest> m_connections;
    std::unordered_map<const LastWords *, std::unique_ptr<LastWords>> m_lastWords;
    std::vector<Guest> m_overConnections; ///< to be destroyed by the next task
    std::vector<std::unique_ptr<LastWords>> m_overWords;
    std::vector<std::unique_ptr<Reception>> m_overReceptions;
    int m_strangers = 0;
    int m_refusals = 0; ///< that are still told so
    int m_leaving = 0;  ///< connections that give way and are not over yet
    bool m_holding = false;
    bool m_sweeping = false;
    bool m_closingLargest = false;
    qint64 m_heldUntil = 0; ///< steady time; 0: not held for a while
    Deadline m_deadline;
    HeapTrim m_heapTrim;
    ConnectionLog m_log;
    QHash<QLatin1StringView, quint64> m_ended;
    std::function<void()> m_done; ///< set: the server stops
};

} // namespace teahouse::server
