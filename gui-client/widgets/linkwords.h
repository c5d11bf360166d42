#pragma once

#include "shared/joinlink.h"

namespace teahouse::client {

/// What is wrong with a link, and what to do about it. Plain text.
QString linkFaultText(LinkFault fault);

/// What a link brings besides the address; a sentence a line. Plain text.
QString linkContents(const JoinLink &link);

/// The address in it as people type it, without the port where that is the usual one.
QString linkAddress(const JoinLink &link);

} // namespace teahouse::client
