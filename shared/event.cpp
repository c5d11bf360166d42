#include "shared/event.h"

#include <array>

namespace teahouse {

namespace {

struct Row
{
    ClosingCode code;
    const char *name;
    bool mayReconnect;
    const char *sentence;
};

constexpr std::array rows = {
        Row{ClosingCode::Kicked, "kicked", false, "You were removed by a moderator."},
        Row{ClosingCode::Banned, "banned", false, "You are banned."},
        Row{ClosingCode::Replaced, "replaced", false, "You have logged in from somewhere else."},
        Row{ClosingCode::Timeout, "timeout", true,
            "Closed: nothing was heard from you for too long."},
        Row{ClosingCode::SlowReader, "slow-reader", true,
            "Closed: more was waiting for you than your connection took."},
        Row{ClosingCode::TooLong, "too-long", false, "Closed: a line without an end."},
        Row{ClosingCode::Shutdown, "shutdown", true, "The server is stopping."},
        Row{ClosingCode::PasswordChanged, "password-changed", false, "Your password was changed."},
        Row{ClosingCode::ServerFull, "server-full", true,
            "The server is full: please try again later."},
        Row{ClosingCode::ProtocolMismatch, "protocol-mismatch", false,
            "Client and server share no protocol version: update the older of the two."},
};

const Row &row(ClosingCode code)
{
    const auto &found = rows.at(static_cast<size_t>(code));
    Q_ASSERT(found.code == code);
    return found;
}

} // namespace

QLatin1StringView closingName(ClosingCode code)
{
    return QLatin1StringView(row(code).name);
}

std::optional<ClosingCode> closingCode(QStringView name)
{
    for (const Row &row : rows) {
        if (name == QLatin1StringView(row.name))
            return row.code;
    }
    return std::nullopt;
}

bool mayReconnect(ClosingCode code)
{
    return row(code).mayReconnect;
}

QString closingSentence(ClosingCode code)
{
    return QString::fromLatin1(row(code).sentence);
}

} // namespace teahouse
