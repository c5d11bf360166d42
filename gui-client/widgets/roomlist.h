#pragma once

#include <QListView>

class QMenu;

namespace teahouse::client {

class ChatModel;

/// The list of one's rooms. Selecting one shows it.
class RoomList : public QListView
{
    Q_OBJECT

public:
    explicit RoomList(ChatModel &model, QWidget *parent = nullptr);

    /// Selects the room `step` rows further down, round the ends.
    void step(int step);

signals:
    void leaveRequested(const QString &room);
    void chosen(); ///< by a click or Enter: the user wants to go on in the room itself

    /// A menu about a room is being made, for others to add to.
    void menuOpening(QMenu *menu, const QString &room);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void selectCurrent(const QString &room);
    void retranslate();
    static QString spoken(const QModelIndex &index);

    ChatModel &m_model;
};

} // namespace teahouse::client
