#include "gui-client/widgets/wordedtable.h"

#include <utility>

namespace teahouse::client {

WordedTable::WordedTable(QAbstractItemModel &source, Words words, QObject *parent)
    : QSortFilterProxyModel(parent), m_words(std::move(words))
{
    setSortRole(Qt::UserRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSortLocaleAware(true);
    setSourceModel(&source);
}

void WordedTable::setCaptions(const QStringList &captions)
{
    m_captions = captions;
    invalidateFilter();
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

QVariant WordedTable::data(const QModelIndex &index, int role) const
{
    if ((role == Qt::DisplayRole || role == Qt::AccessibleTextRole) && index.isValid())
        return m_words(mapToSource(index));
    return role == Qt::UserRole ? QSortFilterProxyModel::data(index, role) : QVariant();
}

QVariant WordedTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return m_captions.value(section);
    return {};
}

void WordedTable::filter(const QString &text)
{
    m_filter = text;
    invalidateFilter();
}

bool WordedTable::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_filter.isEmpty())
        return true;
    for (int column = 0; column < m_captions.size(); ++column) {
        if (m_words(sourceModel()->index(row, column, parent))
                    .contains(m_filter, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace teahouse::client
