// What ChatSession asks about one's own account; the rest is in chatsession.cpp.
#include "gui-client/link/chatsession.h"

namespace teahouse::client {

using namespace Qt::StringLiterals;

void ChatSession::registerName(const QString &password, const QString &invite)
{
    QJsonObject fields{{"password"_L1, password}};
    if (!invite.isEmpty())
        fields["invite"_L1] = invite;
    askSecretly(u"register"_s, fields, [this, password](const Outcome &outcome) {
        m_link.keepPassword(password);
        if (const auto *shown = outcome.as<UserShown>())
            emit userChanged(shown->user);
    });
}

void ChatSession::changePassword(const QString &old, const QString &password)
{
    askSecretly(u"passwd"_s, {{"old"_L1, old}, {"password"_L1, password}},
                [this, password](const Outcome &) { m_link.keepPassword(password); });
}

void ChatSession::claim(const QString &code)
{
    askSecretly(u"claim"_s, {{"code"_L1, code}}, [this](const Outcome &outcome) {
        if (const auto *shown = outcome.as<UserShown>())
            emit userChanged(shown->user);
    });
}

/// Asks what holds a secret, which is never sent where others may listen.
void ChatSession::askSecretly(const QString &verb, const QJsonObject &fields,
                              const std::function<void(const Outcome &)> &done)
{
    const bool isOnline = m_link.state() == ServerLink::State::Online;
    if (isOnline && !m_link.isPasswordSafe()) {
        emit accountRefused(verb, {.code = ErrorCode::TlsRequired}, {});
        return;
    }
    const auto ended = [this, verb, done](const Outcome &outcome) {
        switch (outcome.kind) {
        case Outcome::Kind::Answered:
            done(outcome);
            emit accountChanged(verb);
            break;
        case Outcome::Kind::Refused:
            emit accountRefused(verb, outcome.error, outcome.text);
            break;
        case Outcome::Kind::Lost:
            emit accountRefused(verb, {.code = ErrorCode::Closing}, {});
            break;
        }
    };
    m_link.request(nativeRequest(verb, fields), ended, this);
}

void ChatSession::ignore(const QString &name)
{
    askIgnored(u"ignore"_s, name);
}

void ChatSession::unignore(const QString &name)
{
    askIgnored(u"unignore"_s, name);
}

void ChatSession::askIgnored(const QString &verb, const QString &name)
{
    const auto answered = [this](const Answer &answer) {
        emit ignoredChanged(std::get<IgnoreList>(answer).names);
    };
    ask(verb, {{"name"_L1, name}}, name, answered);
}

} // namespace teahouse::client
