#pragma once

#include "shared/request.h"

#include <QByteArray>
#include <QByteArrayView>

#include <utility>

namespace teahouse::server {

/// Takes telnet's own bytes out of a stream (RFC 854): options offered and refused, commands,
/// subnegotiations of any length. Nothing is answered but a timing mark (RFC 860): telnet shows
/// nothing more after Ctrl+C until that comes. What says something about the text stays in
/// it, in the form it has at terminals: erased characters and lines as the keys DEL and Ctrl+U,
/// CR NUL as CR LF, which means the same (RFC 1123, 3.3.1), a doubled IAC as the byte 255.
/// So does an IAC that the line ends behind, for it is none.
class TelnetFilter
{
public:
    /// What of `bytes` is text; sequences may be split anywhere between calls.
    QByteArray strip(QByteArrayView bytes);

    /// Whether a timing mark was asked for since this was called last.
    bool takeTimingMark() { return std::exchange(m_isMarkAsked, false); }

private:
    enum class State { Text, Return, Command, Option, Subnegotiation, SubnegotiationCommand };

    void take(unsigned char byte, QByteArray &text);
    void takeText(unsigned char byte, QByteArray &text);
    void takeOption(unsigned char byte, QByteArray &text);
    void takeCommand(unsigned char byte, QByteArray &text);

    State m_state = State::Text;
    bool m_isMarkAsked = false;
    unsigned char m_command = 0; ///< the last one
};

/// Stands in the queue of requests for a timing mark, so that it is answered behind what came
/// before it. Nobody can type such a request.
Request timingMarkRequest();
bool isTimingMark(const Request &request);
/// What that is answered with.
QByteArray timingMark();

} // namespace teahouse::server
