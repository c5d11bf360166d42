#pragma once

#include "server/commands/command.h"
#include "server/commands/sharedbuckets.h"

#include "shared/request.h"

#include <QHash>

namespace teahouse::server {

struct DispatcherSettings
{
    ServerInfo server;
    FloodSettings flood = {};
};

/// The one way from a request to core, for all doors: looks whether the command is known, the
/// session in the right state, the arguments are whole and its rank suffices (shared/rights.h),
/// then calls the handler. Owned by the app; must not outlive the House.
class Dispatcher
{
public:
    Dispatcher(House &house, DispatcherSettings settings);
    Q_DISABLE_COPY_MOVE(Dispatcher)

    void setSettings(const DispatcherSettings &settings) { m_settings = settings; }
    const DispatcherSettings &settings() const { return m_settings; }

    /// Takes what a request of the session costs its own bucket and the one that it shares; false,
    /// and nothing taken, when one of them is empty. For messages, and with flood control only.
    bool takeMessage(SessionId session, TokenBucket &own, qint64 now);
    /// Milliseconds until takeMessage() can go well; 0: it can.
    qint64 messageWait(SessionId session, const TokenBucket &own, qint64 now);

    /// The row of a request's verb; null for one that its form does not know.
    const Command *find(const Request &request) const;

    /// Carries a request out. `then` is called exactly once, perhaps from inside.
    void dispatch(SessionId session, const Request &request, const Moment &now, Then then);

    std::span<const Command> commands() const { return m_commands; }

private:
    /// A command with its row in the table of rights; null: everybody may.
    struct Entry
    {
        const Command *command = nullptr;
        const Right *right = nullptr;
    };

    Entry entry(const Request &request) const;
    std::optional<Error> refusal(const Command &command, SessionId session) const;
    std::optional<Error> refusal(const Right &right, SessionId session, Form form,
                                 const Arguments &arguments) const;

    House &m_house;
    DispatcherSettings m_settings;
    SharedBuckets m_shared;
    std::vector<Command> m_commands;
    QHash<QString, Entry> m_byVerb;
};

} // namespace teahouse::server
