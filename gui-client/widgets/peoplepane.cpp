#include "gui-client/widgets/peoplepane.h"

#include "gui-client/models/peoplemodel.h"
#include "gui-client/widgets/delegates.h"
#include "gui-client/widgets/roomwords.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace teahouse::client {

namespace {

constexpr int filterFrom = 16; ///< people

/// The people that fit a filter, with words by which they are read aloud.
class SpokenPeople : public QSortFilterProxyModel
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::PeoplePane)

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role != Qt::AccessibleTextRole || !index.isValid())
            return QSortFilterProxyModel::data(index, role);
        const Person person = personOf(index);
        QStringList parts{person.name};
        if (const QString word = roomwords::role(person); !word.isEmpty())
            parts.append(word);
        if (index.data(PeopleModel::IgnoredRole).toBool())
            parts.append(tr("ignored"));
        if (!person.online)
            parts.append(tr("offline"));
        else if (!person.away.isEmpty())
            parts.append(tr("away: %1").arg(person.away));
        return parts.join(tr(", ", "between what is read aloud about somebody"));
    }
};

} // namespace

PeoplePane::PeoplePane(QWidget *parent)
    : QWidget(parent), m_filtered(new SpokenPeople(this)), m_header(new QLabel(this)),
      m_filter(new QLineEdit(this)), m_list(new QListView(this))
{
    m_header->setTextFormat(Qt::PlainText);
    m_header->setContentsMargins(8, 10, 8, 4);
    QFont font = m_header->font();
    font.setBold(true);
    m_header->setFont(font);
    m_filter->setClearButtonEnabled(true);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_filtered);
    m_list->setItemDelegate(new PersonDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_header);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    connect(m_filter, &QLineEdit::textChanged, m_filtered,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_list, &QListView::doubleClicked, this, &PeoplePane::activate);
    connect(m_list, &QListView::customContextMenuRequested, this, &PeoplePane::showMenu);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto *enter = new QShortcut(QKeySequence(key), m_list);
        enter->setContext(Qt::WidgetShortcut);
        connect(enter, &QShortcut::activated, this, [this] { activate(m_list->currentIndex()); });
    }
    retranslate();
}

void PeoplePane::setModel(PeopleModel *model)
{
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    m_filter->clear();
    m_filtered->setSourceModel(model);
    if (model) {
        connect(model, &PeopleModel::rowsInserted, this, &PeoplePane::updateHeader);
        connect(model, &PeopleModel::rowsRemoved, this, &PeoplePane::updateHeader);
        connect(model, &PeopleModel::dataChanged, this, &PeoplePane::updateHeader);
    }
    updateHeader();
}

void PeoplePane::setCount(int members)
{
    m_members = members;
    updateHeader();
}

void PeoplePane::activate(const QModelIndex &index)
{
    if (index.isValid() && m_capabilities.whispers)
        emit privateRequested(index.data(PeopleModel::NameRole).toString());
}

void PeoplePane::showMenu(const QPoint &point)
{
    const QPersistentModelIndex index = m_list->indexAt(point);
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(menu, index.data(PeopleModel::NameRole).toString());
    if (menu->isEmpty())
        menu->deleteLater();
    else
        menu->popup(m_list->viewport()->mapToGlobal(point));
}

void PeoplePane::fillMenu(QMenu *menu, const QString &name)
{
    if (m_capabilities.whispers)
        menu->addAction(tr("&Private Conversation"), this,
                        [this, name] { emit privateRequested(name); });
    if (const auto row = m_model ? m_model->rowOf(name) : std::nullopt)
        addIgnoring(*menu, m_model->index(*row));
    if (m_capabilities.rooms)
        emit menuOpening(menu, name);
}

QString PeoplePane::currentName() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? index.data(PeopleModel::NameRole).toString() : QString();
}

void PeoplePane::addIgnoring(QMenu &menu, const QModelIndex &index)
{
    if (!m_capabilities.accounts)
        return;
    const QString name = index.data(PeopleModel::NameRole).toString();
    if (index.data(PeopleModel::IgnoredRole).toBool())
        menu.addAction(tr("&Stop Ignoring"), this, [this, name] { emit unignoreRequested(name); });
    else
        menu.addAction(tr("&Ignore"), this, [this, name] { emit ignoreRequested(name); });
}

void PeoplePane::updateHeader()
{
    const int listed = m_model ? m_model->rowCount() : 0;
    const int online = m_model ? m_model->onlineCount() : 0;
    m_header->setText(tr("%n people here", nullptr, std::max(online, m_members)));
    m_filter->setVisible(listed >= filterFrom || !m_filter->text().isEmpty());
}

void PeoplePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void PeoplePane::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter people"));
    m_list->setAccessibleName(tr("People"));
    updateHeader();
}

} // namespace teahouse::client
