#include "gui-client/app/failures.h"

namespace teahouse::client {

namespace {

using Kind = LinkFailure::Kind;
using Cause = LoginFailure::Cause;
using Verdict = Judgement::Verdict;

Cause causeOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::LinkDiffers:
        return Cause::LinkDiffers;
    case Verdict::AnnouncedDiffers:
        return Cause::AnnouncedDiffers;
    case Verdict::Accept:
    case Verdict::AskFirst:
    case Verdict::SameKeyElsewhere:
    case Verdict::Changed:
        break;
    }
    return Cause::ChangedKey;
}

Cause causeOf(const LinkFailure &failure)
{
    switch (failure.kind) {
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
    case Kind::UntrustedKey:
        return causeOf(failure.judgement ? failure.judgement->verdict : Verdict::Changed);
    case Kind::WouldBePlain:
        return Cause::WouldBePlain;
    case Kind::NoHandshake:
        return Cause::NoHandshake;
    case Kind::NotEncrypted:
        return Cause::NotEncrypted;
    case Kind::Stripped:
        return Cause::Stripped;
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
    shown.cause = causeOf(failure);
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

std::optional<ServerQuestion::Subject> questionOf(const LinkFailure &failure,
                                                  const ServerAddress &address)
{
    using Subject = ServerQuestion::Subject;
    Subject subject{.address = toString(address)};
    if (failure.kind == Kind::WouldBePlain) {
        subject.kind = Subject::Kind::PlainText;
        return subject;
    }
    if (failure.kind != Kind::UntrustedKey || !failure.judgement
        || failure.judgement->verdict == Verdict::LinkDiffers
        || failure.judgement->verdict == Verdict::AnnouncedDiffers)
        return std::nullopt;
    const Judgement &judgement = *failure.judgement;
    subject.key = judgement.now.key;
    subject.before = judgement.before;
    subject.isVouched = judgement.now.isVouched;
    if (judgement.verdict == Verdict::Changed)
        subject.kind = Subject::Kind::ChangedKey;
    if (judgement.elsewhere) {
        subject.kind = Subject::Kind::KnownElsewhere;
        subject.name = judgement.elsewhere->name;
        subject.elsewhere = judgement.elsewhere->address;
    }
    return subject;
}

} // namespace teahouse::client
