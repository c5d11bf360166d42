#pragma once

#include "shared/error.h"
#include "shared/reply.h"

#include <QAbstractListModel>
#include <QStringList>

#include <functional>

namespace teahouse::client {

/// What somebody searches for.
struct SearchQuery
{
    QString text;
    QString room; ///< empty: in all rooms
    QString from; ///< empty: said by anybody
    qint64 since = 0;
    qint64 until = 0; ///< milliseconds since 1970 UTC; 0: no bound

    /// Whether there is anything to search for.
    bool isEmpty() const { return text.isEmpty() && from.isEmpty(); }
    bool operator==(const SearchQuery &) const = default;
};

/// What a search has found so far, newest first. More is asked for while somebody scrolls on. What
/// people said whom one does not want to hear is found and not shown. Owned by ChatModel.
class SearchModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        RoomRole = Qt::UserRole,
        SeqRole,
        TimeRole, ///< QDateTime
        AuthorRole,
        TextRole,
        WordsRole, ///< what to mark in the text
    };

    enum class State {
        Idle, ///< nothing was searched for
        Searching,
        More, ///< there may be more
        Done, ///< that is all
        Failed,
        Paused, ///< much was looked through and nothing found; retry() looks further
    };
    Q_ENUM(State)

    static constexpr int mostFound = 2000;
    static constexpr int mostFruitless = 10; ///< pages in a row, before it pauses

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    /// Begins a search and forgets the one before; an empty one just forgets.
    void start(const SearchQuery &query);

    /// Whose messages are not shown.
    void setHiddenTest(std::function<bool(const QString &author)> test);
    /// The test's answers have changed.
    void refreshHidden();

    /// Asks again for what could not be had, or looks further after a pause.
    void retry();

    /// An answer; `ticket` is that of the question, and an old one is ignored.
    void applyPage(quint64 ticket, const SearchPage &page);
    void fail(quint64 ticket, const Error &error, const QString &text);

    const SearchQuery &query() const { return m_query; }
    int hiddenCount() const { return static_cast<int>(m_found.size() - m_shown.size()); }
    State state() const { return m_state; }
    const Error &error() const { return m_error; } ///< why it failed
    QString errorText() const { return m_errorText; }

signals:
    void stateChanged();
    void pageWanted(quint64 ticket, const teahouse::client::SearchQuery &query, quint64 before);

private:
    void ask();
    bool hides(const Item &item) const;
    void add(const QList<Item> &items);
    void setState(State state);

    QList<Item> m_found;
    QList<qsizetype> m_shown; ///< the rows: which of what was found
    std::function<bool(const QString &)> m_hiddenTest;
    SearchQuery m_query;
    QStringList m_words;
    Error m_error;
    QString m_errorText;
    quint64 m_ticket = 0;
    quint64 m_next = 0;
    int m_fruitless = 0; ///< pages in a row that added nothing
    State m_state = State::Idle;
};

} // namespace teahouse::client
