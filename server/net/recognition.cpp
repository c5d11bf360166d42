#include "server/net/recognition.h"

#include "shared/limits.h"

#include <algorithm>
#include <array>

// first     = tls / [ telnet ] native / http / irc
// tls       = %x16 %x03
// telnet    = 1*( IAC command [ option ] / IAC SB *OCTET IAC SE / blank )
// native    = "{"
// http      = usual SP / method SP target SP "HTTP/" DIGIT "." DIGIT [ CR ] LF
// usual     = "GET" / "HEAD" / "POST" / "PUT" / "OPTIONS"
// method    = 1*tchar                     (RFC 9110, 5.6.2)
// target    = 1*VCHAR                     (RFC 9112, 3.2)
// irc       = ( "CAP" / "NICK" / "USER" / "PASS" ) SP, in any case
//
// What of telnet's bytes is text is decided as TelnetFilter does, what is blank as TeaDoor does:
// both read on.

namespace teahouse::server {

namespace {

using Speech = Recognition::Speech;

// RFC 854, "Telnet command structure"
constexpr unsigned char IAC = 255;
constexpr unsigned char DONT = 254;
constexpr unsigned char WILL = 251;
constexpr unsigned char SB = 250;
constexpr unsigned char SE = 240;

constexpr QByteArrayView version("HTTP/d.d\r\n"); ///< d is a digit
constexpr qsizetype versionSize = 8;

bool isBlank(char byte)
{
    // Besides blanks the keys that take back what is not there: BS, DEL, Ctrl+U, Ctrl+W.
    constexpr std::array blanks = {' ', '\t', '\r', '\n', '\0', '\x08', '\x7F', '\x15', '\x17'};
    return std::find(blanks.begin(), blanks.end(), byte) != blanks.end();
}

bool isLineEnd(char byte)
{
    return byte == '\r' || byte == '\n';
}

bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool isLetter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/// RFC 9110, 5.6.2: tchar.
bool isTokenCharacter(char byte)
{
    return isLetter(byte) || isDigit(byte)
            || (byte != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(byte));
}

bool isVisible(char byte)
{
    return byte > ' ' && byte < '\x7F';
}

bool isAmong(QByteArrayView word, std::initializer_list<QByteArrayView> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

Recognition::Recognition(Carrier carrier) : m_carrier(carrier) { }

Speech Recognition::feed(QByteArrayView bytes)
{
    m_bytes.append(bytes);
    while (m_speech == Speech::Unknown && m_looked < m_bytes.size()) {
        m_speech = look(m_bytes.at(m_looked));
        ++m_looked;
    }
    if (m_looked >= limits::beforeLogin) // nobody who means something else says so much first
        return expire();
    return m_speech;
}

Speech Recognition::expire()
{
    if (m_speech == Speech::Unknown)
        m_speech = Speech::Tea;
    return m_speech;
}

Speech Recognition::look(char byte)
{
    switch (m_state) {
    case State::Start:
        return begin(byte);
    case State::Hello:
        return byte == '\x03' ? Speech::Tls : Speech::Tea;
    case State::Blank:
        return lookAtBlank(byte);
    case State::Command:
        return lookAtCommand(static_cast<unsigned char>(byte));
    case State::Option:
        m_state = State::Blank;
        return isLineEnd(byte) ? Speech::Tea : Speech::Unknown; // then that was no command
    case State::Subnegotiation:
        if (static_cast<unsigned char>(byte) == IAC)
            m_state = State::SubnegotiationCommand;
        return Speech::Unknown;
    case State::SubnegotiationCommand:
        m_state = static_cast<unsigned char>(byte) == SE ? State::Blank : State::Subnegotiation;
        return Speech::Unknown;
    case State::Word:
        return lookAtWord(byte);
    case State::Target:
        return lookAtTarget(byte);
    case State::Version:
        break;
    }
    return lookAtVersion(byte);
}

Speech Recognition::begin(char byte)
{
    if (byte == '\x16' && m_carrier == Carrier::Plain) {
        m_state = State::Hello;
        return Speech::Unknown;
    }
    if (isTokenCharacter(byte)) {
        m_state = State::Word;
        return Speech::Unknown;
    }
    return lookAtBlank(byte);
}

Speech Recognition::lookAtBlank(char byte)
{
    m_state = State::Blank;
    if (byte == '{')
        return Speech::Native;
    if (static_cast<unsigned char>(byte) == IAC)
        m_state = State::Command;
    else if (!isBlank(byte))
        return Speech::Tea;
    return Speech::Unknown;
}

Speech Recognition::lookAtCommand(unsigned char byte)
{
    m_state = State::Blank;
    if (byte == IAC || isLineEnd(static_cast<char>(byte)))
        return Speech::Tea; // the byte 255 itself
    if (byte == SB)
        m_state = State::Subnegotiation;
    else if (byte >= WILL && byte <= DONT)
        m_state = State::Option;
    // Below is no command: that one went by the way of urgent data (RFC 854, "Synch").
    return byte < SE ? lookAtBlank(static_cast<char>(byte)) : Speech::Unknown;
}

Speech Recognition::lookAtWord(char byte)
{
    if (isTokenCharacter(byte))
        return Speech::Unknown;
    if (byte != ' ')
        return Speech::Tea;
    const QByteArrayView word = QByteArrayView(m_bytes).first(m_looked);
    if (isAmong(word, {"GET", "HEAD", "POST", "PUT", "OPTIONS"}))
        return Speech::Http;
    if (isAmong(word.toByteArray().toUpper(), {"CAP", "NICK", "USER", "PASS"}))
        return Speech::Irc;
    m_state = State::Target;
    m_begin = m_looked + 1;
    return Speech::Unknown;
}

Speech Recognition::lookAtTarget(char byte)
{
    if (isVisible(byte))
        return Speech::Unknown;
    if (byte != ' ' || m_looked == m_begin)
        return Speech::Tea;
    m_state = State::Version;
    m_begin = m_looked + 1;
    return Speech::Unknown;
}

Speech Recognition::lookAtVersion(char byte)
{
    const qsizetype place = m_looked - m_begin;
    if (place == versionSize && byte == '\n')
        return Speech::Http;
    const char wanted = version.at(place);
    const bool fits = wanted == 'd' ? isDigit(byte) : byte == wanted;
    if (!fits)
        return Speech::Tea;
    return wanted == '\n' ? Speech::Http : Speech::Unknown;
}

} // namespace teahouse::server
