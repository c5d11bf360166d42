#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace teahouse::server {

/// Tells what somebody at the front door speaks by the first bytes, of which it takes as few as
/// tell it and keeps all. Pure: knows neither sockets nor clocks; whoever drives it says when the
/// patience is over. Looks at each byte once.
class Recognition
{
public:
    /// What carries the bytes: inside TLS there is no second TLS.
    enum class Carrier { Plain, Tls };

    enum class Speech {
        Unknown, ///< more bytes may tell it
        Tls,     ///< a handshake record of version 3.x (RFC 8446, 5.1)
        Native,
        Http, ///< a request line (RFC 9112, 3), or one of the usual methods and a blank
        Irc,  ///< a verb that registers a connection (RFC 2812, 3.1; IRCv3 CAP) and a blank
        Tea,  ///< anything else
    };

    explicit Recognition(Carrier carrier);

    /// Takes bytes in; what is known then.
    Speech feed(QByteArrayView bytes);

    /// Nothing more is waited for: what is unknown is tea.
    Speech expire();

    Speech speech() const { return m_speech; }

    /// All bytes that came, for whoever goes on with them.
    const QByteArray &bytes() const { return m_bytes; }

private:
    enum class State {
        Start,
        Hello, ///< behind the first byte of a TLS record
        // Telnet's own and blanks, before the first byte that counts
        Blank,
        Command,
        Option,
        Subnegotiation,
        SubnegotiationCommand,
        // Request line
        Word,
        Target,
        Version,
    };

    Speech look(char byte);
    Speech begin(char byte);
    Speech lookAtBlank(char byte);
    Speech lookAtCommand(unsigned char byte);
    Speech lookAtWord(char byte);
    Speech lookAtTarget(char byte);
    Speech lookAtVersion(char byte);

    Carrier m_carrier;
    State m_state = State::Start;
    Speech m_speech = Speech::Unknown;
    QByteArray m_bytes;
    qsizetype m_looked = 0; ///< of them
    qsizetype m_begin = 0;  ///< of the target, then of the version
};

} // namespace teahouse::server
