#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace teahouse::server {

/// Lets a CR end a line, whatever follows: terminals that nothing translates for send it alone when
/// Return is pressed (RFC 1123, 3.3.1: the same as a local user's).
class LineEnds
{
public:
    /// The bytes with CR LF for each CR and each CR LF; these may be split between calls.
    QByteArray unified(QByteArrayView bytes);

private:
    bool m_isBehindCr = false;
};

} // namespace teahouse::server
