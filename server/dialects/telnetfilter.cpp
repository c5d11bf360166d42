#include "server/dialects/telnetfilter.h"

#include "server/dialects/keys.h"

#include <algorithm>

namespace teahouse::server {

namespace {

// RFC 854, "Telnet command structure".
constexpr unsigned char IAC = 255;
constexpr unsigned char DONT = 254;
constexpr unsigned char DO = 253;
constexpr unsigned char WILL = 251;
constexpr unsigned char SB = 250;
constexpr unsigned char EL = 248;
constexpr unsigned char EC = 247;
constexpr unsigned char SE = 240;
constexpr unsigned char timingMarkOption = 6; // RFC 860

constexpr QChar noCharacter(0xFFFF);

/// A command does not reach beyond its line: bytes that do so are somebody's who speaks no telnet.
bool isLineEnd(unsigned char byte)
{
    return byte == '\r' || byte == '\n';
}

/// How far no byte changes the state of the filter.
qsizetype plainLength(QByteArrayView bytes)
{
    const auto *end = std::find_if(bytes.begin(), bytes.end(), [](char byte) {
        return byte == '\r' || static_cast<unsigned char>(byte) == IAC;
    });
    return end - bytes.begin();
}

} // namespace

QByteArray TelnetFilter::strip(QByteArrayView bytes)
{
    QByteArray text;
    text.reserve(bytes.size());
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        if (m_state == State::Text) {
            const qsizetype plain = plainLength(bytes.sliced(at));
            text.append(bytes.sliced(at, plain));
            at += plain;
        }
        if (at < bytes.size())
            take(static_cast<unsigned char>(bytes[at]), text);
    }
    return text;
}

void TelnetFilter::take(unsigned char byte, QByteArray &text)
{
    switch (m_state) {
    case State::Return:
        m_state = State::Text;
        takeText(byte == '\0' ? '\n' : byte, text);
        break;
    case State::Text:
        takeText(byte, text);
        break;
    case State::Command:
        takeCommand(byte, text);
        break;
    case State::Option:
        takeOption(byte, text);
        break;
    case State::Subnegotiation:
        if (byte == IAC)
            m_state = State::SubnegotiationCommand;
        break;
    case State::SubnegotiationCommand:
        m_state = byte == SE ? State::Text : State::Subnegotiation;
        break;
    }
}

void TelnetFilter::takeText(unsigned char byte, QByteArray &text)
{
    if (byte == IAC) {
        m_state = State::Command;
        return;
    }
    if (byte == '\r')
        m_state = State::Return;
    text.append(static_cast<char>(byte));
}

void TelnetFilter::takeOption(unsigned char byte, QByteArray &text)
{
    m_state = State::Text;
    m_isMarkAsked = m_isMarkAsked || (m_command == DO && byte == timingMarkOption);
    if (isLineEnd(byte)) {
        text.append(static_cast<char>(IAC)).append(static_cast<char>(m_command));
        takeText(byte, text);
    }
}

void TelnetFilter::takeCommand(unsigned char byte, QByteArray &text)
{
    m_state = State::Text;
    if (byte == IAC || isLineEnd(byte))
        text.append(static_cast<char>(IAC));
    else if (byte == EC)
        text.append(keys::erase);
    else if (byte == EL)
        text.append(keys::eraseLine);
    else if (byte == SB)
        m_state = State::Subnegotiation;
    else if (byte >= WILL && byte <= DONT)
        m_state = State::Option;
    if (byte < SE) // A command that went by the way of urgent data (RFC 854, "Synch") is missing.
        takeText(byte, text);
    m_command = byte;
}

Request timingMarkRequest()
{
    Request request;
    request.verb = noCharacter;
    request.refusal = Error{.code = ErrorCode::BadRequest};
    return request;
}

bool isTimingMark(const Request &request)
{
    return request.refusal && request.verb == noCharacter;
}

QByteArray timingMark()
{
    QByteArray mark;
    for (const unsigned char byte : {IAC, WILL, timingMarkOption})
        mark.append(static_cast<char>(byte));
    return mark;
}

} // namespace teahouse::server
