#pragma once

#include <QWidget>

class QLabel;
class QListView;
class QModelIndex;

namespace teahouse::client {

class NearbyModel;

/// The servers nearby, in the login window: choosing one says its address, Enter or a double click
/// that one wants to go there. Not to be seen where nothing can be heard. One that is not the
/// server that it claims to be cannot be chosen.
class NearbyList : public QWidget
{
    Q_OBJECT

public:
    explicit NearbyList(QWidget *parent = nullptr);

    /// Shows that model, which outlives this.
    void setModel(NearbyModel &model);

signals:
    /// The address as it is typed, and what the server's key begins with; empty: it tells none.
    void chosen(const QString &address, const QString &keyBegins);
    void entered();                    ///< after chosen()
    void refused(const QString &name); ///< somebody tried to choose one that is not what it claims
    void layoutChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Choice { Passing, Meant }; ///< by going through the list, or by hand
    bool choose(const QModelIndex &index, Choice choice);
    void enter(const QModelIndex &index);
    void follow();
    void retranslate();

    NearbyModel *m_model = nullptr;
    QLabel *m_label;
    QListView *m_list;
    QLabel *m_note; ///< in place of an empty list
};

} // namespace teahouse::client
