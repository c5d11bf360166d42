#pragma once

#include "gui-client/models/auditmodel.h"
#include "gui-client/models/sanctionmodel.h"
#include "gui-client/widgets/errandform.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;

namespace teahouse::client {

class ChatModel;
class RetentionEdit;

/// What a room is like: its topic, who may enter and speak, and what becomes of what was said.
/// Everybody in the room may see it. Its owner and administrators change it, and see its bans and
/// its log.
class RoomSettings : public ErrandForm
{
    Q_OBJECT

public:
    /// `room` need not be one of those that one is in.
    RoomSettings(ChatModel &model, const RoomState &room, QWidget *parent);

    QTabWidget *tabs() const { return m_tabs; }

    /// Shows the bans rather than the settings.
    void showSanctions();

protected:
    void submit() override;
    void succeeded(const Answer &answer) override;

private:
    void build();
    void addTab(QWidget *page, const LiveText &caption);
    void buildOwner();
    void buildTables();
    void fill();
    void setChangeable(bool settings, bool topic);
    void updateWarning();
    QString warning() const;
    bool erases() const;
    void save();
    void handOver();
    QJsonObject changes() const;

    ChatModel &m_model;
    RoomState m_room;
    QTabWidget *m_tabs;
    QLineEdit *m_topic;
    QCheckBox *m_closed;
    QCheckBox *m_locked;
    QLineEdit *m_key;
    QCheckBox *m_readOnly;
    RetentionEdit *m_retention;
    QLabel *m_warning = nullptr;
    QComboBox *m_owner;
    QPushButton *m_handOver;
    SanctionModel m_sanctions;
    AuditModel m_audit;
};

} // namespace teahouse::client
