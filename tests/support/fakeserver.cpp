#include "tests/support/fakeserver.h"

#include "shared/wire/eventcodec.h"
#include "shared/wire/json.h"
#include "shared/wire/replycodec.h"
#include "shared/wire/requestcodec.h"

#include <QJsonDocument>

#include <algorithm>

namespace teahouse::test {

using namespace Qt::StringLiterals;

QJsonObject argumentsOf(const Request &request)
{
    QJsonObject object = QJsonDocument::fromJson(wire::encodeRequest(request)).object();
    object.remove("do"_L1);
    object.remove("id"_L1);
    return object;
}

FakeServer::FakeServer(QObject *parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &FakeServer::welcome);
    m_server.listen(QHostAddress::LocalHost);
    m_port = m_server.serverPort();
}

void FakeServer::refuse(const QString &verb, ErrorCode code)
{
    on(verb, [code](const Request &) { return Reply(Error{.code = code}); });
}

qsizetype FakeServer::count(const QString &verb) const
{
    return std::count_if(m_requests.cbegin(), m_requests.cend(),
                         [&](const Request &request) { return request.verb == verb; });
}

QList<Request> FakeServer::take(const QString &verb)
{
    QList<Request> taken;
    m_requests.removeIf([&](const Request &request) {
        if (request.verb != verb)
            return false;
        taken.append(request);
        return true;
    });
    return taken;
}

QStringList FakeServer::takeVerbs()
{
    QStringList verbs;
    for (const Request &request : std::as_const(m_requests)) {
        if (request.verb != "hello"_L1 && request.verb != "login"_L1 && request.verb != "ping"_L1)
            verbs.append(request.verb);
    }
    m_requests.clear();
    return verbs;
}

Item FakeServer::message(quint64 seq, const QString &from, const QString &text)
{
    Item item;
    item.room = u"main"_s;
    item.seq = seq;
    item.from = from;
    item.text = text;
    item.time = 1'700'000'000'000 + static_cast<qint64>(seq);
    return item;
}

quint64 FakeServer::add(const QString &from, const QString &text)
{
    m_items.append(message(static_cast<quint64>(m_items.size()) + 1, from, text));
    return m_items.last().seq;
}

quint64 FakeServer::say(const QString &from, const QString &text)
{
    const quint64 seq = add(from, text);
    send(ItemAdded{m_items.last(), {}});
    return seq;
}

void FakeServer::send(const Event &event, Side side)
{
    sendBytes(wire::encodeEvent(event, side));
}

void FakeServer::sendBytes(const QByteArray &bytes)
{
    if (!m_client)
        return;
    if (!m_dribbling) {
        m_client->write(bytes);
        return;
    }
    for (const char byte : bytes) {
        m_client->write(&byte, 1);
        m_client->flush();
    }
}

void FakeServer::drop()
{
    if (m_client)
        m_client->abort();
}

void FakeServer::hangUp()
{
    if (m_client)
        m_client->disconnectFromHost();
}

void FakeServer::stopListening()
{
    m_server.close();
}

void FakeServer::moveTo(const QHostAddress &address)
{
    m_server.close();
    m_server.listen(address);
    m_port = m_server.serverPort();
}

void FakeServer::listenOn(quint16 port)
{
    m_port = port;
    m_server.listen(QHostAddress::LocalHost, port);
}

void FakeServer::welcome()
{
    m_client = m_server.nextPendingConnection();
    m_client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_input.clear();
    m_name.clear();
    ++m_connections;
    connect(m_client, &QTcpSocket::readyRead, this, &FakeServer::read);
    connect(m_client, &QTcpSocket::disconnected, m_client, &QObject::deleteLater);
    if (!m_mute)
        sendBytes(m_greeting);
}

void FakeServer::read()
{
    if (!m_client || m_mute)
        return;
    m_input += m_client->readAll();
    qsizetype end = 0;
    while ((end = m_input.indexOf('\n')) >= 0) {
        const Request request = wire::decodeRequest(m_input.left(end));
        m_input.remove(0, end + 1);
        m_requests.append(request);
        answer(request);
        emit requested(request);
    }
}

void FakeServer::answer(const Request &request)
{
    const Handler handler = m_handlers.value(request.verb);
    const std::optional<Reply> reply = handler ? handler(request) : defaultReply(request);
    if (reply)
        sendBytes(wire::encodeReply(request, *reply));
    if (request.verb == "logout"_L1)
        hangUp();
}

std::optional<Reply> FakeServer::defaultReply(const Request &request)
{
    if (request.verb == "hello"_L1)
        return Reply(Answer(Greeting{u"Fake"_s, u"1"_s, 1, m_epoch, m_features}));
    if (request.verb == "login"_L1)
        return loggedIn(request);
    if (request.verb == "register"_L1 || request.verb == "claim"_L1)
        return account(request);
    if (request.verb == "ignore"_L1 || request.verb == "unignore"_L1)
        return ignored(request);
    if (request.verb == "history"_L1)
        return history(request);
    if (request.verb == "say"_L1)
        return said(request);
    if (request.verb == "edit"_L1 || request.verb == "delete"_L1)
        return amended(request);
    if (request.verb == "search"_L1)
        return found(request);
    if (request.verb == "read"_L1)
        m_read = std::max(m_read, request.fields.number("seq"_L1));
    if (request.verb == "look"_L1)
        return Reply(
                Answer(PersonList{u"main"_s,
                                  {{m_name, {}, u"native"_s, true}, {u"bob"_s, {}, u"tea"_s, true}},
                                  false,
                                  {}}));
    if (request.verb == "join"_L1 || request.verb == "create"_L1) {
        RoomState room;
        room.room = request.fields.text("room"_L1);
        room.members = 1;
        return Reply(Answer(RoomJoined{room}));
    }
    return Reply(Answer(Done{}));
}

Reply FakeServer::loggedIn(const Request &request)
{
    m_name = request.fields.text("name"_L1);
    RoomState room;
    room.room = u"main"_s;
    room.topic = u"Tea"_s;
    room.first = m_items.isEmpty() ? 0 : 1;
    room.last = static_cast<quint64>(m_items.size());
    room.members = 2;
    room.read = m_read;
    for (const Item &item : std::as_const(m_items)) {
        if (item.seq > m_read && item.kind == ItemKind::Message && item.from != m_name)
            ++room.unread;
    }
    // Who has a password comes back by it.
    const bool isAccount = request.fields.contains("password"_L1);
    return Answer(Welcome{{m_name, isAccount, {}},
                          isAccount ? QString() : u"secret of "_s + m_name,
                          {room},
                          m_ignored});
}

Reply FakeServer::account(const Request &request)
{
    if (m_name.isEmpty())
        return loggedIn(request);
    return Answer(UserShown{{m_name, true, request.verb == "claim"_L1 ? u"admin"_s : QString()}});
}

Reply FakeServer::ignored(const Request &request)
{
    const QString name = request.fields.text("name"_L1);
    m_ignored.removeOne(name);
    if (request.verb == "ignore"_L1)
        m_ignored.append(name);
    return Answer(IgnoreList{m_ignored});
}

Reply FakeServer::history(const Request &request) const
{
    const quint64 before = request.fields.number("before"_L1);
    const quint64 after = request.fields.number("after"_L1);
    const auto limit = static_cast<qsizetype>(request.fields.number("limit"_L1));
    HistoryPage page;
    page.room = request.fields.text("room"_L1);
    page.backwards = !request.fields.contains("after"_L1);
    for (const Item &item : m_items) {
        if (item.room == page.room && item.seq > after && (before == 0 || item.seq < before))
            page.items.append(item);
    }
    page.more = page.items.size() > limit;
    if (page.more)
        page.items = page.backwards ? page.items.last(limit) : page.items.first(limit);
    if (!page.items.isEmpty())
        page.next = page.backwards ? page.items.first().seq : page.items.last().seq;
    return Answer(page);
}

Reply FakeServer::amended(const Request &request)
{
    const quint64 target = request.fields.number("seq"_L1);
    if (target == 0 || target > static_cast<quint64>(m_items.size()))
        return Error{.code = ErrorCode::NoSuchMessage};
    Item &changed = m_items[static_cast<qsizetype>(target) - 1];
    Item item = message(static_cast<quint64>(m_items.size()) + 1, m_name, {});
    item.target = target;
    item.kind = request.verb == "edit"_L1 ? ItemKind::Edited : ItemKind::Deleted;
    item.text = changed.text = request.fields.text("text"_L1);
    changed.edited = item.kind == ItemKind::Edited;
    if (!changed.edited) {
        changed.kind = ItemKind::Gone;
        changed.to = target;
    }
    m_items.append(item);
    send(ItemAdded{item, {}}, Side::Own);
    return Answer(Said{{}, item.seq, item.time});
}

Reply FakeServer::found(const Request &request) const
{
    const quint64 before = request.fields.number("before"_L1);
    const auto limit = static_cast<qsizetype>(request.fields.number("limit"_L1));
    const QString text = request.fields.text("text"_L1);
    const QString from = request.fields.text("from"_L1);
    SearchPage page;
    for (auto item = m_items.crbegin(); item != m_items.crend(); ++item) {
        if (item->kind != ItemKind::Message || (before > 0 && item->seq >= before)
            || !item->text.contains(text, Qt::CaseInsensitive)
            || (!from.isEmpty() && item->from != from))
            continue;
        page.more = page.found.size() == limit;
        if (page.more)
            break;
        page.found.append({*item, item->seq});
        page.next = item->seq;
    }
    return Answer(page);
}

Reply FakeServer::said(const Request &request)
{
    const QString cid = request.fields.text("cid"_L1);
    if (!m_cids.contains(cid)) {
        const quint64 seq = add(m_name, request.fields.text("text"_L1));
        m_cids[cid] = Said{{}, seq, m_items.last().time};
        send(ItemAdded{m_items.last(), cid}, Side::Own);
    }
    return Answer(m_cids[cid]);
}

} // namespace teahouse::test
