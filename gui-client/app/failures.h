#pragma once

#include "gui-client/link/linkfailure.h"
#include "gui-client/link/serveraddress.h"
#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/serverquestion.h"

namespace teahouse::client {

/// The link's failure as the login window shows it.
LoginFailure toLoginFailure(const LinkFailure &failure, const ServerAddress &address,
                            const QString &name);

/// What the person is to be asked about the server, if the failure is a matter of their trust.
std::optional<ServerQuestion::Subject> questionOf(const LinkFailure &failure,
                                                  const ServerAddress &address);

} // namespace teahouse::client
