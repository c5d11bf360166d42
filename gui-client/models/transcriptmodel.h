#pragma once

#include "gui-client/models/seqranges.h"
#include "gui-client/models/transcriptrow.h"
#include "shared/reply.h"

#include <QAbstractListModel>

#include <functional>
#include <optional>

namespace teahouse::client {

/// What one room has said, oldest first. Numbered rows are in the order of their numbers; rows
/// without a number stay behind the row they came after; messages on their way are the last rows.
/// At most `maximum` rows are kept: new ones push the oldest out, and these may be loaded again.
/// Owned by ChatModel; knows neither colours nor sentences.
class TranscriptModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        KindRole = Qt::UserRole, ///< RowKind as int
        TimeRole,                ///< QDateTime
        AuthorRole,
        TextRole,
        StateRole, ///< RowState as int
        SeqRole,
        CidRole,
        OwnRole,
        MentionRole,
        EditedRole,
        ErrorRole,
        FirstOfGroupRole, ///< the author stands above this row
        NewDayRole,       ///< the first row of its day
    };

    /// What is known about pages older than the first row.
    enum class Older {
        Unknown,   ///< nothing was loaded yet
        More,      ///< there are some
        Loading,   ///< they were asked for
        Beginning, ///< the first row is the beginning of the room's history
        Full,      ///< there may be some, but no more rows are kept
    };

    static constexpr int defaultMaximum = 20000;

    explicit TranscriptModel(QObject *parent = nullptr, int maximum = defaultMaximum);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    const TranscriptRow &row(int index) const { return m_rows.at(index); }
    bool isFirstOfGroup(int index) const;
    bool isNewDay(int index) const;
    std::optional<int> rowOfCid(const QString &cid) const;

    /// Whose messages are own, and what counts as a mention. Applies to rows added later.
    void setOwnName(const QString &name) { m_ownName = name; }
    void setMentionTest(std::function<bool(const QString &text)> test);

    /// A new number, with the sender's `cid` where it is one's own. Drops what is known already;
    /// whether it was new.
    bool apply(const Item &item, const QString &cid = {});

    /// A page of history, wherever it belongs.
    void applyPage(const HistoryPage &page);

    /// Older items, in order.
    void prepend(const QList<Item> &items);

    void addPending(const QString &cid, const QString &text, bool action, qint64 time);
    void confirm(const QString &cid, quint64 seq, qint64 time);
    void fail(const QString &cid, const QString &text);
    void retry(const QString &cid); ///< pending again, behind everything that is settled
    void removePending(const QString &cid);
    void markAllPendingFailed(const QString &text);

    /// Forgets everything but the own messages that were not confirmed; these become failed ones.
    void clearConfirmed();

    void addPresence(const QString &name, Presence change, qint64 time);
    void addNotice(const QString &text, qint64 time);

    /// The number up to which the room itself has come, known before its items are.
    void setLastKnown(quint64 seq);

    quint64 oldestSeq() const { return m_known.first(); }
    quint64 greatestSeq() const { return m_known.firstEnd(); } ///< known without a hole up to here
    quint64 newestSeq() const { return m_known.last(); }       ///< the largest seen

    Older older() const { return m_older; }
    void setOlder(Older older);

signals:
    void olderChanged(teahouse::client::TranscriptModel::Older older);

private:
    qsizetype placeOf(quint64 rank) const;
    std::optional<int> rowOfSeq(quint64 seq) const;
    std::optional<TranscriptRow> rowFor(const Item &item) const;
    void amend(const Item &item);
    void insertAt(qsizetype place, const QList<TranscriptRow> &rows);
    void insertSorted(const QList<TranscriptRow> &rows);
    void removeAt(int index);
    void moveRow(int from, qsizetype place);
    void changed(qsizetype index);
    void settleFailed();
    void trim();
    quint64 currentRank() const;

    QList<TranscriptRow> m_rows;
    SeqRanges m_known;
    std::function<bool(const QString &)> m_mentionTest;
    QString m_ownName;
    quint64 m_lastKnown = 0;
    int m_maximum;
    Older m_older = Older::Unknown;
};

} // namespace teahouse::client
