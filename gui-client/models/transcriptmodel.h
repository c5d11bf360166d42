#pragma once

#include "gui-client/models/seqranges.h"
#include "gui-client/models/transcriptrow.h"
#include "shared/reply.h"

#include <QAbstractListModel>
#include <QSet>
#include <QStringList>

#include <functional>
#include <optional>

namespace teahouse::client {

/// How much a transcript keeps.
struct TranscriptBudget
{
    int rows = 6000;
    qint64 bytes = 24LL * 1024 * 1024; ///< roughly, of memory

    /// For a room that nobody looks at.
    static TranscriptBudget background() { return {300, 512LL * 1024}; }
};

/// What one room has said, oldest first. Numbered rows are in the order of their numbers; rows
/// without a number stay behind the row they came after; messages on their way are the last rows.
/// It is a window over an unbounded room: where numbers are missing between two rows a Gap row
/// stands for them, and what is far from the reader is dropped when the budget is used up.
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
        FirstNewRole,     ///< the first row that was not read
    };

    /// What is known about pages older than the first row.
    enum class Older {
        Unknown,   ///< nothing was loaded yet
        More,      ///< there are some
        Loading,   ///< they were asked for
        Failed,    ///< they could not be had
        Beginning, ///< the first row is the beginning of the room's history
    };

    static constexpr int tailRows = 200; ///< the newest ones, which stay whatever is looked at

    explicit TranscriptModel(QObject *parent = nullptr, TranscriptBudget budget = {});

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    const TranscriptRow &row(int index) const { return m_rows.at(index); }
    bool isFirstOfGroup(int index) const;
    bool isNewDay(int index) const;
    std::optional<int> rowOfCid(const QString &cid) const;

    /// The row that a number is in, or the one behind it where the number has no row of its own.
    std::optional<int> rowAt(quint64 seq) const;

    /// The newest message of one's own that the server has; nothing when none is loaded.
    std::optional<int> lastOwn() const;

    /// The others who said what is loaded, whoever spoke last first.
    QStringList speakers() const;

    /// Whose messages are own, and what counts as a mention. Applies to rows added later.
    void setOwnName(const QString &name) { m_ownName = name; }
    void setMentionTest(std::function<bool(const QString &text)> test);

    /// Whose messages are not shown; in transcriptmodel_hidden.cpp. Their numbers are known all the
    /// same, so that nothing seems to be missing.
    void setHiddenTest(std::function<bool(const QString &author)> test);
    /// The test's answers have changed.
    void refreshHidden();

    /// A connection has begun, in which the room has come to number `last` so far.
    void connected(quint64 last);

    /// A new number, with the sender's `cid` where it is one's own. Drops what is known already;
    /// whether it was new.
    bool apply(const Item &item, const QString &cid = {});

    /// A page of history, wherever it belongs; `edge` is the number that it was to end before, or
    /// to begin after. 0: the newest page.
    void applyPage(const HistoryPage &page, quint64 edge);

    // Own messages.
    void addPending(const QString &cid, const QString &text, bool action, qint64 time);
    void confirm(const QString &cid, quint64 seq, qint64 time);
    void fail(const QString &cid, const QString &text, RowState state = RowState::Failed);
    void retry(const QString &cid); ///< pending again, behind everything that is settled
    void removePending(const QString &cid);
    void markAllPendingFailed(const QString &text);

    /// Whether own messages wait here that the server has not taken.
    bool hasUnsent() const;

    /// What was not confirmed is on its way again; gives their cids.
    QStringList resendUnconfirmed();

    /// Forgets everything but the own messages that were not confirmed; these become failed ones.
    void clearConfirmed();

    void addPresence(const QString &name, Presence change, qint64 time);
    void addNotice(const QString &text, qint64 time);

    /// The number up to which the room itself has come, known before its items are.
    void setLastKnown(quint64 seq);

    quint64 oldestSeq() const { return m_known.first(); }
    quint64 newestSeq() const { return m_known.last(); } ///< the largest seen
    bool isKnown(quint64 seq) const { return m_known.contains(seq); }
    bool isNewestLoaded() const { return m_known.last() >= m_lastKnown; }

    Older older() const { return m_older; }
    void setOlder(Older older);

    /// Tells the gap that ends before `edge`, or begins after it, what became of it.
    void setGap(quint64 edge, RowState state);
    /// Tells all gaps that are Pending or Failed.
    void setGaps(RowState state);

    // What was not read, in transcriptmodel_read.cpp.

    /// The line "new messages" stands behind this number; 0 is before the first message. Without a
    /// number there is no line.
    void setMarker(std::optional<quint64> seq);
    std::optional<quint64> marker() const { return m_marker; }
    bool isMarkerLoaded() const; ///< whether what stands behind the marker is there
    std::optional<int> markerRow() const;
    bool isFirstNew(int index) const;

    struct Count
    {
        int messages = 0;
        int mentions = 0;
    };
    /// What others have said behind a number; nothing when not all of it is loaded.
    std::optional<Count> countAfter(quint64 seq) const;

    // What is kept, in transcriptmodel_window.cpp.
    void setBudget(TranscriptBudget budget);
    void setReader(int row); ///< the first row in sight; rows near it are kept
    void setReaderAtNewest() { m_reader = TranscriptRow::unsettled; }
    qint64 cost() const { return m_cost; } ///< roughly, in bytes

signals:
    void olderChanged(teahouse::client::TranscriptModel::Older older);
    void markerChanged();

private:
    static quint64 lastOf(const Item &item);
    static qint64 costOf(const TranscriptRow &row);
    qsizetype placeOf(quint64 rank) const;
    std::optional<int> rowOfSeq(quint64 seq) const;
    std::optional<TranscriptRow> rowFor(const Item &item) const;
    bool hides(const TranscriptRow &row) const;
    void amend(const Item &item);
    void remember(const Item &amendment);
    void take(const HistoryPage &page, quint64 edge);
    void insertAt(qsizetype place, const QList<TranscriptRow> &rows);
    void insertSorted(const QList<TranscriptRow> &rows);
    void removeAt(int index);
    void removeRows(int first, int last);
    void moveRow(int from, qsizetype place);
    void changed(qsizetype index);
    void confirmRow(int found, quint64 seq, qint64 time);
    void settleFailed();
    quint64 currentRank() const;

    // Gaps and what is dropped, in transcriptmodel_window.cpp.
    QList<std::pair<quint64, quint64>> missing() const;
    void closeGaps();
    void openGaps();
    void syncGaps();
    void cover(const HistoryPage &page, quint64 edge);
    void updateOlder(const HistoryPage &page, quint64 edge);
    void trim();
    int dropRows(int first, int last);
    void forget(int first, int last);

    QList<TranscriptRow> m_rows;
    SeqRanges m_known;
    QList<Item> m_amendments; ///< the latest that came live, for pages that are still on their way
    QSet<quint64> m_hidden;   ///< the numbers of messages that are known and not shown
    std::function<bool(const QString &)> m_mentionTest;
    std::function<bool(const QString &)> m_hiddenTest;
    QString m_ownName;
    TranscriptBudget m_budget;
    quint64 m_lastKnown = 0;
    quint64 m_base = 0; ///< what is loaded in this connection knows of all changes up to here
    std::optional<quint64> m_marker;
    quint64 m_reader = TranscriptRow::unsettled; ///< the rank of the first row in sight
    qint64 m_cost = 0;
    int m_gaps = 0;
    Older m_older = Older::Unknown;
};

} // namespace teahouse::client
