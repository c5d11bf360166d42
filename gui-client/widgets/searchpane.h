#pragma once

#include "gui-client/models/searchmodel.h"

#include <QWidget>

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QToolButton;

namespace teahouse::client {

/// Where messages are searched for: the words, where, by whom and when, and below them what was
/// found. Choosing one leads to it; Escape leads back to where one was.
class SearchPane : public QWidget
{
    Q_OBJECT

public:
    enum class Scope { Room, Everywhere };
    Q_ENUM(Scope)

    explicit SearchPane(SearchModel &model, QWidget *parent = nullptr);

    /// Shows itself, ready for words.
    void open(Scope scope);

    /// The room that is meant by "in this room".
    void setRoom(const QString &room);

    /// Offers to go back to where one was.
    void setCanGoBack(bool can);

    QListView *results() const { return m_list; }

    /// The query as the form is filled in.
    SearchQuery query() const;

public slots:
    void search();

signals:
    void chosen(const QString &room, quint64 seq);
    void backRequested();
    void closeRequested();
    void escaped();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum Period { AnyTime, Today, Week, Month, Between };

    void build();
    QLayout *buildFilters();
    void connectParts();
    void choose(const QModelIndex &index);
    void searchAgain();
    void updatePeriod();
    void updateStatus();
    void retranslate();
    void translatePeriods();
    QString statusText() const;
    QString foundText() const;
    QString errorWords() const;
    QString spoken(const QModelIndex &index) const;

    SearchModel &m_model;
    QLabel *m_title;
    QToolButton *m_close;
    QLineEdit *m_words;
    QPushButton *m_search;
    QComboBox *m_scope;
    QLabel *m_fromLabel;
    QLineEdit *m_from;
    QLabel *m_periodLabel;
    QComboBox *m_period;
    QDateEdit *m_since;
    QDateEdit *m_until;
    QLabel *m_status;
    QPushButton *m_retry;
    QPushButton *m_back;
    QListView *m_list;
    QString m_room;
};

} // namespace teahouse::client
