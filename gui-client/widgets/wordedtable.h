#pragma once

#include <QSortFilterProxyModel>

#include <functional>

namespace teahouse::client {

/// A table of plain values with words for them: captions and texts for the cells. Filters by these
/// words and sorts by the values.
class WordedTable : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// The text of a cell of the source model.
    using Words = std::function<QString(const QModelIndex &cell)>;

    /// `source` must outlive it; a column without a caption is not searched.
    WordedTable(QAbstractItemModel &source, Words words, QObject *parent = nullptr);

    /// In the language of the moment, which the words follow from now on.
    void setCaptions(const QStringList &captions);

    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Only rows that contain this text, whatever its case.
    void filter(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_captions;
    Words m_words;
    QString m_filter;
};

} // namespace teahouse::client
