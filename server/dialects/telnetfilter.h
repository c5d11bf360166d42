#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace teahouse::server {

/// Takes telnet's own bytes out of a stream (RFC 854): options offered and refused, commands,
/// subnegotiations. Nothing is answered. A subnegotiation of more than 1 KiB is taken for its end.
class TelnetFilter
{
public:
    /// What of `bytes` is text; sequences may be split anywhere between calls.
    QByteArray strip(QByteArrayView bytes);

private:
    enum class State { Text, Command, Option, Subnegotiation, SubnegotiationCommand };

    void take(unsigned char byte, QByteArray &text);

    State m_state = State::Text;
    int m_length = 0; ///< of the subnegotiation so far
};

} // namespace teahouse::server
