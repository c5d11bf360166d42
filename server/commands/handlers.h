#pragma once

#include "server/commands/command.h"

/// The handlers behind the rows of the command table, one a verb.
namespace teahouse::server {

Reply hello(const Call &call);
Reply login(const Call &call);
Reply logout(const Call &call);
Reply help(const Call &call);
Reply ping(const Call &call);
Reply mode(const Call &call);
Reply charset(const Call &call);

Reply look(const Call &call);
Reply who(const Call &call);
Reply rooms(const Call &call);
Reply join(const Call &call);
Reply create(const Call &call);
Reply leave(const Call &call);
Reply away(const Call &call);

void say(const Call &call, Then then);
void me(const Call &call, Then then);
void msg(const Call &call, Then then);
void topic(const Call &call, Then then);
void last(const Call &call, Then then);
void history(const Call &call, Then then);

} // namespace teahouse::server
