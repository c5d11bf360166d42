#include "gui-client/app/modelwiring.h"

#include "gui-client/link/chatsession.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/failuretext.h"

#include <QCoreApplication>

namespace teahouse::client {

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

void wireAnswers(ChatSession &session, ChatModel &model)
{
    using Session = ChatSession;
    using Model = ChatModel;
    QObject::connect(&session, &Session::eventReceived, &model, &Model::apply);
    QObject::connect(&session, &Session::historyReceived, &model, &Model::applyHistory);
    QObject::connect(&session, &Session::historyFailed, &model, &Model::historyFailed);
    QObject::connect(&session, &Session::membersReceived, &model, &Model::applyMembers);
    QObject::connect(&session, &Session::roomJoined, &model, &Model::roomJoined);
    QObject::connect(&session, &Session::roomLeft, &model, &Model::roomLeft);
    QObject::connect(&session.link(), &ServerLink::lost, &model, &Model::connectionLost);
    QObject::connect(&session, &Session::acknowledged, &model,
                     [&model](const QString &room, const QString &cid, const Said &said) {
                         model.confirm(room, cid, said.seq, said.time);
                     });
    QObject::connect(&session, &Session::messageFailed, &model,
                     [&session, &model](const QString &room, const QString &cid, const Error &error,
                                        const QString &text) {
                         model.fail(room, cid, failedText(session.link(), error, text));
                     });
}

void wireWishes(ChatModel &model, ChatSession &session)
{
    const auto load = [&session](const QString &room, HistoryFrom from, quint64 seq) {
        switch (from) {
        case HistoryFrom::Newest:
            session.loadNewest(room);
            break;
        case HistoryFrom::Before:
            session.loadBefore(room, seq);
            break;
        case HistoryFrom::After:
            session.loadAfter(room, seq);
            break;
        }
    };
    QObject::connect(&model, &ChatModel::historyWanted, &session, load);
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
