#pragma once

#include "gui-client/widgets/errandform.h"

class QComboBox;
class QLineEdit;

namespace teahouse::client {

class ChatModel;

/// Removes, silences or bans somebody: why, for how long and where.
class SanctionForm : public ErrandForm
{
    Q_OBJECT

public:
    enum class Kind { Kick, Mute, Ban };
    Q_ENUM(Kind)

    /// Where a ban may hold, with the room in which somebody was seen.
    enum class Reach { Room, RoomOrServer, Server };

    struct Order
    {
        Kind kind = Kind::Kick;
        Reach reach = Reach::Room;
        QString room;
        QString name; ///< empty: to be entered, a name or an address
    };

    SanctionForm(ChatModel &model, const Order &order, QWidget *parent);

signals:
    /// It was done; one line of plain text that says so.
    void carriedOut(const QString &text);

protected:
    void submit() override;
    void succeeded(const Answer &answer) override;

private:
    void build();
    void buildDuration();
    qint64 length() const;
    QString whom() const;
    QString title() const;
    QString verb() const;
    QString subject() const;
    bool isForServer() const;

    ChatModel &m_model;
    Order m_order;
    QLineEdit *m_name = nullptr;
    QComboBox *m_duration = nullptr;
    QComboBox *m_reach = nullptr;
    QLineEdit *m_reason;
};

} // namespace teahouse::client
