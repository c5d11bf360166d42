#include "server/dialects/telnetfilter.h"

namespace teahouse::server {

namespace {

// RFC 854, "Telnet command structure".
constexpr unsigned char IAC = 255;
constexpr unsigned char WILL = 251;
constexpr unsigned char DONT = 254;
constexpr unsigned char SB = 250;
constexpr unsigned char SE = 240;

constexpr int longestSubnegotiation = 1024;

} // namespace

QByteArray TelnetFilter::strip(QByteArrayView bytes)
{
    if (m_state == State::Text && !bytes.contains(char(IAC)))
        return bytes.toByteArray();
    QByteArray text;
    text.reserve(bytes.size());
    for (const char byte : bytes)
        take(static_cast<unsigned char>(byte), text);
    return text;
}

void TelnetFilter::take(unsigned char byte, QByteArray &text)
{
    switch (m_state) {
    case State::Text:
        if (byte == IAC)
            m_state = State::Command;
        else
            text.append(static_cast<char>(byte));
        break;
    case State::Command:
        if (byte == SB) {
            m_state = State::Subnegotiation;
            m_length = 0;
        } else {
            m_state = byte >= WILL && byte <= DONT ? State::Option : State::Text;
        }
        break;
    case State::Option:
        m_state = State::Text;
        break;
    case State::Subnegotiation:
        if (byte == IAC)
            m_state = State::SubnegotiationCommand;
        else if (++m_length > longestSubnegotiation)
            m_state = State::Text;
        break;
    case State::SubnegotiationCommand:
        m_state = byte == SE ? State::Text : State::Subnegotiation;
        break;
    }
}

} // namespace teahouse::server
