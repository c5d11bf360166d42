#include "gui-client/widgets/ignoredpeople.h"

#include "gui-client/widgets/screenkeeper.h"
#include "gui-client/widgets/worded.h"
#include "gui-client/widgets/wrappedlabel.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace teahouse::client {

IgnoredPeople::IgnoredPeople(QWidget *parent)
    : QDialog(parent), m_text(new WrappedLabel(this)), m_list(new QListView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setModel(&m_names);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_stop = buttons->addButton(QString(), QDialogButtonBox::ActionRole);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_stop, &QPushButton::clicked, this,
            [this] { emit unignoreRequested(m_list->currentIndex().data().toString()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &IgnoredPeople::updateButton);
    keepOnScreen(*this);
    resize(characterWidth(*this) * 50, fontMetrics().height() * 16);
    worded(this, [this] { retranslate(); });
    setNames({});
}

void IgnoredPeople::retranslate()
{
    setWindowTitle(tr("Ignored People"));
    m_list->setAccessibleName(tr("Ignored people"));
    m_stop->setText(tr("&Stop Ignoring"));
    m_text->setText(m_names.rowCount() == 0
                            ? tr("You ignore nobody. Ignore somebody by the menu on their name.")
                            : tr("What these people say is not shown to you, on all your "
                                 "devices."));
}

void IgnoredPeople::setNames(const QStringList &names)
{
    const int row = m_list->currentIndex().row();
    m_names.setStringList(names);
    if (!names.isEmpty())
        m_list->setCurrentIndex(m_names.index(qBound(0, row, static_cast<int>(names.size()) - 1)));
    m_list->setEnabled(!names.isEmpty());
    retranslate();
    updateButton();
}

void IgnoredPeople::updateButton()
{
    m_stop->setEnabled(m_list->currentIndex().isValid());
}

} // namespace teahouse::client
