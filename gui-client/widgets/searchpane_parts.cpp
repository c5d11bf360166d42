// The parts of the search pane and their words; how it works is in searchpane.cpp.
#include "gui-client/widgets/searchdelegate.h"
#include "gui-client/widgets/searchpane.h"
#include "gui-client/widgets/spokenmodel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace teahouse::client {

void SearchPane::build()
{
    for (QLabel *label : {m_title, m_fromLabel, m_periodLabel})
        label->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_close->setAutoRaise(true);
    m_close->setText(QString(QChar(0x00D7)));
    m_words->setClearButtonEnabled(true);
    // However long the name of a room is, it must not widen the window.
    for (QComboBox *box : {m_scope, m_period}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
    }
    m_list->setModel(new SpokenModel(
            m_model, [this](const QModelIndex &index) { return spoken(index); }, this));
    m_list->setItemDelegate(new SearchDelegate(this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    auto *title = new QHBoxLayout;
    title->addWidget(m_title, 1);
    title->addWidget(m_close);
    auto *words = new QHBoxLayout;
    words->addWidget(m_words, 1);
    words->addWidget(m_search);
    auto *status = new QHBoxLayout;
    status->addWidget(m_status, 1);
    status->addWidget(m_retry);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(6);
    column->addLayout(title);
    column->addLayout(words);
    column->addWidget(m_scope);
    column->addLayout(buildFilters());
    column->addLayout(status);
    column->addWidget(m_back);
    column->addWidget(m_list, 1);
    const QList<QWidget *> order{m_words, m_search, m_scope, m_from, m_period, m_since,
                                 m_until, m_retry,  m_back,  m_list, m_close};
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}

QLayout *SearchPane::buildFilters()
{
    auto *form = new QFormLayout;
    form->setSpacing(6);
    m_from->setClearButtonEnabled(true);
    m_fromLabel->setBuddy(m_from);
    m_periodLabel->setBuddy(m_period);
    auto *days = new QVBoxLayout;
    days->setSpacing(6);
    days->addWidget(m_period);
    const QDate today = QDate::currentDate();
    for (QDateEdit *day : {m_since, m_until}) {
        day->setCalendarPopup(true);
        day->setMaximumDate(today.addDays(1));
        day->setDate(day == m_since ? today.addMonths(-1) : today);
        days->addWidget(day);
    }
    form->addRow(m_fromLabel, m_from);
    form->addRow(m_periodLabel, days);
    return form;
}

void SearchPane::retranslate()
{
    m_title->setText(tr("Search"));
    m_close->setAccessibleName(tr("Close search"));
    m_close->setToolTip(tr("Close search"));
    m_words->setPlaceholderText(tr("Words"));
    m_words->setAccessibleName(tr("Words to search for"));
    m_search->setText(tr("Searc&h"));
    m_scope->setAccessibleName(tr("Where to search"));
    m_fromLabel->setText(tr("Sai&d by:"));
    m_from->setPlaceholderText(tr("anybody"));
    m_from->setAccessibleName(tr("Who said it"));
    m_periodLabel->setText(tr("&When:"));
    m_period->setAccessibleName(tr("When it was said"));
    for (QComboBox *box : {m_scope, m_period})
        box->view()->setAccessibleName(box->accessibleName());
    m_since->setAccessibleName(tr("First day"));
    m_until->setAccessibleName(tr("Last day"));
    m_back->setText(tr("&Back to where you were"));
    m_list->setAccessibleName(tr("Messages found"));
    if (m_scope->count() == 0)
        m_scope->addItems({QString(), QString()});
    m_scope->setItemText(static_cast<int>(Scope::Everywhere), tr("In all rooms"));
    setRoom(m_room);
    translatePeriods();
    updateStatus();
}

void SearchPane::translatePeriods()
{
    const QStringList periods{tr("At any time"), tr("Today"), tr("In the last 7 days"),
                              tr("In the last 30 days"), tr("Between two days")};
    if (m_period->count() == 0)
        m_period->addItems(periods);
    for (int i = 0; i < static_cast<int>(periods.size()); ++i)
        m_period->setItemText(i, periods.at(i));
}

/// A result as it is read aloud.
QString SearchPane::spoken(const QModelIndex &index) const
{
    return tr("%1, %2 in %3: %4", "time, author, room, text")
            .arg(SearchDelegate::moment(index.data(SearchModel::TimeRole).toDateTime()),
                 index.data(SearchModel::AuthorRole).toString(),
                 index.data(SearchModel::RoomRole).toString(),
                 index.data(SearchModel::TextRole).toString());
}

} // namespace teahouse::client
