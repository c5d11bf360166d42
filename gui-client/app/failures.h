#pragma once

#include "gui-client/link/linkfailure.h"
#include "gui-client/link/serveraddress.h"
#include "gui-client/widgets/failuretext.h"

namespace teahouse::client {

/// The link's failure as the login window shows it.
LoginFailure toLoginFailure(const LinkFailure &failure, const ServerAddress &address,
                            const QString &name);

} // namespace teahouse::client
