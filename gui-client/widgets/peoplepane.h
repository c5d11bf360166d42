#pragma once

#include "gui-client/models/peoplemodel.h"
#include "shared/chatprotocol.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QSortFilterProxyModel;

namespace teahouse::client {

/// Who is in the room: a header with the count, a filter once there are many, and the list, in
/// which accounts that are absent come last. Double-click or Enter begins a private conversation.
class PeoplePane : public QWidget
{
    Q_OBJECT

public:
    explicit PeoplePane(QWidget *parent = nullptr);

    /// Null shows nobody.
    void setModel(PeopleModel *model);

    /// The members as the server counts them; large rooms do not list all.
    void setCount(int members);

    /// Without private conversations none are offered.
    void setCapabilities(const Capabilities &capabilities) { m_capabilities = capabilities; }

    QListView *list() const { return m_list; }

    /// Who is selected; empty when nobody is.
    QString currentName() const;

    /// What can be done about somebody of the list.
    void fillMenu(QMenu *menu, const QString &name);

signals:
    void privateRequested(const QString &name);
    void ignoreRequested(const QString &name);
    void unignoreRequested(const QString &name);

    /// A menu about somebody is being made, for others to add to.
    void menuOpening(QMenu *menu, const QString &name);

protected:
    void changeEvent(QEvent *event) override;

private:
    void activate(const QModelIndex &index);
    void showMenu(const QPoint &point);
    void addIgnoring(QMenu &menu, const QModelIndex &index);
    void updateHeader();
    void retranslate();

    QPointer<PeopleModel> m_model;
    QSortFilterProxyModel *m_filtered;
    QLabel *m_header;
    QLineEdit *m_filter;
    QListView *m_list;
    Capabilities m_capabilities = capabilitiesOf(ChatProtocol::Teahouse);
    int m_members = 0;
};

} // namespace teahouse::client
