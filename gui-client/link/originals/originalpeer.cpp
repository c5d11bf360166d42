#include "gui-client/link/originals/originalpeer.h"

#include "shared/text.h"

#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestRoomName = 80;

} // namespace

OriginalPeer::OriginalPeer(ChatProtocol protocol, LinkTools tools, QObject *parent)
    : QObject(parent), m_protocol(protocol), m_tools(std::move(tools)),
      m_quiet(m_tools.alarms([this] {
          if (m_codec)
              hear(m_codec->quiet());
      }))
{
}

OriginalPeer::~OriginalPeer() = default;

void OriginalPeer::begin(const Identity &identity)
{
    end();
    m_identity = identity;
    m_ownName = capabilitiesOf(m_protocol).names ? identity.name : identity.local;
    if (m_protocol == ChatProtocol::Line)
        m_ownName.clear(); // nobody is called anything
    m_knownAddress = false;
    m_codec = makeOriginalCodec(m_protocol);
    if (m_codec->isUnsettled())
        m_quiet->start(m_tools.greeting);
    hear(m_codec->opened());
}

void OriginalPeer::take(const QByteArray &bytes)
{
    if (!m_codec)
        return;
    hear(m_codec->take(bytes));
    waitForQuiet();
}

void OriginalPeer::waitForQuiet()
{
    if (m_codec && m_codec->isUnsettled())
        m_quiet->start(m_tools.quiet);
    else
        m_quiet->stop();
}

void OriginalPeer::hear(const HeardList &list)
{
    for (const Heard &one : list)
        std::visit([this](const auto &what) { handle(what); }, one);
}

void OriginalPeer::drained()
{
    if (echoOf(m_protocol) != Echo::None)
        return;
    while (!m_messages.empty())
        confirm(m_messages.begin()->first);
}

void OriginalPeer::end()
{
    m_codec.reset();
    m_quiet->stop();
    m_own.clear();
    for (const auto &[message, asked] : std::exchange(m_messages, {}))
        answer(asked, refusal(ErrorCode::Unconfirmed));
    for (const Asked &asked : std::exchange(m_looks, {}) + std::exchange(m_whos, {}))
        answer(asked, {.kind = Outcome::Kind::Lost});
}

QByteArray OriginalPeer::farewell() const
{
    return m_codec ? m_codec->logout() : QByteArray();
}

Outcome OriginalPeer::refusal(ErrorCode code)
{
    return {.kind = Outcome::Kind::Refused, .error = {.code = code}};
}

void OriginalPeer::answer(const Asked &asked, const Outcome &outcome)
{
    if (asked.handler && asked.context)
        asked.handler(outcome);
}

void OriginalPeer::request(const Request &request, OutcomeHandler handler, QObject *context)
{
    const Asked asked{std::move(handler), context};
    const auto answered = [&asked](const Answer &what) {
        answer(asked, {.kind = Outcome::Kind::Answered, .answer = what});
    };
    if (!m_codec)
        answer(asked, {.kind = Outcome::Kind::Lost});
    else if (request.verb == "say"_L1)
        say(request, asked);
    else if (request.verb == "look"_L1)
        ask(m_looks, asked, &OriginalCodec::look);
    else if (request.verb == "who"_L1)
        ask(m_whos, asked, &OriginalCodec::who);
    else if (request.verb == "history"_L1)
        answered(HistoryPage{m_room, {}, false, 0, false});
    else if (request.verb == "read"_L1)
        answered(Done{});
    else
        answer(asked, refusal(ErrorCode::UnknownVerb));
}

void OriginalPeer::say(const Request &request, const Asked &asked)
{
    const QStringList frames = m_codec->framesOf(request.fields.text("text"_L1));
    if (frames.isEmpty() || request.fields.contains("style"_L1)) {
        answer(asked, refusal(ErrorCode::BadRequest));
        return;
    }
    m_messages[++m_lastMessage] = asked;
    if (echoOf(m_protocol) != Echo::None)
        m_own.add(m_lastMessage, frames);
    QByteArray bytes;
    for (const QString &frame : frames)
        bytes += m_codec->say(frame);
    emit toSend(bytes);
}

/// Whoever asks while an answer is awaited shares it.
void OriginalPeer::ask(QList<Asked> &waiting, const Asked &asked,
                       QByteArray (OriginalCodec::*words)())
{
    const QByteArray bytes = (*m_codec.*words)();
    if (bytes.isEmpty()) {
        answer(asked, refusal(ErrorCode::UnknownVerb));
        return;
    }
    waiting.append(asked);
    if (waiting.size() == 1)
        emit toSend(bytes);
}

void OriginalPeer::confirm(quint64 message)
{
    const auto found = m_messages.find(message);
    if (found == m_messages.end())
        return;
    const Asked asked = std::move(found->second);
    m_messages.erase(found);
    answer(asked, {.kind = Outcome::Kind::Answered, .answer = Said{{}, ++m_seq, m_tools.now()}});
}

void OriginalPeer::giveUp(quint64 message)
{
    const auto found = m_messages.find(message);
    if (found == m_messages.end())
        return;
    const Asked asked = std::move(found->second);
    m_messages.erase(found);
    answer(asked, refusal(ErrorCode::Unconfirmed));
}

QString OriginalPeer::roomName(const QString &server) const
{
    QString name = cleanLine(server.isEmpty() ? m_identity.place : server).left(longestRoomName);
    while (name.startsWith(u'@')) // that would be a private conversation
        name.remove(0, 1);
    return name.isEmpty() ? m_identity.place : name;
}

void OriginalPeer::handle(const heard::Ready &ready)
{
    if (m_room.isEmpty())
        m_room = roomName(ready.server);
    if (!capabilitiesOf(m_protocol).names)
        enter();
    else if (m_identity.name.isEmpty())
        emit refused({.code = ErrorCode::NameEmpty}, {});
    else
        emit toSend(m_codec->login(m_identity.name));
}

void OriginalPeer::enter()
{
    if (m_protocol == ChatProtocol::Tea)
        m_looks.append(Asked{}); // asked for with the login; the answer is under way
    RoomState room;
    room.room = m_room;
    room.last = m_seq;
    room.read = m_seq;
    Greeting greeting;
    greeting.server = m_room;
    greeting.epoch = u"original"_s; // the numbers are our own and never start over
    Welcome welcome;
    welcome.user.name = m_ownName;
    welcome.rooms = {room};
    emit accepted(greeting, welcome);
}

void OriginalPeer::handle(const heard::Refused &why)
{
    emit refused({.code = why.code}, why.text);
}

/// Whether these are own words that were awaited, which then are confirmed.
bool OriginalPeer::isOwnEcho(const heard::Spoken &spoken)
{
    const bool mine = !m_ownName.isEmpty() && spoken.speaker == m_ownName;
    const Echo echo = echoOf(m_protocol);
    m_knownAddress = m_knownAddress || (mine && echo == Echo::Silent);
    if (echo == Echo::None || (!mine && (echo == Echo::Named || m_knownAddress)))
        return false;
    const OwnWords::Match match = m_own.echoed(
            spoken.text, mine ? OwnWords::Search::All : OwnWords::Search::First);
    for (const quint64 message : match.passedOver)
        giveUp(message);
    if (match.done)
        confirm(*match.done);
    return match.found;
}

void OriginalPeer::handle(const heard::Spoken &spoken)
{
    if (!spoken.action && isOwnEcho(spoken))
        return;
    Item item;
    item.room = m_room;
    item.seq = ++m_seq;
    item.from = spoken.speaker;
    item.text = spoken.text;
    item.action = spoken.action;
    item.time = m_tools.now();
    emit eventReceived(ItemAdded{item});
}

void OriginalPeer::handle(const heard::Came &came)
{
    emit eventReceived(Entered{m_room, came.who, {}});
}

void OriginalPeer::handle(const heard::Went &went)
{
    emit eventReceived(Left{m_room, went.who, {}});
}

void OriginalPeer::handle(const heard::Listed &listed)
{
    PersonList list;
    list.room = listed.everywhere ? QString() : m_room;
    for (const QString &name : listed.names)
        list.people.append({.name = name, .away = {}, .via = {}, .online = true});
    for (const Asked &asked : std::exchange(listed.everywhere ? m_whos : m_looks, {}))
        answer(asked, {.kind = Outcome::Kind::Answered, .answer = list});
}

void OriginalPeer::handle(const heard::Remark &remark)
{
    emit eventReceived(Notice{remark.text, u"info"_s});
}

} // namespace teahouse::client
