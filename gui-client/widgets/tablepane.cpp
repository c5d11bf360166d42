#include "gui-client/widgets/tablepane.h"

#include "gui-client/widgets/flowlayout.h"
#include "gui-client/widgets/roomwords.h"
#include "gui-client/widgets/wrappedlabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace teahouse::client {

TablePane::TablePane(PagedTable &model, std::function<Face()> face, const WordedTable::Words &words,
                     QWidget *parent)
    : QWidget(parent), m_model(model), m_worded(new WordedTable(model, words, this)),
      m_filter(new QLineEdit(this)), m_reload(new QPushButton(this)), m_table(new QTreeView(this)),
      m_status(new WrappedLabel(this)), m_retry(new QPushButton(this)),
      m_more(new QPushButton(this)), m_error(new WrappedLabel(this)), m_buttons(new FlowLayout),
      m_face(std::move(face))
{
    build();
    connectParts();
    worded(this, [this] { retranslate(); });
    updateButtons();
}

void TablePane::retranslate()
{
    const Face face = m_face();
    m_worded->setCaptions(face.captions);
    m_filter->setPlaceholderText(face.placeholder);
    m_filter->setAccessibleName(face.placeholder);
    m_reload->setText(tr("Refresh"));
    m_table->setAccessibleName(face.name);
    m_retry->setText(tr("Retry"));
    m_more->setText(tr("Load More"));
    updateStatus();
}

void TablePane::build()
{
    m_filter->setClearButtonEnabled(true);
    m_reload->setAutoDefault(false);
    m_table->setModel(m_worded);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setAlternatingRowColors(true);
    m_table->setEditTriggers(QTreeView::NoEditTriggers);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->header()->setStretchLastSection(true);
    m_table->header()->setSectionsMovable(false);
    m_table->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    m_error->hide();
    for (QPushButton *button : {m_retry, m_more})
        button->setAutoDefault(false);
    auto *top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(m_reload);
    auto *status = new QHBoxLayout;
    status->addWidget(m_status, 1);
    status->addWidget(m_retry);
    status->addWidget(m_more);
    auto *column = new QVBoxLayout(this);
    column->addLayout(top);
    column->addWidget(m_table, 1);
    column->addLayout(status);
    column->addWidget(m_error);
    column->addLayout(m_buttons);
}

void TablePane::connectParts()
{
    connect(m_filter, &QLineEdit::textChanged, this, &TablePane::filterBy);
    connect(m_reload, &QPushButton::clicked, &m_model, &PagedTable::reload);
    auto *refresh = new QShortcut(QKeySequence(Qt::Key_F5), this);
    refresh->setContext(Qt::WidgetWithChildrenShortcut);
    connect(refresh, &QShortcut::activated, &m_model, &PagedTable::reload);
    connect(m_retry, &QPushButton::clicked, &m_model, &PagedTable::retry);
    connect(m_more, &QPushButton::clicked, this, [this] { m_model.fetchMore({}); });
    connect(&m_model, &PagedTable::stateChanged, this, &TablePane::updateStatus);
    connect(m_worded, &QAbstractItemModel::rowsInserted, this, &TablePane::updateStatus);
    connect(m_worded, &QAbstractItemModel::rowsRemoved, this, [this] {
        updateStatus();
        updateButtons();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateButtons();
        emit currentChanged();
    });
    connect(m_table, &QTreeView::activated, this, [this] {
        if (const auto row = current())
            emit activated(*row);
    });
}

std::optional<int> TablePane::current() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? std::nullopt : std::optional(m_worded->mapToSource(rows.first()).row());
}

void TablePane::select(int row)
{
    m_table->setCurrentIndex(m_worded->mapFromSource(m_model.index(row, 0)));
}

QPushButton *TablePane::addButton(const LiveText &text, Needs needs)
{
    auto *button = new QPushButton(this);
    worded(button, [button, text] { button->setText(text()); });
    button->setAutoDefault(false);
    m_buttons->addWidget(button);
    if (needs == Needs::Selection)
        m_needing.append(button);
    updateButtons();
    return button;
}

void TablePane::showError(const QString &text)
{
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
}

void TablePane::filterBy(const QString &text)
{
    m_worded->filter(text.trimmed());
    updateStatus();
}

void TablePane::updateStatus()
{
    using State = PagedTable::State;
    // What is filtered for may be on a later page.
    if (m_model.state() == State::More && !m_filter->text().trimmed().isEmpty()
        && m_model.rowCount() < mostLookedAt) {
        m_model.fetchMore({});
        return; // it tells its new state
    }
    m_status->setText(statusText());
    m_retry->setVisible(m_model.state() == State::Failed);
    m_more->setVisible(m_model.state() == State::More);
}

QString TablePane::statusText() const
{
    const int shown = m_worded->rowCount();
    switch (m_model.state()) {
    case PagedTable::State::Idle:
        return {};
    case PagedTable::State::Loading:
        return tr("Loading\u2026");
    case PagedTable::State::Failed:
        return roomwords::refusal({}, m_model.error(), m_model.errorText());
    case PagedTable::State::More:
        return tr("%n so far, and there is more", nullptr, shown);
    case PagedTable::State::Done:
        break;
    }
    if (m_model.rowCount() == 0)
        return m_face().empty;
    return shown == 0 ? tr("Nothing fits the filter.") : tr("%n in all", nullptr, shown);
}

void TablePane::updateButtons()
{
    const bool has = current().has_value();
    for (QPushButton *button : std::as_const(m_needing))
        button->setEnabled(has);
}

} // namespace teahouse::client
