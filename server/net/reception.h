#pragma once

#include "server/net/deadlines.h"
#include "server/net/door.h"
#include "server/net/poller.h"
#include "server/net/tlstransport.h"

#include <functional>
#include <memory>
#include <optional>

namespace teahouse::server {

/// What comes between the accept and a Connection at a door where that has to be found out: shakes
/// hands over TLS and recognises what is spoken, each with its time. Owned by the Gate. Says
/// nothing by itself but what the handshake takes.
class Reception final : private PollHandler, private DeadlineHandler
{
public:
    /// What all share; outlives them.
    struct Base
    {
        Poller &poller;
        Deadlines &deadlines;
        TlsContext *tls; ///< there and ready where the door takes TLS
        std::span<char> scratch;
        std::chrono::milliseconds patience; ///< for the first bytes
    };

    /// What came of it.
    struct Outcome
    {
        std::unique_ptr<Transport> transport = {}; ///< not watched; null: the peer is lost
        Recognition::Speech speech = Recognition::Speech::Tea;
        QByteArray first = {};         ///< bytes that were read
        QLatin1StringView reason = {}; ///< why the peer is lost
    };

    /// Whom it tells. None of these calls may destroy it from inside.
    struct Listener
    {
        std::function<void()> onHandshake; ///< one begins
        std::function<void(Outcome)> onOver;
    };

    Reception(const Base &base, std::unique_ptr<Transport> transport, const Door &door);

    /// Begins; `listener` may be told from inside.
    void start(Listener listener);

    bool isEncrypted() const { return m_isEncrypted; }

    /// Gives up, without a word: the transport, if something can be said over it, else null.
    std::unique_ptr<Transport> leave();

private:
    void onReady(PollEvents events) override;
    void onTurn(Turn &turn) override;
    void onRoundEnd() override { }
    void onDeadline() override;

    void shakeHands(const QByteArray &first);
    void goOn(Turn &turn);
    void recognise(Recognition::Carrier carrier);
    void listen(Turn &turn);
    void conclude(Recognition::Speech speech);
    void wantTurn();
    void waitFor(std::chrono::milliseconds time);
    void finish(Outcome outcome);
    void lose(QLatin1StringView reason);

    Base m_base;
    const Door &m_door;
    Poller::Watch m_watch;
    Deadline m_deadline;
    std::unique_ptr<Transport> m_transport; ///< null: it is over
    TlsTransport *m_shaking = nullptr;      ///< the transport, while its handshake lasts
    std::optional<Recognition> m_recognition;
    bool m_isEncrypted = false;
    Listener m_listener;
};

} // namespace teahouse::server
