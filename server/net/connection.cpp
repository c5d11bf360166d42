#include "server/net/connection.h"

#include "server/net/netlog.h"
#include "shared/limits.h"

#include <algorithm>
#include <limits>

namespace teahouse::server {

namespace {

using namespace Qt::StringLiterals;

/// What may gather for one session within a round, before it is known whether its peer reads.
constexpr qsizetype outboxInRound = 4 * limits::outboxHard;

constexpr QLatin1StringView peerEnded("ended");
constexpr QLatin1StringView reset("reset");
constexpr QLatin1StringView refused("refused");
constexpr QLatin1StringView answeredOnce("answered");

qint64 ms(std::chrono::milliseconds time)
{
    return time.count();
}

} // namespace

Connection::Connection(ConnectionContext &context, std::unique_ptr<Transport> transport,
                       std::unique_ptr<Dialect> dialect, const Source &source)
    : m_context(context), m_watch(context.poller, *this), m_deadline(context.deadlines, *this),
      m_transport(std::move(transport)), m_dialect(std::move(dialect)),
      m_outbox(context.outboxTotal), m_via(m_dialect->name()), m_encoder(&m_dialect->encoder()),
      m_form(m_dialect->form()), m_session(context.house.open({.sink = this,
                                                               .encoder = m_encoder,
                                                               .via = m_via,
                                                               .form = m_form,
                                                               .source = source})),
      m_queue(context.dispatcher, m_session,
              [this](const Request &request, const Reply &reply) { answered(request, reply); }),
      m_meter(context.dispatcher.settings().flood)
{
}

Connection::~Connection()
{
    m_context.house.setTime(now());
    m_context.house.end(m_session, {}, utc());
}

void Connection::start(const ConnectionOpening &opening)
{
    m_lastInput = steady();
    m_connectedAt = opening.since.value_or(m_lastInput);
    m_reading = true;
    if (!m_watch.watch(m_transport->descriptor(), PollEvent::Readable))
        m_broken = true;
    qCDebug(lcNet, "%llu connected by %s%s", m_session, qUtf8Printable(m_via),
            m_context.house.sourceOf(m_session).isEncrypted ? "+tls" : "");
    send(m_dialect->greeting());
    takeIn(opening.bytes);
    if (const auto entry = m_dialect->entry()) {
        m_context.house.setTime(now());
        const Result<Done> entered = m_context.house.enterAnonymously(m_session, *entry);
        if (!entered)
            close({entered.error().code == ErrorCode::Banned ? ClosingCode::Banned
                                                             : ClosingCode::ServerFull,
                   {}});
    }
    lookAtLogin();
    m_watch.mark();
    schedule();
}

/// What was read before there was a connection is read now.
void Connection::takeIn(const QByteArray &bytes)
{
    m_attend = true; // the transport may hold something, too
    if (bytes.isEmpty())
        return;
    m_meter.countBytes(bytes.size(), steady());
    m_dialect->feed(bytes);
    m_hungry = false;
}

/// By when the peer has to have logged in, or to have got its answer.
qint64 Connection::loginBy() const
{
    return m_connectedAt + ms(m_dialect->deadline());
}

void Connection::write(const QByteArray &bytes)
{
    if (!m_transport || m_closing)
        return;
    m_outbox.append(bytes);
    const qsizetype most = m_refused ? limits::outboxHard : outboxInRound;
    if (m_outbox.size() > most)
        close({ClosingCode::SlowReader, {}});
    m_watch.mark();
}

void Connection::close(const Closing &why)
{
    if (m_stage >= Stage::Over || m_closing)
        return;
    m_closing = std::make_unique<const Closing>(why);
    m_watch.mark();
}

void Connection::giveWay(const Closing &why)
{
    m_givesWay = true;
    close(why);
}

void Connection::shutDown(const Closing &why)
{
    if (m_stage == Stage::Open && !m_closing)
        finish(closingName(why.code), m_dialect->farewell(why));
}

void Connection::onReady(PollEvents events)
{
    if (!m_transport)
        return;
    if (events & m_transport->waitsFor(false, true)) {
        m_refused = false;
        m_attend = true;
        m_watch.mark();
    }
    if ((events & m_transport->waitsFor(true, false)) && mayRead())
        wantTurn();
    else if (events & PollEvent::HungUp)
        m_broken = true; // what the kernel still has was sent by somebody who did not wait
    else
        return;
    m_attend = true;
    m_watch.mark();
}

/// The order matters: an answer that is ready goes out before a farewell, a farewell before the
/// descriptor is given away, and the session ends when nothing can come back to it any more.
void Connection::onRoundEnd()
{
    const bool onlyOutput = m_stage == Stage::Open && !m_attend && !m_refused;
    if (std::exchange(m_attend, false))
        attend();
    writeOut();
    checkSize();
    // Nearly always so: what follows has nothing to do then, interest is as it was.
    if (onlyOutput && !m_refused && !m_broken && !m_closing)
        return;
    if (m_broken)
        lose();
    if (m_closing && m_stage < Stage::Over)
        sayFarewell();
    if (m_stage != Stage::Open && m_queue.idle())
        endWhatIsAnswered();
    updateInterest();
}

void Connection::onDeadline()
{
    const qint64 now = steady();
    if (now >= m_pausedUntil)
        m_pausedUntil = 0;
    if (now >= m_retryAt)
        m_retryAt = 0;
    if (!m_loggedIn && now >= loginBy())
        close({ClosingCode::Timeout, {}});
    watchSilence(now);
    m_attend = true;
    m_watch.mark();
    schedule();
}

// --- Input ---

void Connection::wantTurn()
{
    m_watch.wantTurn(m_greedy ? Turns::Kind::Greedy : Turns::Kind::Fresh);
}

void Connection::onTurn(Turn &turn)
{
    if (mayRead())
        readInput(turn);
    else if (mayTake())
        takeRequests(turn);
    m_greedy = turn.isUsedUp();
    m_attend = true;
    m_watch.mark();
}

void Connection::readInput(Turn &turn)
{
    const qint64 now = steady();
    if (isThrottled(now))
        return;
    const auto most = std::min(m_context.scratch.size(), static_cast<size_t>(turn.bytes));
    const Transport::Moved moved = m_transport->read(m_context.scratch.first(most));
    m_peerEnded = moved.status == Transport::Status::Ended;
    m_broken = m_broken || moved.status == Transport::Status::Broken;
    if (moved.bytes == 0) {
        m_meter.countFrame(now); // nothing, or something of TLS's own
        --turn.frames;
        return;
    }
    m_lastInput = now;
    m_pingedAt = 0;
    turn.bytes -= moved.bytes;
    m_meter.countBytes(moved.bytes, now);
    m_dialect->feed(QByteArrayView(m_context.scratch.data(), moved.bytes));
    m_hungry = false;
    takeRequests(turn);
}

bool Connection::mayRead() const
{
    return m_transport && m_hungry && !m_peerEnded && mayTake();
}

bool Connection::mayTake() const
{
    if (m_stage != Stage::Open || m_closing || m_retryAt != 0 || !m_queue.accepts())
        return false;
    // Nobody reads the answers of a lost peer, so they need no room.
    return !m_transport || (m_pausedUntil == 0 && m_outbox.size() <= limits::outboxSoft);
}

void Connection::takeRequests(Turn &turn)
{
    const Moment now = this->now();
    while (mayTake() && turn.frames > 0) {
        if (isThrottled(now.steady) || !takeOne(now))
            return;
        --turn.frames;
    }
}

/// Whether more has come in than may: then it is not looked at for a while.
bool Connection::isThrottled(qint64 now)
{
    if (!m_context.dispatcher.settings().flood.isOn)
        return false;
    const qint64 wait = m_meter.wait(now);
    if (wait <= 0)
        return false;
    if (!m_transport)
        finish(reset, {}); // the rest would come too late
    m_retryAt = now + wait;
    schedule();
    return true;
}

bool Connection::takeOne(const Moment &now)
{
    Decoded decoded = m_dialect->next();
    lookAtDialect();
    if (!std::holds_alternative<NeedMore>(decoded))
        m_meter.countFrame(now.steady);
    if (auto *request = std::get_if<Request>(&decoded)) {
        m_queue.submit(std::move(*request), now);
        return true;
    }
    if (std::holds_alternative<Skipped>(decoded))
        return true;
    m_hungry = true;
    if (const auto *answer = std::get_if<Answered>(&decoded)) {
        finish(answeredOnce, answer->bytes);
        return false;
    }
    if (const auto *refusal = std::get_if<Refused>(&decoded)) {
        m_detail = refusal->why;
        finish(refused, refusal->bytes);
    } else if (m_peerEnded || !m_transport) {
        finish(m_transport ? peerEnded : reset, {});
    }
    return false;
}

void Connection::waitForQueue(const Moment &now)
{
    const std::chrono::milliseconds delay = m_queue.delay(now);
    if (delay.count() <= 0)
        return;
    if (!m_transport)
        finish(reset, {}); // what is held back is carried out; the rest would come too late
    m_retryAt = steady() + delay.count();
    schedule();
}

// --- Output ---

void Connection::answered(const Request &request, const Reply &reply)
{
    m_attend = true;
    m_watch.mark();
    lookAtLogin();
    if (m_stage >= Stage::Over)
        return;
    // Also when nobody reads it: the reply may change how the rest of the input is decoded.
    const Output output = m_dialect->reply(request, reply);
    lookAtDialect();
    send(output);
    if (reply && std::holds_alternative<Goodbye>(*reply))
        finish(leftByLogout, {});
}

void Connection::send(const Output &output)
{
    if (!m_transport || m_closing)
        return;
    if (output.alone) {
        writeOut();
        m_outbox.append(output.bytes);
        writeOut();
    } else {
        m_outbox.append(output.bytes);
    }
    if (output.pause.count() > 0) {
        writeOut();
        m_pausedUntil = steady() + output.pause.count();
        schedule();
    }
}

void Connection::writeOut()
{
    if (!m_transport || m_outbox.isEmpty() || m_refused || m_broken || m_pausedUntil != 0)
        return;
    const Transport::Status status = m_outbox.writeTo(*m_transport);
    m_refused = status == Transport::Status::Refused;
    m_broken = status == Transport::Status::Broken;
    if (m_outbox.size() <= limits::outboxSoft && (!m_hungry || m_peerEnded)) {
        m_attend = true; // there may be room for answers again
        m_watch.mark();
    }
}

void Connection::checkSize()
{
    const qsizetype most = m_loggedIn ? limits::outboxHard : limits::outputBeforeLogin;
    if (m_outbox.size() > most && m_transport && !m_closing)
        close({ClosingCode::SlowReader, {}});
    if (m_context.outboxTotal > m_context.outboxLimit)
        m_context.owner.onOutboxesFull();
}

void Connection::lookAtDialect()
{
    const EventEncoder &encoder = m_dialect->encoder();
    const Form form = m_dialect->form();
    QString via = m_dialect->name();
    if (&encoder == m_encoder && form == m_form && via == m_via)
        return;
    m_encoder = &encoder;
    m_form = form;
    m_via = std::move(via);
    m_context.house.present(m_session, encoder, m_via, form);
    schedule();
}

void Connection::lookAtLogin()
{
    if (m_loggedIn || !m_context.house.isLoggedIn(m_session))
        return;
    m_loggedIn = true;
    m_context.owner.onLoggedIn(*this);
}

// --- Waiting ---

void Connection::watchSilence(qint64 now)
{
    if (m_form != Form::Object || m_stage != Stage::Open || now < silenceEnds())
        return;
    if (!m_reading) {
        // It may well have said something: we have not listened.
        m_lastInput = now;
        m_pingedAt = 0;
    } else if (m_pingedAt == 0) {
        m_pingedAt = now;
        write(m_encoder->encode(Ping{}, Side::Own));
    } else {
        close({ClosingCode::Timeout, {}});
    }
}

qint64 Connection::silenceEnds() const
{
    return m_pingedAt != 0 ? m_pingedAt + ms(limits::silenceGrace)
                           : m_lastInput + ms(limits::silence);
}

void Connection::updateInterest()
{
    if (!m_transport)
        return;
    const bool reading = mayRead();
    if (reading && !m_reading) {
        m_lastInput = std::max(m_lastInput, steady());
        m_pingedAt = 0;
    }
    m_reading = reading;
    m_watch.setInterest(m_transport->waitsFor(reading, m_refused));
}

void Connection::schedule()
{
    qint64 next = std::numeric_limits<qint64>::max();
    const auto wait = [&next](qint64 at) { next = at == 0 ? next : std::min(next, at); };
    wait(m_pausedUntil);
    wait(m_retryAt);
    if (m_stage == Stage::Open && !m_closing) {
        wait(m_loggedIn ? 0 : loginBy());
        wait(m_form == Form::Object ? silenceEnds() : 0);
    }
    if (next == std::numeric_limits<qint64>::max())
        m_deadline.stop();
    else
        m_deadline.startAt(next);
}

} // namespace teahouse::server
