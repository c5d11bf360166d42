#pragma once

#include <QByteArrayView>

namespace teahouse::client {

/// What the first bytes of a server tell about it.
enum class Recognised {
    NotYet,   ///< more bytes are needed
    Welcome,  ///< `Welcome to ...`: ours, or a tea server, which its answer to us will tell
    Wx,       ///< `Connect Success`
    Guest,    ///< `You're connected ...`
    Stranger, ///< none of those that greet
};

/// Judges all that has come so far.
Recognised recognise(QByteArrayView start);

/// The answer of a tea server to a line that it does not know, without its end.
bool isTeaAnswer(QByteArrayView line);

} // namespace teahouse::client
