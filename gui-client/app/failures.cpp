#include "gui-client/app/failures.h"

namespace teahouse::client {

namespace {

using Kind = LinkFailure::Kind;
using Cause = LoginFailure::Cause;

Cause causeOf(Kind kind)
{
    switch (kind) {
    case Kind::HostNotFound:
        return Cause::HostNotFound;
    case Kind::Refused:
        return Cause::Refused;
    case Kind::Unreachable:
        return Cause::Unreachable;
    case Kind::TimedOut:
        return Cause::TimedOut;
    case Kind::NotTeahouse:
        return Cause::NotTeahouse;
    case Kind::Silent:
        return Cause::Silent;
    case Kind::PlainText:
        return Cause::PlainText;
    case Kind::NoAccounts:
        return Cause::NoAccounts;
    case Kind::Closed:
        return Cause::Disconnected;
    case Kind::Closing:
        return Cause::Closing;
    case Kind::ProtocolMismatch:
    case Kind::TooLong:
    case Kind::ServerError:
        return Cause::Server;
    }
    return Cause::Other;
}

} // namespace

LoginFailure toLoginFailure(const LinkFailure &failure, const ServerAddress &address,
                            const QString &name)
{
    LoginFailure shown;
    shown.cause = causeOf(failure.kind);
    shown.host = address.host;
    shown.port = address.port;
    shown.name = name;
    shown.error = failure.error;
    shown.closing = failure.closing;
    shown.text = failure.text;
    if (failure.kind == Kind::ProtocolMismatch || failure.kind == Kind::TooLong)
        shown.error = {.code = ErrorCode::ProtocolMismatch};
    else if (shown.error.subject.isEmpty())
        shown.error.subject = name;
    return shown;
}

} // namespace teahouse::client
