#include "server/dialects/wxdialect.h"

#include "shared/limits.h"
#include "shared/text.h"

#include <algorithm>
#include <array>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// The door's whole vocabulary; anything else is unknown here, whatever other doors make of it.
constexpr std::array verbs = {"login"_L1, "say"_L1, "look"_L1, "logout"_L1};

Output status(const char *bytes)
{
    return {.bytes = bytes, .alone = true};
}

} // namespace

WxDialect::WxDialect(const LineEncoder &encoder) : m_encoder(encoder) { }

Output WxDialect::greeting() const
{
    return status("Connect Success");
}

QString WxDialect::name() const
{
    return u"wx"_s;
}

void WxDialect::feed(QByteArrayView bytes)
{
    LineDialect::feed(m_filter.strip(bytes));
}

Request WxDialect::toRequest(const QString &line) const
{
    Request request = verbRequest(line);
    if (std::find(verbs.begin(), verbs.end(), request.verb) == verbs.end())
        request.refusal = Error{.code = ErrorCode::UnknownVerb, .subject = request.typedVerb};
    else if (request.verb == "login"_L1 && request.line.contains(u' '))
        request.refusal = Error{.code = ErrorCode::NameInvalid}; // there are no passwords here
    return request;
}

QByteArray WxDialect::toLine(const QString &text) const
{
    return m_encoder.toBytes(text + u'\n');
}

Output WxDialect::reply(const Request &request, const Reply &reply)
{
    if (!reply)
        return refusal(request, reply.error());
    if (std::holds_alternative<Welcome>(*reply)) {
        loggedIn();
        Output success = status("Login Success");
        success.pause = limits::wxPause;
        return success;
    }
    QString text;
    if (const auto *list = std::get_if<PersonList>(&reply.value())) {
        text = u"Online Users:\n"_s;
        for (const Person &person : list->people)
            text += cleanLine(person.name) + u'\n';
    }
    return {.bytes = m_encoder.toBytes(text)};
}

Output WxDialect::refusal(const Request &request, const Error &error) const
{
    // The client takes every other answer to a login for success.
    const bool failedLogin = !isLoggedIn() && request.refusal
            && request.refusal->code != ErrorCode::UnknownVerb;
    if (failedLogin)
        return status("UserName Exist");
    const bool known = error.code != ErrorCode::UnknownVerb
            && error.code != ErrorCode::LoginRequired && error.code != ErrorCode::AlreadyLoggedIn;
    if (!known)
        return {.bytes = toLine(u"Unknown command %1 "_s.arg(request.typedVerb))};
    if (request.verb == "login"_L1)
        return status(error.code == ErrorCode::NameEmpty ? "UserName Empty" : "UserName Exist");
    if (error.code == ErrorCode::TooLong && request.refusal)
        return {.bytes = toLine(u"Line too long"_s)};
    return {.bytes = toLine(cleanLine(sentence(error)))};
}

QByteArray WxDialect::farewell(const Closing &) const
{
    return {};
}

} // namespace teahouse::server
