#include "tests/support/transcript.h"

#include "tests/support/nativeschema.h"

#include <QFile>
#include <QRegularExpression>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

QByteArray unescaped(const QString &text)
{
    const QByteArray source = text.toUtf8();
    QByteArray bytes;
    for (qsizetype i = 0; i < source.size(); ++i) {
        if (source[i] != '\\' || i + 1 == source.size()) {
            bytes += source[i];
            continue;
        }
        switch (source[++i]) {
        case 'r':
            bytes += '\r';
            break;
        case 'n':
            bytes += '\n';
            break;
        case '0':
            bytes += '\0';
            break;
        case 'e':
            bytes += '\x1b';
            break;
        case 'x':
            bytes += QByteArray::fromHex(source.mid(i + 1, 2));
            i += 2;
            break;
        default:
            bytes += source[i];
        }
    }
    return bytes;
}

QString shown(const QByteArray &bytes)
{
    QString text;
    for (const QChar c : QString::fromUtf8(bytes)) {
        if (c == u'\r')
            text += u"\\r"_s;
        else if (c == u'\n')
            text += u"\\n"_s;
        else if (c == u'\0')
            text += u"\\0"_s;
        else
            text += c;
    }
    return text;
}

} // namespace

QString Transcript::play(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return u"cannot read %1"_s.arg(path);
    int number = 0;
    while (!file.atEnd()) {
        ++number;
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const QString fault = playLine(line);
        if (!fault.isEmpty())
            return u"line %1: %2"_s.arg(number).arg(fault);
    }
    if (const QString fault = leftovers(); !fault.isEmpty())
        return u"at the end: "_s + fault;
    return m_schemaFaults;
}

QString Transcript::playLine(const QString &line)
{
    static const QRegularExpression talk(u"^(>>|<<!|<<) (\\S+): ?(.*)$"_s);
    if (const auto match = talk.match(line); match.hasMatch()) {
        const QString name = match.captured(2);
        if (!m_peers.contains(name))
            return u"nobody called %1"_s.arg(name);
        const QByteArray bytes = unescaped(match.captured(3));
        if (match.captured(1) == ">>"_L1)
            return send(*m_peers[name], bytes);
        return expect(name, bytes, match.captured(1) == "<<!"_L1);
    }
    const QStringList words = line.split(u' ', Qt::SkipEmptyParts);
    const QString name = words.value(1);
    if (words.first() == "open"_L1)
        return open(name, words.value(2), words.value(3).toUShort());
    if (words.first() == "closed"_L1)
        return m_peers.at(name)->isClosed() ? QString() : u"%1 is not closed"_s.arg(name);
    if (const QString fault = leftovers(); !fault.isEmpty())
        return fault;
    if (words.first() == "end"_L1) {
        m_peers.at(name)->hangUp();
    } else if (words.first() == "clock"_L1) {
        m_server.now += name.toLongLong() * 1000;
        m_server.house.tick(m_server.now);
    } else {
        return u"not understood: %1"_s.arg(line);
    }
    settleAll();
    return {};
}

QString Transcript::open(const QString &name, const QString &door, quint16 port)
{
    if (!DialectRegistry::knows(door))
        return u"no door %1"_s.arg(door);
    const QString fault = leftovers();
    m_peers[name] = std::make_unique<TestPeer>(m_server, door, port);
    settleAll();
    return fault;
}

QString Transcript::send(TestPeer &peer, const QByteArray &bytes)
{
    if (const QString fault = leftovers(); !fault.isEmpty())
        return fault;
    if (m_pace == Pace::Whole) {
        peer.feed(bytes);
        settleAll();
        return {};
    }
    for (const char byte : bytes) {
        peer.feed(QByteArrayView(&byte, 1));
        settleAll();
    }
    return {};
}

QString Transcript::expect(const QString &name, const QByteArray &bytes, bool alone)
{
    QList<QByteArray> &segments = m_sent[name];
    const bool fits = !segments.isEmpty()
            && (alone ? segments.first() == bytes : segments.first().startsWith(bytes));
    if (!fits)
        return u"%1 was sent \"%2\" and not \"%3\""_s.arg(name, shown(segments.value(0)),
                                                          shown(bytes));
    segments.first().remove(0, bytes.size());
    if (segments.first().isEmpty())
        segments.removeFirst();
    return {};
}

QString Transcript::leftovers()
{
    for (const auto &[name, segments] : m_sent) {
        if (!segments.isEmpty())
            return u"%1 was also sent \"%2\""_s.arg(name, shown(segments.first()));
    }
    return {};
}

void Transcript::settleAll()
{
    QList<TestPeer *> peers;
    for (const auto &[name, peer] : m_peers)
        peers.append(peer.get());
    settle(m_server, peers);
    collect();
}

void Transcript::collect()
{
    for (const auto &[name, peer] : m_peers) {
        QList<QByteArray> segments = peer->take();
        for (const QByteArray &line : segments.join().split('\n')) {
            if (line.startsWith('{'))
                m_schemaFaults += schemaFaults(line);
        }
        QList<QByteArray> &sent = m_sent[name];
        // What came bit by bit is one stream again, statuses of their own aside.
        const bool joins = m_pace == Pace::ByteByByte && !sent.isEmpty() && !segments.isEmpty();
        if (joins)
            sent.last() += segments.takeFirst();
        sent += segments;
    }
}

} // namespace teahouse::server
