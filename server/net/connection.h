#pragma once

#include "server/commands/requestqueue.h"
#include "server/core/eventsink.h"
#include "server/core/house.h"
#include "server/dialects/dialect.h"
#include "server/net/deadlines.h"
#include "server/net/inputmeter.h"
#include "server/net/lastwords.h"
#include "server/net/outbox.h"
#include "server/net/poller.h"

#include <memory>
#include <optional>

namespace teahouse::server {

class Connection;

/// Who keeps the connections. None of these calls may destroy the connection from inside.
class ConnectionOwner
{
public:
    virtual ~ConnectionOwner() = default;

    /// The session has logged in; comes once, or never.
    virtual void onLoggedIn(Connection &connection) = 0;
    /// The session has nothing more to say than this.
    virtual void onLastWords(LastWords::Parts parts) = 0;
    /// All outboxes together hold more than they may.
    virtual void onOutboxesFull() = 0;
    /// The session has ended, for a reason that is a word; the connection can be destroyed.
    virtual void onOver(Connection &connection, QLatin1StringView reason) = 0;
};

/// What all connections of a server share; outlives them.
struct ConnectionContext
{
    Poller &poller;
    Deadlines &deadlines;
    House &house;
    Dispatcher &dispatcher;
    ConnectionOwner &owner;
    std::span<char> scratch;   ///< to read into
    qsizetype outboxTotal = 0; ///< bytes in all outboxes together
    qsizetype outboxLimit = 0; ///< ... and how many there may be
};

/// What has come before a connection began.
struct ConnectionOpening
{
    QByteArray bytes = {};            ///< that were read already
    std::optional<qint64> since = {}; ///< steady time from which the login deadline runs
};

/// How one session is connected: moves bytes between a Transport and a Dialect, requests between
/// the dialect and the session's RequestQueue. Owned by the Gate, which keeps it until the queue
/// is idle, longer perhaps than the descriptor lives. Knows no verbs and no wire format.
///
/// Nothing that core calls reads, writes or ends anything by itself: what comes in is read and
/// carried out in turns (see Turns), what goes out is written at the end of the round.
class Connection final : public EventSink, private PollHandler, private DeadlineHandler
{
public:
    Connection(ConnectionContext &context, std::unique_ptr<Transport> transport,
               std::unique_ptr<Dialect> dialect, const Source &source = {});
    ~Connection() override;
    Q_DISABLE_COPY_MOVE(Connection)

    /// Greets the peer and begins to read.
    void start(const ConnectionOpening &opening = {});

    SessionId session() const { return m_session; }
    bool isLoggedIn() const { return m_loggedIn; }
    /// Bytes that wait for the peer.
    qsizetype waiting() const { return m_outbox.size(); }

    void write(const QByteArray &bytes) override;
    void close(const Closing &why) override;

    /// Somebody else needs the place: the peer is told, and nothing is waited for.
    void giveWay(const Closing &why);

    /// More about why it has ended, for the log; empty: nothing. Of a closed list of texts.
    QString detail() const { return m_detail; }

    /// The server stops: what was asked is answered, then the peer is told why.
    void shutDown(const Closing &why);

private:
    enum class Stage {
        Open,      ///< what the peer sends is read and carried out
        Finishing, ///< only what it has asked is still answered
        Over,      ///< nothing more is said; some answers may still have to come in
        Gone,      ///< the owner has been told
    };

    void onReady(PollEvents events) override;
    void onTurn(Turn &turn) override;
    void onRoundEnd() override;
    void onDeadline() override;

    // Input
    void wantTurn();
    void takeIn(const QByteArray &bytes);
    void readInput(Turn &turn);
    bool mayRead() const;
    void takeRequests(Turn &turn);
    bool mayTake() const;
    bool takeOne(const Moment &now);
    bool isThrottled(qint64 now);
    void waitForQueue(const Moment &now);

    // Output
    void answered(const Request &request, const Reply &reply);
    void send(const Output &output);
    void writeOut();
    void checkSize();
    void lookAtDialect();
    void lookAtLogin();

    // The end
    void attend();
    void lose();
    void finish(QLatin1StringView reason, const QByteArray &last);
    void sayFarewell();
    void handOver(std::chrono::milliseconds grace);
    void endWhatIsAnswered();
    void endSession();

    // Waiting
    void watchSilence(qint64 now);
    void updateInterest();
    void schedule();
    qint64 loginBy() const;
    qint64 silenceEnds() const;
    qint64 utc() const { return m_context.deadlines.clock().utc(); }
    qint64 steady() const { return m_context.deadlines.clock().steady(); }
    Moment now() const { return {utc(), steady()}; }

    ConnectionContext &m_context;
    Poller::Watch m_watch;
    Deadline m_deadline;
    std::unique_ptr<Transport> m_transport; ///< null: handed over, or lost
    std::unique_ptr<Dialect> m_dialect;
    Outbox m_outbox;

    // What every message looks at stands together.
    std::unique_ptr<const Closing> m_closing; ///< the server ends the session with the round
    qint64 m_pausedUntil = 0;                 ///< steady time; 0: not paused
    Stage m_stage = Stage::Open;
    bool m_loggedIn = false;
    bool m_attend = false;    ///< something came that onRoundEnd() has to look at
    bool m_reading = false;   ///< the Poller tells when there is input
    bool m_refused = false;   ///< the kernel takes no more output now
    bool m_hungry = true;     ///< the dialect has given all requests it had
    bool m_greedy = false;    ///< had more than its last turn took
    bool m_peerEnded = false; ///< there is no more input
    bool m_broken = false;    ///< writing failed
    bool m_givesWay = false;

    QString m_via;
    const EventEncoder *m_encoder;
    Form m_form;
    SessionId m_session;
    RequestQueue m_queue;
    InputMeter m_meter;

    QLatin1StringView m_reason; ///< why it ends
    QString m_detail;           ///< more about that
    QByteArray m_last;          ///< what is said behind the last answer

    // Steady times; 0: not waited for
    qint64 m_connectedAt = 0;
    qint64 m_retryAt = 0;
    qint64 m_lastInput = 0;
    qint64 m_pingedAt = 0;
};

} // namespace teahouse::server
