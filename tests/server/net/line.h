#pragma once

#include "server/net/connection.h"
#include "server/net/plaintransport.h"
#include "tests/server/net/rig.h"
#include "tests/server/net/socketpair.h"
#include "tests/server/net/testdialect.h"

#include <QStringList>

namespace teahouse::server {

/// One connection over a socket pair, whose far end the test holds; plays the owner.
class Line : private ConnectionOwner
{
public:
    explicit Line(Rig &rig, TestDialect::Manners manners = {})
        : m_rig(rig), context{rig.poller, rig.deadlines,        rig.house, rig.dispatcher,
                              *this,      std::span(m_scratch), 0,         1 << 30}
    {
        connection = std::make_unique<Connection>(context,
                                                  std::make_unique<PlainTransport>(pair.takeNear()),
                                                  std::make_unique<TestDialect>(manners));
        connection->start();
    }

    /// All that has arrived by the time that the loop has nothing to do.
    QByteArray hear()
    {
        QByteArray all;
        for (int quiet = 0; quiet < 3; ++quiet) {
            turn();
            const QByteArray more = pair.hear();
            all += more;
            quiet = more.isEmpty() ? quiet : 0;
        }
        return all;
    }

    QByteArray ask(const QByteArray &lines)
    {
        pair.say(lines);
        return hear();
    }

    /// Whether the server has ended its side, or all.
    bool hasEnded()
    {
        char byte = 0;
        turn();
        return ::recv(pair.far(), &byte, 1, MSG_PEEK) == 0;
    }

    SocketPair pair;
    QStringList over;
    int logins = 0;
    int full = 0;
    int wordsOver = 0;

private:
    void onLoggedIn(Connection &) override { ++logins; }
    void onLastWords(LastWords::Parts parts) override
    {
        m_words = std::make_unique<LastWords>(m_rig.poller, m_rig.deadlines, std::move(parts),
                                              m_scratch);
        m_words->start([this] { ++wordsOver; });
    }
    void onOutboxesFull() override { ++full; }
    void onOver(Connection &, QLatin1StringView reason) override { over << reason; }

    Rig &m_rig;
    std::array<char, 64 * 1024> m_scratch;

public:
    ConnectionContext context;

private:
    std::unique_ptr<LastWords> m_words;

public:
    std::unique_ptr<Connection> connection;
};

inline QByteArray block(qsizetype size)
{
    return QByteArray(size, 'x');
}

} // namespace teahouse::server
