#include "gui-client/link/chatsession.h"

#include "shared/limits.h"

#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int fewItems = 100; ///< what one screen and some scrolling want

bool isPrivate(const QString &room)
{
    return room.startsWith(u'@');
}

} // namespace

ChatSession::ChatSession(LinkTools tools, QObject *parent)
    : QObject(parent), m_link(tools), m_outbox(tools.newCid)
{
    connect(&m_link, &ServerLink::loggedIn, this, &ChatSession::begin);
    connect(&m_link, &ServerLink::eventReceived, this, &ChatSession::eventReceived);
    connect(&m_link, &ServerLink::lost, this, [this] { m_outbox.connectionLost(); });
}

void ChatSession::open(const ServerAddress &address, const QString &name, ChatProtocol protocol)
{
    m_outbox.clear();
    m_epoch.clear();
    m_link.open(address, name, protocol);
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
    }
    emit loggedIn(start, greeting, welcome);
    pump();
}

void ChatSession::loadNewest(const QString &room)
{
    loadHistory(room, {{"limit"_L1, fewItems}});
}

void ChatSession::loadBefore(const QString &room, quint64 seq)
{
    loadHistory(room, {{"before"_L1, static_cast<qint64>(seq)}, {"limit"_L1, fewItems}});
}

void ChatSession::loadAfter(const QString &room, quint64 seq)
{
    loadHistory(room, {{"after"_L1, static_cast<qint64>(seq)}, {"limit"_L1, limits::page}});
}

void ChatSession::loadHistory(const QString &room, const QJsonObject &range)
{
    QJsonObject fields = range;
    fields["room"_L1] = room;
    const bool backwards = !range.contains("after"_L1);
    const auto ended = [this, room, backwards](const Outcome &outcome) {
        const auto *answer = outcome.as<HistoryPage>();
        if (!answer) {
            emit historyFailed(room);
            return;
        }
        HistoryPage page = *answer;
        page.backwards = backwards;
        emit historyReceived(room, page);
    };
    m_link.request(nativeRequest(u"history"_s, fields), ended, this);
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
    const auto answered = [this, room](const Answer &answer) {
        const PersonList &page = std::get<PersonList>(answer);
        emit membersReceived(room, page);
        if (page.more && !page.next.isEmpty())
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
    const auto left = [this, room](const Answer &) { emit roomLeft(room); };
    if (isPrivate(room))
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
    m_link.request(
            nativeRequest(u"read"_s, {{"room"_L1, room}, {"seq"_L1, static_cast<qint64>(seq)}}), {},
            this);
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
    if (isPrivate(message.room))
        fields["to"_L1] = message.room.mid(1);
    else
        fields["room"_L1] = message.room;
    if (message.action)
        fields["style"_L1] = "action"_L1;
    m_link.request(
            nativeRequest(isPrivate(message.room) ? u"msg"_s : u"say"_s, fields),
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
        m_outbox.refused(message.cid);
        Error error = outcome.error;
        error.subject = message.room;
        emit messageFailed(message.room, message.cid, error, outcome.text);
    }
    pump();
}

} // namespace teahouse::client
