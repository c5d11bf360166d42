#include "gui-client/widgets/roomlist.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/delegates.h"
#include "gui-client/widgets/spokenmodel.h"
#include "shared/limits.h"

#include <QContextMenuEvent>
#include <QMenu>

namespace teahouse::client {

RoomList::RoomList(ChatModel &model, QWidget *parent) : QListView(parent), m_model(model)
{
    setModel(new SpokenModel(*model.rooms(), &RoomList::spoken, this));
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
    connect(this, &QListView::clicked, this, &RoomList::choose);
    connect(this, &QListView::activated, this, &RoomList::choose);
    connect(&model, &ChatModel::currentRoomChanged, this, &RoomList::selectCurrent);
    connect(&model, &ChatModel::roomRenamed, this,
            [this] { selectCurrent(m_model.currentRoom()); });
    selectCurrent(model.currentRoom());
    retranslate();
}

void RoomList::choose(const QModelIndex &index)
{
    m_model.setCurrentRoom(index.data(RoomListModel::NameRole).toString());
    emit chosen();
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
        setCurrentIndex(this->model()->index(*row, 0));
}

/// A room as it is read aloud.
QString RoomList::spoken(const QModelIndex &index)
{
    const int unread = index.data(RoomListModel::UnreadRole).toInt();
    const int mentions = index.data(RoomListModel::MentionsRole).toInt();
    QStringList parts{index.data(RoomListModel::NameRole).toString()};
    if (index.data(RoomListModel::OverRole).toBool())
        parts.append(tr("closed", "a room the user is no longer in"));
    if (unread >= limits::unreadCount)
        parts.append(tr("more than %n unread", nullptr, limits::unreadCount - 1));
    else if (unread > 0)
        parts.append(tr("%n unread", nullptr, unread));
    if (mentions > 0)
        parts.append(tr("%n for you", nullptr, mentions));
    return parts.join(tr(", ", "between the parts of a room read aloud"));
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
    emit menuOpening(menu, room);
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
