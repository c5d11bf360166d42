#include "gui-client/app/modelwiring.h"

#include "gui-client/link/chatsession.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/failuretext.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

class ModelWiring
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::ModelWiring)
};

/// Why a message was not sent.
QString failedText(const ServerLink &link, const Error &error, const QString &text)
{
    if (error.code == ErrorCode::Unconfirmed && link.protocol() != ChatProtocol::Teahouse)
        return link.state() == ServerLink::State::Online
                ? ModelWiring::tr("The server did not pass it on.")
                : ModelWiring::tr("The connection was lost; it may have arrived or not.");
    return errorText(error, text);
}

HistoryFrom toFrom(ChatSession::Page page)
{
    switch (page) {
    case ChatSession::Page::Newest:
        return HistoryFrom::Newest;
    case ChatSession::Page::Before:
        return HistoryFrom::Before;
    case ChatSession::Page::After:
        return HistoryFrom::After;
    }
    return HistoryFrom::Newest;
}

ChatSession::Page toPage(HistoryFrom from)
{
    switch (from) {
    case HistoryFrom::Newest:
        return ChatSession::Page::Newest;
    case HistoryFrom::Before:
        return ChatSession::Page::Before;
    case HistoryFrom::After:
        return ChatSession::Page::After;
    }
    return ChatSession::Page::Newest;
}

/// The arguments of the verb.
QJsonObject toFields(const SearchQuery &query, quint64 before)
{
    constexpr int found = 50; // some screens of them
    QJsonObject fields{{"limit"_L1, found}};
    const auto add = [&fields](QLatin1StringView key, const QJsonValue &value, bool given) {
        if (given)
            fields[key] = value;
    };
    add("text"_L1, query.text, !query.text.isEmpty());
    add("room"_L1, query.room, !query.room.isEmpty());
    add("from"_L1, query.from, !query.from.isEmpty());
    add("since"_L1, query.since, query.since > 0);
    add("until"_L1, query.until, query.until > 0);
    add("before"_L1, static_cast<qint64>(before), before > 0);
    return fields;
}

void wireAnswers(ChatSession &session, ChatModel &model)
{
    using Session = ChatSession;
    using Model = ChatModel;
    QObject::connect(&session, &Session::eventReceived, &model, &Model::apply);
    QObject::connect(&session, &Session::historyReceived, &model, &Model::applyHistory);
    QObject::connect(&session, &Session::historyFailed, &model,
                     [&model](const QString &room, Session::Page page, quint64 edge) {
                         model.historyFailed(room, toFrom(page), edge);
                     });
    QObject::connect(&session, &Session::searchAnswered, model.search(), &SearchModel::applyPage);
    QObject::connect(&session, &Session::searchFailed, model.search(), &SearchModel::fail);
    QObject::connect(&session, &Session::carriedOut, model.errands(), &Errands::answered);
    QObject::connect(&session, &Session::notCarriedOut, model.errands(), &Errands::refused);
    QObject::connect(&session, &Session::membersReceived, &model, &Model::applyMembers);
    QObject::connect(&session, &Session::userChanged, &model, &Model::setUser);
    QObject::connect(&session, &Session::ignoredChanged, &model, &Model::setIgnored);
    QObject::connect(&session, &Session::roomJoined, &model, &Model::roomJoined);
    QObject::connect(&session, &Session::roomLeft, &model, &Model::roomLeft);
    QObject::connect(&session, &Session::requestFailed, &model,
                     [&model](const QString &verb, const Error &error) {
                         if (verb == "join"_L1)
                             model.joinRefused(error.subject);
                     });
    QObject::connect(&session.link(), &ServerLink::lost, &model, &Model::connectionLost);
    QObject::connect(&session, &Session::acknowledged, &model,
                     [&model](const QString &room, const QString &cid, const Said &said) {
                         model.confirm(room, cid, said.seq, said.time);
                     });
    QObject::connect(&session, &Session::messageFailed, &model,
                     [&session, &model](const QString &room, const QString &cid, const Error &error,
                                        const QString &text) {
                         const bool maybe = error.code == ErrorCode::Unconfirmed
                                 && session.link().protocol() == ChatProtocol::Teahouse;
                         if (error.code == ErrorCode::Muted && !model.silence(room))
                             model.setSilence(room, Silence{error.number, error.other});
                         model.fail(room, cid, failedText(session.link(), error, text),
                                    maybe ? RowState::Unconfirmed : RowState::Failed);
                     });
}

void wireWishes(ChatModel &model, ChatSession &session)
{
    const auto load = [&session](const QString &room, HistoryFrom from, quint64 edge) {
        session.loadPage(room, toPage(from), edge);
    };
    QObject::connect(&model, &ChatModel::historyWanted, &session, load);
    const auto search = [&session](quint64 ticket, const SearchQuery &query, quint64 before) {
        session.search(ticket, toFields(query, before));
    };
    QObject::connect(model.search(), &SearchModel::pageWanted, &session, search);
    QObject::connect(model.errands(), &Errands::wanted, &session, &ChatSession::carryOut);
    QObject::connect(&model, &ChatModel::membersWanted, &session, &ChatSession::loadMembers);
    QObject::connect(&model, &ChatModel::joinWanted, &session, &ChatSession::join);
    QObject::connect(&model, &ChatModel::readMoved, &session, &ChatSession::markRead);
}

} // namespace

void wire(ChatSession &session, ChatModel &model)
{
    wireAnswers(session, model);
    wireWishes(model, session);
}

} // namespace teahouse::client
