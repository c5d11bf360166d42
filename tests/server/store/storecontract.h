#pragma once

#include "server/core/store.h"
#include "tests/support/manualexecutor.h"

#include <QObject>

#include <functional>
#include <memory>

namespace teahouse::server {

/// What every Store has to do. A test of one derives from this, makes the store, and inherits
/// the test functions beside its own.
class StoreContract : public QObject
{
    Q_OBJECT

protected:
    static constexpr qint64 start = 1'700'000'000'000; ///< what the clock says in the beginning
    static constexpr RoomId room = 7;                  ///< put, as is the other one
    static constexpr RoomId otherRoom = 8;
    static constexpr UserId ann = 1;
    static constexpr UserId bob = 2;

    virtual std::unique_ptr<Store> makeStore(Executor &executor, std::function<qint64()> clock,
                                             QString epoch) = 0;

    /// How many entries of the audit log it keeps.
    virtual int auditKept() const = 0;

    /// Lets the store finish all it was asked for; a store with threads of its own waits here.
    virtual void settle() { m_executor.run(); }

    /// What the store was made with, or what it has made up itself.
    virtual QString epoch() const { return QStringLiteral("word"); }

    Store &store() { return *m_store; }
    bool hasStore() const { return m_store != nullptr; }
    void tearDown() { m_store.reset(); }
    ManualExecutor &executor() { return m_executor; }
    void setNow(qint64 ms) { m_now = ms; }
    qint64 now() const { return m_now; }
    std::function<qint64()> clock()
    {
        return [this] { return m_now; };
    }

    static Item message(const QString &text);
    static Item edit(quint64 target, const QString &text);
    static Item deletion(quint64 target);

    static RoomRecord record(RoomId id, int retention = keepForever);

    /// Puts a room under a name made of its id, and waits.
    void put(RoomId id, int retention = keepForever);

    /// Asks and waits for the answer.
    Result<Appended> append(AppendRequest request);
    Result<Appended> say(RoomId room, const QString &text, const QString &cid = {});
    Result<Appended> sayAs(UserId user, const QString &name, const QString &text);
    Result<FoundPage> searchFor(SearchRequest request);
    Result<Done> put(QList<Change> changes);
    AuditPage audit(const AuditRequest &request);
    Unread unreadOf(UserId user, RoomId where, quint64 upTo = 1'000'000);
    Unread unreadOf(const UnreadFor &whose, RoomId where, quint64 upTo = 1'000'000);
    LogPage page(const PageRequest &request);
    LogPage newest(RoomId room, int limit = 200);
    LogPage before(RoomId room, quint64 seq, int limit = 200);
    LogPage after(RoomId room, quint64 seq, int limit = 200);

    /// The numbers of a page, "1 2 3".
    static QString numbers(const LogPage &page);

    /// What a search in the two rooms finds, as numbers, those of the other room with a dash.
    QString found(const QString &text, const QString &from = {});
    static QString numbers(const FoundPage &page);

    /// Calls tick() as often as it takes to do all there is to do.
    void tickOn();

private slots:
    void init();
    void cleanup();
    void tellsItsEpoch();
    void numbersAreDensePerRoom();
    void timesAreTheClocks_data();
    void timesAreTheClocks();
    void answersLaterAndInOrder();
    void readsSeeChangesBeforeThem();
    void destroyingDropsAnswers();
    void itemComesBackAsItWasSaid();
    void retryHasTheFirstNumber();
    void cidOfAnotherTextIsAConflict();
    void cidBelongsToRoomAndSender();
    void emptyCidIsNeverARetry();
    void cidIsKnownForSevenDays_data();
    void cidIsKnownForSevenDays();
    void cidIsKnownByTheTimeOfExpiry();
    void nothingExpiresByAClockThatIsNotBelieved();
    void datesInTheFutureHoldUpNothing();
    void datesOfLongAgoTakeNothingAlong();
    void pagesFromTheNewest();
    void pagesBackwards_data();
    void pagesBackwards();
    void pagesForwards_data();
    void pagesForwards();
    void pageOfAnUnknownRoomIsEmpty();
    void editRewritesTheMessage();
    void editKeepsNoOldText();
    void deletionErasesTheText();
    void deletedMessageStaysDeleted();
    void retryOfAnEditedMessage();
    void onlyMessagesAreEdited();
    void onlyOnesOwnMessagesAreEdited();
    void roomThatWasNotPutTakesNothing();
    void forgottenRoomIsEmpty();
    void numbersGoOnAfterExpiry();
    void itemsExpire_data();
    void itemsExpire();
    void tellsWhatItDrops();
    void roomWithoutHistoryKeepsSome();
    void roomWithoutHistoryTakesEdits();
    void switchingHistoryOffErases();
    void forgottenRoomIsNotFound();
    void findsWords_data();
    void findsWords();
    void searchNeedsAWord_data();
    void searchNeedsAWord();
    void findsBySpeaker();
    void findsByTime();
    void findsNewestFirst();
    void findsPageByPage();
    void findsThePresentText();
    void findsOnlyMessages();
    void countsUnread();
    void countsNothingOfIgnoredPeople();
    void countsBehindWhatIgnoredPeopleSay();
    void countsMentions();
    void editsChangeWhoIsMeant();
    void positionsGoForwards();
    void countsUpToALimit();
    void moderationDeletesWhatOthersSaid();
    void changesAreAnsweredInTheirPlace();
    void changesOfAnUnknownRoomAreRefused();
    void auditIsReadNewestFirst();
    void auditIsReadPageByPage();
    void auditOfARoom();
    void auditOutlivesItsRoom();
    void auditKeepsTheNewest();

private:
    ManualExecutor m_executor;
    qint64 m_now = 0;
    std::unique_ptr<Store> m_store;
};

} // namespace teahouse::server
