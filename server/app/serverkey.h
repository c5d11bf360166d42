#pragma once

#include "shared/fingerprint.h"

#include <QString>

namespace teahouse::server {

/// The key by which a server is known, as far as invitations tell of it.
struct ServerKey
{
    Fingerprint fingerprint;
    QString certificateSha256; ///< of the whole certificate, 64 hexadecimal digits
    bool isSelfMade = false;   ///< no authority vouches for it
};

} // namespace teahouse::server
