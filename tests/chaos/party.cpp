#include "tests/chaos/party.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostOpen = 48; ///< below what the server takes of one session at once
constexpr qint64 pingPause = 10 * nsPerMs;

QString textOf(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// Reads a room's log to its end, page by page. False: it could not be read.
bool readAll(Client &client, quint64 after, const std::function<void(const QJsonObject &)> &take)
{
    for (;;) {
        const QJsonObject page = client.ask({{"do"_L1, "history"_L1},
                                             {"room"_L1, "main"_L1},
                                             {"after"_L1, qint64(after)},
                                             {"limit"_L1, 200}});
        if (!page["ok"_L1].toBool())
            return false;
        const QJsonArray items = page["items"_L1].toArray();
        for (const QJsonValue item : items) {
            take(item.toObject());
            after = quint64(item["seq"_L1].toInteger());
        }
        if (!page["more"_L1].toBool() || items.isEmpty())
            return true;
    }
}

} // namespace

Party::Party(int speakers)
{
    for (int i = 0; i < speakers; ++i) {
        m_speakers.push_back(std::make_unique<Speaker>());
        m_speakers.back()->name = u"speaker%1"_s.arg(i);
    }
    m_listener.name = u"listener"_s;
}

QString Party::enter(quint16 port)
{
    drop();
    for (const auto &speaker : m_speakers) {
        if (const QString problem = enter(*speaker, port); !problem.isEmpty())
            return problem;
    }
    if (const QString problem = enter(m_listener, port); !problem.isEmpty())
        return problem;
    if (!m_pinger.open(port) || !m_pinger.logIn(u"pinger"_s)["ok"_L1].toBool())
        return u"the pinger cannot log in"_s;
    return catchUp();
}

QString Party::enter(Speaker &speaker, quint16 port)
{
    if (!speaker.client.open(port))
        return speaker.name + u" cannot connect"_s;
    const QJsonObject answer = speaker.client.logIn(speaker.name, speaker.resume);
    if (!answer["ok"_L1].toBool())
        return speaker.name + u" cannot log in: "_s + textOf(answer);
    const QString epoch = answer["epoch"_L1].toString();
    if (!m_epoch.isEmpty() && epoch != m_epoch)
        return u"the epoch has changed"_s;
    m_epoch = epoch;
    const QString resume = answer["resume"_L1].toString();
    if (!speaker.resume.isEmpty() && resume != speaker.resume)
        return speaker.name + u" was not recognised by the resume secret"_s;
    speaker.resume = resume;
    return {};
}

/// What the listener has missed.
QString Party::catchUp()
{
    const quint64 last = m_heard.isEmpty() ? 0 : m_heard.lastKey();
    const bool read = readAll(m_listener.client, last,
                              [this](const QJsonObject &item) { hear(item); });
    return read ? QString() : u"the listener cannot read what was missed"_s;
}

void Party::drop()
{
    for (const auto &speaker : m_speakers) {
        speaker->client.close();
        speaker->open = 0;
    }
    m_listener.client.close();
    m_pinger.close();
    m_pingedAt = 0;
    for (Message &message : m_messages)
        message.isOpen = false;
}

void Party::talk(int perSecond, int ms)
{
    const qint64 begin = steadyNs();
    const qint64 end = begin + ms * nsPerMs;
    qint64 said = 0;
    for (qint64 now = begin; now < end; now = steadyNs()) {
        const qint64 due = (now - begin) * perSecond / (1000 * nsPerMs);
        for (; said < due; ++said)
            sayOne();
        pump(1);
    }
}

bool Party::settle(int ms)
{
    const qint64 until = steadyNs() + ms * nsPerMs;
    const auto isOpen = [](const auto &speaker) { return speaker->open > 0; };
    while (std::any_of(m_speakers.begin(), m_speakers.end(), isOpen)) {
        if (steadyNs() > until)
            return false;
        pump(5);
    }
    return true;
}

void Party::sendAgain()
{
    for (const auto &speaker : m_speakers) {
        for (const size_t number : speaker->messages) {
            while (speaker->open >= mostOpen && speaker->client.isOpen())
                pump(5);
            if (m_messages[number].seq == 0 && !m_messages[number].isOpen)
                send(*speaker, number);
        }
    }
}

bool Party::sendUntilAcknowledged(int ms)
{
    const qint64 until = steadyNs() + ms * nsPerMs;
    while (steadyNs() < until) {
        sendAgain();
        settle(2000);
        if (counts().acknowledged == counts().said)
            return true;
        pump(50);
    }
    return false;
}

QString Party::visit(quint16 port) const
{
    Client visitor;
    if (!visitor.open(port))
        return u"a visitor cannot connect"_s;
    if (!visitor.logIn(u"visitor"_s)["ok"_L1].toBool())
        return u"a visitor cannot log in"_s;
    const QJsonObject page = visitor.ask(
            {{"do"_L1, "history"_L1}, {"room"_L1, "main"_L1}, {"limit"_L1, 50}});
    if (!page["ok"_L1].toBool() || page["items"_L1].toArray().isEmpty())
        return u"a visitor cannot read: "_s + textOf(page);
    const QJsonObject members = visitor.ask({{"do"_L1, "look"_L1}, {"room"_L1, "main"_L1}});
    const auto people = static_cast<size_t>(members["members"_L1].toArray().size());
    if (people != m_speakers.size() + 3)
        return u"a visitor does not see who is there: "_s + textOf(members);
    return {};
}

QStringList Party::audit(quint16 port)
{
    Client reader;
    QStringList broken = m_misheard;
    QHash<QString, quint64> stored;
    quint64 last = 0;
    const bool read = reader.open(port) && reader.logIn(u"auditor"_s)["ok"_L1].toBool()
            && readAll(reader, 0, [&](const QJsonObject &item) {
                          const auto seq = quint64(item["seq"_L1].toInteger());
                          const QString text = item["text"_L1].toString();
                          if (seq != last + 1)
                              broken.append(u"a hole in the numbers before %1"_s.arg(seq));
                          if (stored.contains(text))
                              broken.append(u"doubled: %1 as %2 and %3"_s.arg(text)
                                                    .arg(stored.value(text))
                                                    .arg(seq));
                          stored.insert(text, seq);
                          last = seq;
                      });
    if (!read)
        return {u"the log cannot be read"_s};
    for (const Message &message : m_messages) {
        if (message.seq != 0 && stored.value(message.text) != message.seq)
            broken.append(u"lost: %1, acknowledged as %2, is %3"_s.arg(message.text)
                                  .arg(message.seq)
                                  .arg(stored.value(message.text)));
    }
    for (auto heard = m_heard.cbegin(); heard != m_heard.cend(); ++heard) {
        if (stored.value(heard.value()) != heard.key())
            broken.append(u"heard, but not stored: %1 as %2"_s.arg(heard.value()).arg(heard.key()));
    }
    return broken;
}

Party::Counts Party::counts() const
{
    Counts counts;
    counts.said = int(m_messages.size());
    for (const Message &message : m_messages)
        counts.acknowledged += message.seq != 0;
    counts.refusals = m_refusals;
    return counts;
}

void Party::clearTimes()
{
    m_answers = {};
    m_pings = {};
    m_refusals.clear();
}

Times Party::overdue() const
{
    Times times;
    const qint64 now = steadyNs();
    for (const Message &message : m_messages) {
        if (message.isOpen)
            times.add(now - message.sentAt);
    }
    return times;
}

void Party::sayOne()
{
    for (size_t i = 0; i < m_speakers.size(); ++i) {
        Speaker &speaker = *m_speakers[m_next++ % m_speakers.size()];
        if (speaker.open >= mostOpen)
            continue;
        m_messages.push_back({.text = u"message %1"_s.arg(m_messages.size() + 1)});
        speaker.messages.push_back(m_messages.size() - 1);
        send(speaker, m_messages.size() - 1);
        return;
    }
}

void Party::send(Speaker &speaker, size_t number)
{
    Message &message = m_messages[number];
    message.sentAt = steadyNs();
    message.isOpen = true;
    ++speaker.open;
    speaker.client.send({{"do"_L1, "say"_L1},
                         {"room"_L1, "main"_L1},
                         {"id"_L1, QString::number(number)},
                         {"cid"_L1, u"c%1"_s.arg(number)},
                         {"text"_L1, message.text}});
}

void Party::ping()
{
    const qint64 now = steadyNs();
    if (m_pingedAt != 0 || now < m_nextPing || !m_pinger.isOpen())
        return;
    m_pingedAt = now;
    m_nextPing = now + pingPause;
    m_pinger.send({{"do"_L1, "ping"_L1}, {"id"_L1, "p"_L1}});
}

void Party::pump(int ms)
{
    ping();
    QList<Client *> clients = {&m_listener.client, &m_pinger};
    for (const auto &speaker : m_speakers)
        clients.append(&speaker->client);
    clients.removeIf([](const Client *client) { return !client->isOpen(); });
    if (clients.isEmpty())
        return;
    waitForAny(clients, ms);
    m_pinger.read(
            [this](const QJsonObject &line) {
                if (line["re"_L1] == "p"_L1 && m_pingedAt != 0) {
                    m_pings.add(steadyNs() - m_pingedAt);
                    m_pingedAt = 0;
                }
            },
            R"("ev":"item")");
    for (const auto &speaker : m_speakers)
        speaker->client.read([&](const QJsonObject &line) { answered(*speaker, line); },
                             R"("ev":"item")");
    m_listener.client.read([this](const QJsonObject &line) {
        if (line["ev"_L1] == "item"_L1)
            hear(line);
    });
}

void Party::answered(Speaker &speaker, const QJsonObject &line)
{
    bool isNumber = false;
    const size_t number = line["re"_L1].toString().toULongLong(&isNumber);
    if (!isNumber || number >= m_messages.size() || !m_messages[number].isOpen)
        return;
    Message &message = m_messages[number];
    message.isOpen = false;
    --speaker.open;
    m_answers.add(steadyNs() - message.sentAt);
    if (line["ok"_L1].toBool())
        message.seq = quint64(line["seq"_L1].toInteger());
    else
        ++m_refusals[line["error"_L1].toString()];
}

void Party::hear(const QJsonObject &item)
{
    const auto seq = quint64(item["seq"_L1].toInteger());
    const QString text = item["text"_L1].toString();
    const auto before = m_heard.constFind(seq);
    if (before != m_heard.cend() && *before != text)
        m_misheard.append(u"%1 was \"%2\" and became \"%3\""_s.arg(seq).arg(*before, text));
    else if (before == m_heard.cend() && seq != (m_heard.isEmpty() ? 0 : m_heard.lastKey()) + 1)
        m_misheard.append(u"the listener heard %1 before what comes before it"_s.arg(seq));
    m_heard.insert(seq, text);
}

} // namespace teahouse::chaos
