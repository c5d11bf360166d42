// How ServerLink meets encrypted servers; the rest is in serverlink.cpp.
#include "gui-client/link/serverlink.h"

namespace teahouse::client {

namespace {

/// A hello that is late meets a greeting in plain text: the server has waited in vain for it.
constexpr int handshakesTried = 3;

} // namespace

/// The server has said that it can be met encrypted: that is another connection.
void ServerLink::encrypt()
{
    m_encryption = Encryption::Announced;
    connectNow();
}

void ServerLink::endBeforePlain()
{
    end({.kind = LinkFailure::Kind::WouldBePlain, .mayRetry = false});
}

void ServerLink::judgeKey(const PresentedKey &presented)
{
    const Judgement judgement = judge(m_known, presented);
    using Verdict = Judgement::Verdict;
    // Between this computer and itself there is nobody to compare keys against.
    const bool isOurOwn = m_socket.isLocal()
            && (judgement.verdict == Verdict::AskFirst
                || judgement.verdict == Verdict::SameKeyElsewhere);
    if (judgement.verdict != Verdict::Accept && !isOurOwn) {
        end({.kind = LinkFailure::Kind::UntrustedKey, .judgement = judgement, .mayRetry = false});
        return;
    }
    m_handshakes = 0;
    m_known.trust = ServerTrust{judgement.by, presented.key};
    m_encryption = Encryption::Known;
    emit secured(*m_known.trust);
    m_socket.accept();
}

void ServerLink::socketEnded(const LinkFailure &failure)
{
    if (failure.kind != LinkFailure::Kind::NoHandshake || m_state == State::LoggingOut) {
        end(failure);
    } else if (++m_handshakes < handshakesTried) {
        connectNow();
    } else {
        LinkFailure told = failure;
        told.kind = withoutHandshake();
        end(told);
    }
}

LinkFailure::Kind ServerLink::withoutHandshake() const
{
    switch (m_encryption) {
    case Encryption::Known:
        return LinkFailure::Kind::NotEncrypted;
    case Encryption::Announced:
        return LinkFailure::Kind::Stripped;
    case Encryption::None:
    case Encryption::Wanted:
        break;
    }
    return LinkFailure::Kind::NoHandshake;
}

} // namespace teahouse::client
