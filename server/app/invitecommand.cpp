#include "server/app/invitecommand.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

QJsonObject inviteRequest(const CommandLine &line)
{
    switch (line.action) {
    case CommandLine::Action::Link:
        return {{u"do"_s, u"link"_s},
                {u"room"_s, line.argument},
                {u"pin"_s, line.pin},
                {u"keys"_s, line.keys}};
    case CommandLine::Action::InviteCodes:
        return {{u"do"_s, u"invite-codes"_s}};
    case CommandLine::Action::InviteCodeEnd:
        return {{u"do"_s, u"invite-code-end"_s}, {u"code"_s, line.argument}};
    default:
        break;
    }
    return {{u"do"_s, u"invite-code"_s},
            {u"room"_s, line.argument},
            {u"uses"_s, line.uses},
            {u"days"_s, line.days}};
}

} // namespace teahouse::server
