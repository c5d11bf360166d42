#pragma once

#include "server/commands/command.h"

/// The handlers behind the rows of the command table, one a verb.
namespace teahouse::server {

Reply hello(const Call &call);
void login(const Call &call, Then then);
Reply logout(const Call &call);
Reply help(const Call &call);
Reply ping(const Call &call);
Reply mode(const Call &call);
Reply charset(const Call &call);

Reply look(const Call &call);
Reply who(const Call &call);
Reply rooms(const Call &call);
void join(const Call &call, Then then);
Reply create(const Call &call);
Reply leave(const Call &call);
Reply away(const Call &call);

void say(const Call &call, Then then);
void me(const Call &call, Then then);
void msg(const Call &call, Then then);
void topic(const Call &call, Then then);
void edit(const Call &call, Then then);
void erase(const Call &call, Then then);

void last(const Call &call, Then then);
void history(const Call &call, Then then);
void search(const Call &call, Then then);
Reply read(const Call &call);

} // namespace teahouse::server
