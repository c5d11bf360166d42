#pragma once

#include "gui-client/models/roomdirectorymodel.h"
#include "gui-client/widgets/errandform.h"

class QLineEdit;

namespace teahouse::client {

class ChatModel;
class TablePane;

/// The list of the server's rooms, by which one enters one of them. A room that is not in the list
/// is entered by typing its name. Asks for a password when the room has one.
class RoomDirectory : public ErrandForm
{
    Q_OBJECT

public:
    RoomDirectory(ChatModel &model, QWidget *parent);

    TablePane *pane() const { return m_pane; }
    QLineEdit *keyEdit() const { return m_key; }

signals:
    /// Rather a new room; `name` is what was typed.
    void createWanted(const QString &name);

protected:
    void submit() override;
    void succeeded(const Answer &answer) override;
    void refused(const QString &verb, const Error &error, const QString &text) override;

private:
    QString target() const;
    std::optional<int> exactMatch() const;
    void followTarget();
    void showKey(bool shown);

    ChatModel &m_model;
    RoomDirectoryModel m_rooms;
    TablePane *m_pane;
    QLineEdit *m_key;
};

} // namespace teahouse::client
