#pragma once

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace teahouse::client {

/// How long a room keeps what is said: for ever, for some days, or not at all.
class RetentionEdit : public QWidget
{
    Q_OBJECT

public:
    explicit RetentionEdit(QWidget *parent = nullptr);

    /// Days; `keepForever` and 0 as in RoomState.
    int retention() const;
    void setRetention(int days);

signals:
    void changed();

private:
    enum Choice { Forever, Days, Nothing };

    void showDays(int days);

    QComboBox *m_choice;
    QSpinBox *m_days;
};

} // namespace teahouse::client
