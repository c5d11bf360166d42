#include "gui-client/widgets/nearbylist.h"

#include "gui-client/models/nearbymodel.h"
#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/wrappedlabel.h"

#include <QCoreApplication>
#include <QEvent>
#include <QIdentityProxyModel>
#include <QKeyEvent>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace teahouse::client {

namespace {

constexpr int mostRows = 3; // in sight

/// The model with the words in which a row is shown and read aloud.
class SpokenServers : public QIdentityProxyModel
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::NearbyList)

public:
    using QIdentityProxyModel::QIdentityProxyModel;

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
            return QIdentityProxyModel::data(index, role);
        const QModelIndex source = mapToSource(index);
        const QString name = rowtext::isolated(source.data(NearbyModel::NameRole).toString());
        const QString address = source.data(NearbyModel::AddressRole).toString();
        if (source.data(NearbyModel::FalseRole).toBool())
            return tr("Claims to be \u201c%1\u201d, is not (%2)").arg(name, address);
        return tr("%1 (%2), %n people", nullptr, source.data(NearbyModel::PeopleRole).toInt())
                .arg(name, address);
    }
};

/// Says what is done by keys. The current row changes also when rows go, which is nobody's choice.
class KeyedList : public QListView
{
public:
    using QListView::QListView;

    std::function<void(const QModelIndex &)> moved;
    std::function<void(const QModelIndex &)> picked;
    std::function<void(const QModelIndex &)> taken;

    QSize sizeHint() const override
    {
        const int rows = std::clamp(model() ? model()->rowCount() : 1, 1, mostRows);
        const int row = std::max(sizeHintForRow(0), fontMetrics().height());
        return {QListView::sizeHint().width(), rows * row + 2 * frameWidth()};
    }

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        const QModelIndex before = currentIndex();
        const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (isEnter && before.isValid())
            return taken(before);
        if (event->key() == Qt::Key_Space && before.isValid())
            return picked(before);
        if (isEnter)
            return event->ignore();
        QListView::keyPressEvent(event);
        if (currentIndex() != before && currentIndex().isValid())
            moved(currentIndex());
    }
};

} // namespace

NearbyList::NearbyList(QWidget *parent)
    : QWidget(parent), m_label(new QLabel(this)), m_list(nullptr), m_note(new WrappedLabel(this))
{
    auto *list = new KeyedList(this);
    m_list = list;
    m_label->setTextFormat(Qt::PlainText);
    m_label->setBuddy(m_list);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(6);
    column->addWidget(m_label);
    column->addWidget(m_list);
    column->addWidget(m_note);
    list->moved = [this](const QModelIndex &index) { choose(index, Choice::Passing); };
    list->picked = [this](const QModelIndex &index) { choose(index, Choice::Meant); };
    list->taken = [this](const QModelIndex &index) { enter(index); };
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex &index) { choose(index, Choice::Meant); });
    connect(m_list, &QListView::doubleClicked, this, &NearbyList::enter);
    setFocusProxy(m_list);
    hide();
    retranslate();
}

void NearbyList::setModel(NearbyModel &model)
{
    m_model = &model;
    auto *spoken = new SpokenServers(this);
    spoken->setSourceModel(&model);
    m_list->setModel(spoken);
    connect(&model, &NearbyModel::stateChanged, this, &NearbyList::follow);
    connect(spoken, &QAbstractItemModel::rowsInserted, this, &NearbyList::follow);
    connect(spoken, &QAbstractItemModel::rowsRemoved, this, &NearbyList::follow);
    follow();
}

/// Whether it may be chosen.
bool NearbyList::choose(const QModelIndex &index, Choice choice)
{
    if (index.data(NearbyModel::FalseRole).toBool()) {
        if (choice == Choice::Meant)
            emit refused(m_model->index(index.row()).data(NearbyModel::NameRole).toString());
        return false;
    }
    emit chosen(index.data(NearbyModel::AddressRole).toString(),
                index.data(NearbyModel::KeyRole).toString());
    return true;
}

void NearbyList::enter(const QModelIndex &index)
{
    if (choose(index, Choice::Meant))
        emit entered();
}

void NearbyList::follow()
{
    if (!m_model)
        return;
    const bool isEmpty = m_model->rowCount() == 0;
    m_list->setVisible(!isEmpty);
    m_note->setVisible(isEmpty);
    m_note->setText(m_model->state() == NearbyModel::State::Searched
                            ? tr("Some networks hide servers. Ask for the address or the link.")
                            : tr("Looking for servers\u2026"));
    setVisible(m_model->state() != NearbyModel::State::Unavailable);
    m_list->updateGeometry();
    emit layoutChanged();
}

void NearbyList::retranslate()
{
    m_label->setText(tr("Near&by"));
    m_list->setAccessibleName(tr("Servers nearby"));
    follow();
}

void NearbyList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace teahouse::client
