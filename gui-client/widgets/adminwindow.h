#pragma once

#include "gui-client/models/accountmodel.h"
#include "gui-client/models/auditmodel.h"
#include "gui-client/models/roomdirectorymodel.h"
#include "gui-client/models/sanctionmodel.h"
#include "gui-client/widgets/sanctionform.h"

#include <QWidget>

class QPushButton;
class QTabWidget;

namespace teahouse::client {

class ChatModel;
class TablePane;

/// The administrators' page: people and their accounts, rooms, bans from the server, and the log of
/// what was done. Lives as long as the chat window.
class AdminWindow : public QWidget
{
    Q_OBJECT

public:
    explicit AdminWindow(ChatModel &model, QWidget *parent);

    QTabWidget *tabs() const { return m_tabs; }

    /// Shows itself with what is known now.
    void open();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addTab(QWidget *page, const LiveText &caption);
    void buildPeople();
    void buildRooms();
    void buildSanctions();
    void buildAudit();
    void updatePeople();
    void toggleAdmin();
    void removeAccount();
    void sanction(SanctionForm::Kind kind);
    void makeInviteCode();
    void showInviteCode(const InviteCode &code);
    QString person() const;
    QString adminText() const;
    void askAboutPeople(const QString &verb, const QJsonObject &fields,
                        const std::function<void(const Answer &)> &done);

    ChatModel &m_model;
    AccountModel m_accounts;
    RoomDirectoryModel m_rooms;
    SanctionModel m_sanctions;
    AuditModel m_audit;
    QTabWidget *m_tabs;
    TablePane *m_people;
    QPushButton *m_admin = nullptr;
};

} // namespace teahouse::client
