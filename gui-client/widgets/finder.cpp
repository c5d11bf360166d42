#include "gui-client/widgets/finder.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/roomview.h"

namespace teahouse::client {

Finder::Finder(ChatModel &model, RoomView &view, SearchPane &pane, QObject *parent)
    : QObject(parent), m_model(model), m_view(view), m_pane(pane)
{
    pane.hide();
    pane.setRoom(model.currentRoom());
    connect(&pane, &SearchPane::chosen, this, &Finder::lead);
    connect(&pane, &SearchPane::backRequested, this, &Finder::goBack);
    connect(&pane, &SearchPane::closeRequested, this, &Finder::close);
    connect(&pane, &SearchPane::escaped, this, &Finder::escape);
    connect(&model, &ChatModel::currentRoomChanged, &pane, &SearchPane::setRoom);
    connect(&model, &ChatModel::aroundFailed, this, [this](const QString &room) {
        if (room != m_model.currentRoom())
            return;
        m_view.transcript()->stopWaiting();
        emit failed(tr("What was said there could not be loaded. Please try again."));
    });
}

void Finder::open(SearchPane::Scope scope)
{
    m_pane.open(scope);
    emit shownChanged(true);
}

void Finder::close()
{
    setOrigin({});
    m_model.search()->start({});
    m_pane.hide();
    emit shownChanged(false);
    m_view.setFocus();
}

void Finder::escape()
{
    goBack();
    close();
}

void Finder::escapeRoom()
{
    if (m_origin)
        escape();
    else
        m_view.transcript()->scrollToNewest();
}

void Finder::lead(const QString &room, quint64 seq)
{
    if (!m_model.hasRoom(room)) {
        emit failed(tr("You are not in %1 any more. Join it to read there.").arg(room));
        return;
    }
    TranscriptView *transcript = m_view.transcript();
    if (!m_origin)
        setOrigin(Origin{m_model.currentRoom(), transcript->place()});
    m_model.setCurrentRoom(room);
    transcript->goTo(seq);
}

void Finder::goBack()
{
    if (!m_origin)
        return;
    const Origin origin = *m_origin;
    setOrigin({});
    m_model.setCurrentRoom(origin.room);
    if (m_model.currentRoom() == origin.room)
        m_view.transcript()->goToPlace(origin.place);
}

void Finder::setOrigin(const std::optional<Origin> &origin)
{
    m_origin = origin;
    m_pane.setCanGoBack(origin.has_value());
}

} // namespace teahouse::client
