#pragma once

#include <QIdentityProxyModel>

#include <functional>

namespace teahouse::client {

/// A model whose rows have words by which they are read aloud. The models themselves know no
/// sentences. `source` must outlive it.
class SpokenModel : public QIdentityProxyModel
{
    Q_OBJECT

public:
    using Words = std::function<QString(const QModelIndex &index)>;

    SpokenModel(QAbstractItemModel &source, Words words, QObject *parent = nullptr)
        : QIdentityProxyModel(parent), m_words(std::move(words))
    {
        setSourceModel(&source);
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::AccessibleTextRole && index.isValid())
            return m_words(index);
        return QIdentityProxyModel::data(index, role);
    }

private:
    Words m_words;
};

} // namespace teahouse::client
