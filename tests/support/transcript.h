#pragma once

#include "tests/support/testserver.h"

#include <QString>

#include <map>

namespace teahouse::server {

/// Plays a conversation that is written down in a text file, and compares what every peer is
/// sent, byte by byte. A line of the file is one of
///
///     # remark
///     open NAME DOOR [PORT]  a peer comes in, from that port of 127.0.0.1
///     >> NAME: BYTES       the peer sends this
///     << NAME: BYTES       the peer was sent this, next
///     <<! NAME: BYTES      the same, and in a segment of its own
///     end NAME             the peer hangs up
///     closed NAME          the server has closed this peer
///     clock SECONDS        time passes, and the house is tidied
///
/// BYTES know the escapes \r \n \0 \e \\ and \xHH. Whatever was sent and is not in the file is a
/// fault, noticed when the next thing happens.
class Transcript
{
public:
    enum class Pace { Whole, ByteByByte };

    explicit Transcript(Pace pace) : m_pace(pace) { }

    /// Plays the file; the first fault, with its line, or nothing when all is as written.
    QString play(const QString &path);

private:
    QString playLine(const QString &line);
    QString open(const QString &name, const QString &door, quint16 port);
    QString send(TestPeer &peer, const QByteArray &bytes);
    QString expect(const QString &name, const QByteArray &bytes, bool alone);
    QString leftovers();
    void settleAll();
    void collect();

    Pace m_pace;
    TestServer m_server;
    std::map<QString, std::unique_ptr<TestPeer>> m_peers;
    std::map<QString, QList<QByteArray>> m_sent;
    QString m_schemaFaults; ///< native lines that docs/native.schema.json does not know
};

} // namespace teahouse::server
