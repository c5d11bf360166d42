#include "server/commands/handlers.h"

#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

House::PageThen pageTo(Then then)
{
    return [then = std::move(then)](const Result<HistoryPage> &page) {
        then(page ? Reply(Answer(*page)) : Reply(page.error()));
    };
}

/// How many entries an object asks for at most in one page.
int pageLimit(const Call &call)
{
    const quint64 asked = call.arguments.number("limit"_L1);
    return asked == 0 ? limits::page : static_cast<int>(std::min<quint64>(asked, limits::page));
}

} // namespace

void last(const Call &call, Then then)
{
    const quint64 asked = call.arguments.number("count"_L1);
    const int count = call.arguments.has("count"_L1)
            ? static_cast<int>(std::clamp<quint64>(asked, 1, limits::page))
            : limits::lastLines;
    call.house.history(call.session, {}, {.limit = count}, pageTo(std::move(then)));
}

void history(const Call &call, Then then)
{
    PageRequest page;
    page.before = call.arguments.number("before"_L1);
    page.after = call.arguments.number("after"_L1);
    page.forwards = call.arguments.has("after"_L1);
    if (page.forwards && call.arguments.has("before"_L1))
        return then(Error{.code = ErrorCode::BadRequest,
                          .subject = u"\"before\" and \"after\" exclude each other"_s});
    page.limit = pageLimit(call);
    call.house.history(call.session, call.arguments.text("room"_L1), page, pageTo(std::move(then)));
}

void search(const Call &call, Then then)
{
    const auto time = [&](QLatin1StringView name) {
        return static_cast<qint64>(call.arguments.number(name));
    };
    SearchQuery query{.room = call.arguments.text("room"_L1),
                      .text = call.arguments.text("text"_L1),
                      .from = call.arguments.text("from"_L1),
                      .since = time("since"_L1),
                      .until = time("until"_L1),
                      .before = call.arguments.number("before"_L1),
                      .limit = pageLimit(call)};
    if (call.request.form == Form::Line)
        query.limit = limits::lastLines;
    call.house.search(call.session, query,
                      [then = std::move(then)](const Result<SearchPage> &page) {
                          then(page ? Reply(Answer(*page)) : Reply(page.error()));
                      });
}

Reply read(const Call &call)
{
    const Result<Done> done = call.house.read(call.session, call.arguments.text("room"_L1),
                                              call.arguments.number("seq"_L1));
    return done ? Reply(Answer(*done)) : Reply(done.error());
}

} // namespace teahouse::server
