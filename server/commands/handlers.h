#pragma once

#include "server/commands/command.h"

/// The handlers behind the rows of the command table, one a verb.
namespace teahouse::server {

/// What completes a welcome and answers with it.
House::WelcomeThen welcomeTo(const Call &call, Then then);

Reply hello(const Call &call);
void login(const Call &call, Then then);
void registerAccount(const Call &call, Then then);
void passwd(const Call &call, Then then);
void claim(const Call &call, Then then);
Reply code(const Call &call);
void inviteCode(const Call &call, Then then);
Reply inviteCodes(const Call &call);
void inviteCodeEnd(const Call &call, Then then);
Reply accounts(const Call &call);
void userRemove(const Call &call, Then then);
void userRole(const Call &call, Then then);
void ignore(const Call &call, Then then);
void unignore(const Call &call, Then then);
Reply logout(const Call &call);
Reply help(const Call &call);
Reply ping(const Call &call);
Reply mode(const Call &call);
Reply charset(const Call &call);

Reply look(const Call &call);
Reply who(const Call &call);
Reply rooms(const Call &call);
void join(const Call &call, Then then);
void create(const Call &call, Then then);
void leave(const Call &call, Then then);
void endConversation(const Call &call, Then then);
void kick(const Call &call, Then then);
void ban(const Call &call, Then then);
void unban(const Call &call, Then then);
void mute(const Call &call, Then then);
void unmute(const Call &call, Then then);
Reply bans(const Call &call);
void role(const Call &call, Then then);
void invite(const Call &call, Then then);
void roomSet(const Call &call, Then then);
void audit(const Call &call, Then then);
void level(const Call &call, Then then);
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
