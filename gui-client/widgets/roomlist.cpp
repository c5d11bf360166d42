#include "gui-client/widgets/roomlist.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/delegates.h"

#include <QContextMenuEvent>
#include <QMenu>

namespace teahouse::client {

RoomList::RoomList(ChatModel &model, QWidget *parent) : QListView(parent), m_model(model)
{
    setModel(model.rooms());
    setItemDelegate(new RoomDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setUniformItemSizes(true);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    m_model.setCurrentRoom(current.data(RoomListModel::NameRole).toString());
            });
    connect(&model, &ChatModel::currentRoomChanged, this, &RoomList::selectCurrent);
    selectCurrent(model.currentRoom());
    retranslate();
}

void RoomList::step(int step)
{
    const int count = m_model.rooms()->rowCount();
    if (count == 0)
        return;
    const int row = m_model.rooms()->rowOf(m_model.currentRoom()).value_or(0);
    m_model.setCurrentRoom(m_model.rooms()->at((row + step + count) % count).room);
}

void RoomList::selectCurrent(const QString &room)
{
    if (const auto row = m_model.rooms()->rowOf(room))
        setCurrentIndex(m_model.rooms()->index(*row));
}

void RoomList::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    const QString room = index.data(RoomListModel::NameRole).toString();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Leave"), this, [this, room] { emit leaveRequested(room); });
    menu->popup(event->globalPos());
}

void RoomList::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void RoomList::retranslate()
{
    setAccessibleName(tr("Rooms"));
}

} // namespace teahouse::client
