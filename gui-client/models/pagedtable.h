#pragma once

#include "shared/error.h"
#include "shared/reply.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QJsonObject>
#include <QSet>

#include <optional>

namespace teahouse::client {

class Errands;

/// A table that the server gives page by page. Its cells are plain values; the words for them are
/// the widgets' business. Asks again without forgetting what it shows: what stays keeps its row.
/// Pages that give nothing and promise more are the end after a few of them.
class PagedTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class State {
        Idle, ///< nothing was asked for
        Loading,
        More, ///< there is more to be had
        Done, ///< that is all
        Failed,
    };
    Q_ENUM(State)

    State state() const { return m_state; }
    const Error &error() const { return m_error; }           ///< why it failed
    const QString &errorText() const { return m_errorText; } ///< and the server's own words

    int columnCount(const QModelIndex &parent = {}) const override;

    /// The value of a cell, for Qt::DisplayRole and Qt::UserRole alike.
    QVariant data(const QModelIndex &index, int role) const override;

    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

public slots:
    /// Asks for everything anew, from the first page on.
    void reload();

    /// Asks again for what could not be had.
    void retry();

signals:
    void stateChanged();

protected:
    /// What follows a page.
    struct Rest
    {
        bool more = false;
        QJsonValue next;
    };

    /// Asks with `verb` about a room, or the whole server where there is none; the place of the
    /// next page goes into the field `place`.
    struct Question
    {
        QString verb;
        QString room = {};
        QString place = QStringLiteral("after");
    };
    PagedTable(Errands &errands, const Question &question, int columns, QObject *parent);

    virtual QVariant cell(int index, int column) const = 0;

    /// An invalid one for 0.
    static QDateTime moment(qint64 time);

    /// Takes the rows of an answer; nothing when it is not an answer to the question.
    virtual std::optional<Rest> take(const Answer &answer) = 0;

    /// The next page is the first one.
    virtual void restart() = 0;

    /// How many rows the pages since then have given.
    virtual qsizetype filled() const = 0;

    Errands &errands() const { return m_errands; }

private:
    void ask();
    void ended(const Reply &reply, const QString &text);
    void setState(State state);

    Errands &m_errands;
    QString m_verb;
    QString m_place;
    QJsonObject m_fields;
    int m_columns;
    QJsonValue m_next;
    Error m_error;
    QString m_errorText;
    quint64 m_run = 0;   ///< answers of earlier ones are late
    int m_fruitless = 0; ///< pages in a row that gave nothing
    State m_state = State::Idle;
};

/// The rows of such a table, each known by a key.
template <typename Row>
class PagedRows : public PagedTable
{
public:
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    const Row &row(int index) const { return m_rows.at(index); }

protected:
    using PagedTable::PagedTable;

    virtual QString keyOf(const Row &row) const = 0;

    void restart() override
    {
        m_filled = 0;
        m_keys.clear();
    }

    qsizetype filled() const override { return m_filled; }

    /// Puts a page behind the rows that earlier pages have filled; rows that are on no page go.
    void merge(const QList<Row> &page)
    {
        for (const Row &row : page)
            place(row);
        removeRange(m_filled, m_rows.size());
    }

    void change(int index, const Row &row)
    {
        m_rows[index] = row;
        emit dataChanged(this->index(index, 0), this->index(index, columnCount() - 1));
    }

    void removeAt(int index)
    {
        if (index < m_filled)
            --m_filled;
        removeRange(index, index + 1);
    }

    std::optional<int> find(const QString &key) const
    {
        for (qsizetype i = 0; i < m_rows.size(); ++i) {
            if (keyOf(m_rows.at(i)) == key)
                return static_cast<int>(i);
        }
        return std::nullopt;
    }

private:
    void place(const Row &row)
    {
        const QString key = keyOf(row);
        if (m_keys.contains(key))
            return; // it has moved while the pages were read
        m_keys.insert(key);
        qsizetype known = m_filled;
        while (known < m_rows.size() && keyOf(m_rows.at(known)) != key)
            ++known;
        if (known < m_rows.size()) {
            removeRange(m_filled, known);
            if (m_rows.at(m_filled) != row)
                change(static_cast<int>(m_filled), row);
        } else {
            const auto index = static_cast<int>(m_filled);
            beginInsertRows({}, index, index);
            m_rows.insert(m_filled, row);
            endInsertRows();
        }
        ++m_filled;
    }

    void removeRange(qsizetype from, qsizetype to)
    {
        if (from >= to)
            return;
        beginRemoveRows({}, static_cast<int>(from), static_cast<int>(to) - 1);
        m_rows.remove(from, to - from);
        endRemoveRows();
    }

    QList<Row> m_rows;
    QSet<QString> m_keys; ///< of the rows filled so far
    qsizetype m_filled = 0;
};

} // namespace teahouse::client
