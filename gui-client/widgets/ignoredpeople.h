#pragma once

#include <QDialog>
#include <QStringListModel>

class QLabel;
class QListView;
class QPushButton;

namespace teahouse::client {

/// The people whom one does not want to hear, with a way back. Deletes itself when it is closed.
class IgnoredPeople : public QDialog
{
    Q_OBJECT

public:
    explicit IgnoredPeople(QWidget *parent);

    void setNames(const QStringList &names);

signals:
    void unignoreRequested(const QString &name);

private:
    void updateButton();
    void retranslate();

    QStringListModel m_names;
    QLabel *m_text;
    QListView *m_list;
    QPushButton *m_stop;
};

} // namespace teahouse::client
