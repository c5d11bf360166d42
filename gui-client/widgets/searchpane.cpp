// How the pane works; its parts and words are in searchpane_parts.cpp.
#include "gui-client/widgets/searchpane.h"

#include "gui-client/input/textlimits.h"
#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/wrappedlabel.h"
#include "shared/limits.h"

#include <QComboBox>
#include <QDateEdit>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QToolButton>

namespace teahouse::client {

namespace {

qint64 startOf(const QDate &day)
{
    return day.startOfDay().toMSecsSinceEpoch();
}

} // namespace

SearchPane::SearchPane(SearchModel &model, QWidget *parent)
    : QWidget(parent), m_model(model), m_title(new QLabel(this)), m_close(new QToolButton(this)),
      m_words(new QLineEdit(this)), m_search(new QPushButton(this)), m_scope(new QComboBox(this)),
      m_fromLabel(new QLabel(this)), m_from(new QLineEdit(this)), m_periodLabel(new QLabel(this)),
      m_period(new QComboBox(this)), m_since(new QDateEdit(this)), m_until(new QDateEdit(this)),
      m_status(new WrappedLabel(this)), m_retry(new QPushButton(this)),
      m_back(new QPushButton(this)), m_list(new QListView(this))
{
    build();
    retranslate();
    connectParts();
    updatePeriod();
    updateStatus();
    setCanGoBack(false);
}

void SearchPane::connectParts()
{
    connect(m_close, &QToolButton::clicked, this, &SearchPane::closeRequested);
    connect(m_words, &QLineEdit::returnPressed, this, &SearchPane::search);
    connect(m_from, &QLineEdit::returnPressed, this, &SearchPane::search);
    connect(m_search, &QPushButton::clicked, this, &SearchPane::search);
    connect(m_scope, &QComboBox::activated, this, &SearchPane::searchAgain);
    connect(m_period, &QComboBox::activated, this, [this] {
        updatePeriod();
        searchAgain();
    });
    connect(m_retry, &QPushButton::clicked, &m_model, &SearchModel::retry);
    connect(m_back, &QPushButton::clicked, this, &SearchPane::backRequested);
    connect(m_list, &QListView::clicked, this, &SearchPane::choose);
    connect(m_list, &QListView::activated, this, &SearchPane::choose);
    connect(&m_model, &SearchModel::stateChanged, this, &SearchPane::updateStatus);
    connect(&m_model, &SearchModel::rowsInserted, this, &SearchPane::updateStatus);
    connect(&m_model, &SearchModel::rowsRemoved, this, &SearchPane::updateStatus);
}

void SearchPane::open(Scope scope)
{
    m_scope->setCurrentIndex(static_cast<int>(scope));
    show();
    m_words->setFocus();
    m_words->selectAll();
}

void SearchPane::setRoom(const QString &room)
{
    m_room = room;
    m_scope->setItemText(0,
                         room.isEmpty() ? tr("In this room")
                                        : tr("In %1", "a room").arg(rowtext::isolated(room)));
}

void SearchPane::setCanGoBack(bool can)
{
    m_back->setVisible(can);
}

SearchQuery SearchPane::query() const
{
    SearchQuery query;
    query.text = m_words->text().simplified();
    query.from = m_from->text().simplified();
    if (m_scope->currentIndex() == static_cast<int>(Scope::Room))
        query.room = m_room;
    const QDate today = QDate::currentDate();
    switch (m_period->currentIndex()) {
    case Today:
        query.since = startOf(today);
        break;
    case Week:
        query.since = startOf(today.addDays(-6));
        break;
    case Month:
        query.since = startOf(today.addDays(-29));
        break;
    case Between:
        query.since = startOf(std::min(m_since->date(), m_until->date()));
        query.until = startOf(std::max(m_since->date(), m_until->date()).addDays(1));
        break;
    default:
        break;
    }
    return query;
}

void SearchPane::search()
{
    const Excess words = excessOf(m_words->text().simplified(), limits::searchText);
    const Excess name = excessOf(m_from->text().simplified(), limits::searchText);
    if (words || name) {
        (words ? m_words : m_from)->setFocus();
        m_status->setText(
                tr("%n characters too many to look for.", nullptr, words ? words.by : name.by));
        return;
    }
    m_model.start(query());
}

/// The form has changed in a way that asks for another answer.
void SearchPane::searchAgain()
{
    if (m_model.state() != SearchModel::State::Idle)
        search();
}

void SearchPane::choose(const QModelIndex &index)
{
    if (index.isValid())
        emit chosen(index.data(SearchModel::RoomRole).toString(),
                    index.data(SearchModel::SeqRole).toULongLong());
}

void SearchPane::updatePeriod()
{
    const bool between = m_period->currentIndex() == Between;
    m_since->setVisible(between);
    m_until->setVisible(between);
}

void SearchPane::updateStatus()
{
    m_status->setText(statusText());
    const bool isPaused = m_model.state() == SearchModel::State::Paused;
    m_retry->setText(isPaused ? tr("Search Further") : tr("Retry"));
    m_retry->setVisible(isPaused || m_model.state() == SearchModel::State::Failed);
}

QString SearchPane::statusText() const
{
    switch (m_model.state()) {
    case SearchModel::State::Idle:
        return tr("Enter words to look for, or who said it.");
    case SearchModel::State::Searching:
        return tr("Searching\u2026");
    case SearchModel::State::More:
    case SearchModel::State::Done:
        return foundText();
    case SearchModel::State::Paused:
        return tr("Nothing more has been found so far.");
    case SearchModel::State::Failed:
        return errorWords();
    }
    return {};
}

QString SearchPane::foundText() const
{
    const int count = m_model.rowCount();
    const int hidden = m_model.hiddenCount();
    QString found = tr("%n messages found", nullptr, count);
    if (m_model.state() == SearchModel::State::More)
        found = tr("The newest %n messages", nullptr, count);
    else if (count == 0 && hidden == 0)
        found = tr("Nothing was found.");
    if (hidden == 0)
        return found;
    //: %1 is how many were found
    return tr("%1, and %n of people whom you ignore", nullptr, hidden).arg(found);
}

QString SearchPane::errorWords() const
{
    switch (m_model.error().code) {
    case ErrorCode::Closing:
        return tr("There is no connection to the server at the moment.");
    case ErrorCode::StoreUnavailable:
    case ErrorCode::StoreFull:
        return tr("The server cannot search at the moment.");
    case ErrorCode::BadRequest:
        return tr("There is no word in that to look for.");
    case ErrorCode::UnknownVerb:
        return tr("This server cannot search.");
    default:
        return errorText(m_model.error(), m_model.errorText());
    }
}

void SearchPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit escaped();
    else if (event->key() == Qt::Key_Down && m_model.rowCount() > 0 && !m_list->hasFocus())
        m_list->setFocus();
    else
        QWidget::keyPressEvent(event);
}

void SearchPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace teahouse::client
