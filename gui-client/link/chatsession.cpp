// Rooms and messages; one's own account is in chatsession_account.cpp.
#include "gui-client/link/chatsession.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <utility>

namespace teahouse::client {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int fewItems = 100; ///< what one screen and some scrolling want
constexpr auto betweenReads = 1s;

bool isPrivate(const QString &room)
{
    return room.startsWith(u'@');
}

} // namespace

ChatSession::ChatSession(LinkTools tools, QObject *parent)
    : QObject(parent), m_link(tools), m_outbox(tools.newCid),
      m_readAlarm(tools.alarms([this] { flushRead(); }))
{
    connect(&m_link, &ServerLink::loggedIn, this, &ChatSession::begin);
    connect(&m_link, &ServerLink::eventReceived, this, &ChatSession::take);
    connect(&m_link, &ServerLink::lost, this, [this] { m_outbox.connectionLost(); });
}

void ChatSession::open(const ServerAddress &address, const Credentials &as, ChatProtocol protocol,
                       const Acquaintance &known)
{
    m_outbox.clear();
    m_read.clear();
    m_epoch.clear();
    m_link.open(address, as, protocol, known);
}

void ChatSession::begin(const Greeting &greeting, const Welcome &welcome)
{
    const QString previous = std::exchange(m_epoch, greeting.epoch);
    Start start = Start::Resumed;
    if (previous.isEmpty()) {
        start = Start::Fresh;
    } else if (previous != greeting.epoch) {
        start = Start::Restarted;
        m_outbox.refuseAll();
        m_read.clear();
    }
    m_conversations.clear();
    for (const RoomState &room : welcome.rooms) {
        if (isPrivate(room.room))
            m_conversations.insert(foldedName(room.room));
    }
    emit loggedIn(start, greeting, welcome);
    flushRead();
    pump();
}

/// A message of one's own that everybody sees is done, whatever was answered.
void ChatSession::take(const Event &event)
{
    if (const auto *added = std::get_if<ItemAdded>(&event); added && !added->cid.isEmpty())
        m_outbox.acknowledged(added->cid);
    note(event);
    emit eventReceived(event);
}

/// Which conversations the server knows.
void ChatSession::note(const Event &event)
{
    if (const auto *changed = std::get_if<RoomChanged>(&event);
        changed && isPrivate(changed->room.room)) {
        const QString key = foldedName(changed->room.room);
        if (changed->gone)
            m_conversations.remove(key);
        else
            m_conversations.insert(key);
    }
}

void ChatSession::loadPage(const QString &room, Page page, quint64 edge)
{
    const bool forwards = page == Page::After;
    QJsonObject fields{{"room"_L1, room}, {"limit"_L1, forwards ? limits::page : fewItems}};
    if (page != Page::Newest)
        fields[forwards ? "after"_L1 : "before"_L1] = static_cast<qint64>(edge);
    const auto ended = [this, room, page, edge](const Outcome &outcome) {
        const auto *answer = outcome.as<HistoryPage>();
        if (!answer) {
            emit historyFailed(room, page, edge);
            return;
        }
        HistoryPage loaded = *answer;
        loaded.backwards = page != Page::After;
        emit historyReceived(room, loaded, edge);
    };
    m_link.request(nativeRequest(u"history"_s, fields), ended, this);
}

void ChatSession::search(quint64 ticket, const QJsonObject &query)
{
    const auto ended = [this, ticket](const Outcome &outcome) {
        if (const auto *found = outcome.as<SearchPage>())
            emit searchAnswered(ticket, *found);
        else if (outcome.kind == Outcome::Kind::Refused)
            emit searchFailed(ticket, outcome.error, outcome.text);
        else
            emit searchFailed(ticket, {.code = ErrorCode::Closing}, {});
    };
    m_link.request(nativeRequest(u"search"_s, query), ended, this);
}

void ChatSession::carryOut(quint64 ticket, const QString &verb, const QJsonObject &fields)
{
    const bool enters = verb == "join"_L1 || verb == "create"_L1;
    const auto ended = [this, ticket, enters](const Outcome &outcome) {
        if (const auto *joined = outcome.as<RoomJoined>(); joined && enters)
            emit roomJoined(joined->room);
        if (outcome.kind == Outcome::Kind::Answered)
            emit carriedOut(ticket, outcome.answer);
        else if (outcome.kind == Outcome::Kind::Refused)
            emit notCarriedOut(ticket, outcome.error, outcome.text);
        else
            emit notCarriedOut(ticket, {.code = ErrorCode::Closing}, {});
    };
    m_link.request(nativeRequest(verb, fields), ended, this);
}

void ChatSession::edit(const QString &room, quint64 seq, const QString &text)
{
    const QJsonObject fields{
            {"room"_L1, room}, {"seq"_L1, static_cast<qint64>(seq)}, {"text"_L1, text}};
    const auto ended = [this, room, seq, text](const Outcome &outcome) {
        if (outcome.kind == Outcome::Kind::Answered)
            return;
        emit editFailed(room, seq, text);
        const Error error = outcome.kind == Outcome::Kind::Refused
                ? outcome.error
                : Error{.code = ErrorCode::Closing};
        emit requestFailed(u"edit"_s, error, outcome.text);
    };
    m_link.request(nativeRequest(u"edit"_s, fields), ended, this);
}

void ChatSession::erase(const QString &room, quint64 seq)
{
    const QJsonObject fields{{"room"_L1, room}, {"seq"_L1, static_cast<qint64>(seq)}};
    const auto ended = [this](const Outcome &outcome) {
        if (outcome.kind == Outcome::Kind::Refused)
            emit requestFailed(u"delete"_s, outcome.error, outcome.text);
        else if (outcome.kind == Outcome::Kind::Lost)
            emit requestFailed(u"delete"_s, {.code = ErrorCode::Closing}, {});
    };
    m_link.request(nativeRequest(u"delete"_s, fields), ended, this);
}

void ChatSession::loadMembers(const QString &room)
{
    look(room, {});
}

void ChatSession::look(const QString &room, const QString &after)
{
    QJsonObject fields{{"room"_L1, room}, {"limit"_L1, limits::page}};
    if (!after.isEmpty())
        fields["after"_L1] = after;
    const auto answered = [this, room, after](const Answer &answer) {
        const PersonList &page = std::get<PersonList>(answer);
        emit membersReceived(room, page);
        // Pages that lead nowhere would be asked for without end.
        if (page.more && !page.people.isEmpty() && !page.next.isEmpty() && page.next != after)
            look(room, page.next);
    };
    ask(u"look"_s, fields, room, answered);
}

void ChatSession::join(const QString &room)
{
    enter(u"join"_s, {{"room"_L1, room}}, room);
}

void ChatSession::create(const QString &room, const QString &topic)
{
    QJsonObject fields{{"room"_L1, room}};
    if (!topic.isEmpty())
        fields["topic"_L1] = topic;
    enter(u"create"_s, fields, room);
}

void ChatSession::enter(const QString &verb, const QJsonObject &fields, const QString &room)
{
    const auto answered = [this](const Answer &answer) {
        emit roomJoined(std::get<RoomJoined>(answer).room);
    };
    ask(verb, fields, room, answered);
}

void ChatSession::leave(const QString &room)
{
    flushRead();
    const auto left = [this, room](const Answer &) { emit roomLeft(room); };
    // The original servers, which have no rooms, know nothing of private conversations either.
    if (isPrivate(room) && !capabilitiesOf(m_link.protocol()).rooms)
        left({});
    else
        ask(u"leave"_s, {{"room"_L1, room}}, room, left);
}

void ChatSession::setTopic(const QString &room, const QString &topic)
{
    ask(u"topic"_s, {{"room"_L1, room}, {"text"_L1, topic}}, room);
}

void ChatSession::setAway(const QString &text)
{
    ask(u"away"_s, {{"text"_L1, text}}, {});
}

void ChatSession::markRead(const QString &room, quint64 seq)
{
    quint64 &position = m_read[room];
    position = std::max(position, seq);
    if (!m_readAlarm->isActive())
        flushRead();
}

void ChatSession::flushRead()
{
    if (m_read.isEmpty() || m_link.state() != ServerLink::State::Online)
        return; // what is not told now is told after the next login
    const QMap<QString, quint64> positions = std::exchange(m_read, {});
    for (auto it = positions.cbegin(); it != positions.cend(); ++it) {
        const QJsonObject fields{{"room"_L1, it.key()},
                                 {"seq"_L1, static_cast<qint64>(it.value())}};
        m_link.request(nativeRequest(u"read"_s, fields), {}, this);
    }
    m_readAlarm->start(betweenReads);
}

void ChatSession::listUsers()
{
    const auto answered = [this](const Answer &answer) {
        emit usersReceived(std::get<PersonList>(answer));
    };
    ask(u"who"_s, {{"limit"_L1, limits::page}}, {}, answered);
}

void ChatSession::ask(const QString &verb, const QJsonObject &fields, const QString &subject,
                      const std::function<void(const Answer &)> &answered)
{
    const auto ended = [this, verb, subject, answered](const Outcome &outcome) {
        if (outcome.kind == Outcome::Kind::Refused) {
            Error error = outcome.error;
            error.subject = subject;
            emit requestFailed(verb, error, outcome.text);
        } else if (outcome.kind == Outcome::Kind::Answered && answered) {
            answered(outcome.answer);
        }
    };
    m_link.request(nativeRequest(verb, fields), ended, this);
}

QString ChatSession::say(const QString &room, const QString &text)
{
    return queue({.room = room, .text = text, .cid = {}, .action = false});
}

QString ChatSession::act(const QString &room, const QString &text)
{
    return queue({.room = room, .text = text, .cid = {}, .action = true});
}

QString ChatSession::queue(OutgoingMessage message)
{
    const QString cid = m_outbox.add(std::move(message));
    pump();
    return cid;
}

void ChatSession::retry(const QString &cid)
{
    m_outbox.retry(cid);
    pump();
}

void ChatSession::remove(const QString &cid)
{
    m_outbox.remove(cid);
}

void ChatSession::pump()
{
    while (m_link.state() == ServerLink::State::Online) {
        const std::optional<OutgoingMessage> message = m_outbox.next();
        if (!message)
            return;
        send(*message);
    }
}

void ChatSession::send(const OutgoingMessage &message)
{
    QJsonObject fields{{"text"_L1, message.text}, {"cid"_L1, message.cid}};
    // By its name a person is somebody else as soon as another guest has it; a conversation is not.
    const bool begins = isPrivate(message.room)
            && (m_link.protocol() != ChatProtocol::Teahouse
                || !m_conversations.contains(foldedName(message.room)));
    if (begins)
        fields["to"_L1] = message.room.mid(1);
    else
        fields["room"_L1] = message.room;
    if (message.action)
        fields["style"_L1] = "action"_L1;
    m_link.request(
            nativeRequest(begins ? u"msg"_s : u"say"_s, fields),
            [this, message](const Outcome &outcome) { messageEnded(message, outcome); }, this);
}

void ChatSession::messageEnded(const OutgoingMessage &message, const Outcome &outcome)
{
    if (outcome.kind == Outcome::Kind::Lost)
        return;
    if (const auto *said = outcome.as<Said>()) {
        m_outbox.acknowledged(message.cid);
        emit acknowledged(message.room, message.cid, *said);
    } else {
        // Only our own server recognises what is sent again.
        const bool maybe = outcome.error.code == ErrorCode::Unconfirmed
                && m_link.protocol() == ChatProtocol::Teahouse;
        maybe ? m_outbox.unconfirmed(message.cid) : m_outbox.refused(message.cid);
        Error error = outcome.error;
        error.subject = message.room;
        emit messageFailed(message.room, message.cid, error, outcome.text);
    }
    pump();
}

} // namespace teahouse::client
