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
    virtual std::unique_ptr<Store> makeStore(Executor &executor, std::function<qint64()> clock,
                                             QString epoch) = 0;

    /// Lets the store finish all it was asked for; a store with threads of its own waits here.
    virtual void settle() { m_executor.run(); }

    Store &store() { return *m_store; }
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

    /// Asks and waits for the answer.
    Result<Appended> append(AppendRequest request);
    Result<Appended> say(RoomId room, const QString &text, const QString &cid = {});
    LogPage page(const PageRequest &request);
    LogPage newest(RoomId room, int limit = 200);
    LogPage before(RoomId room, quint64 seq, int limit = 200);
    LogPage after(RoomId room, quint64 seq, int limit = 200);

    /// The numbers of a page, "1 2 3".
    static QString numbers(const LogPage &page);

private slots:
    void init();
    void cleanup();
    void tellsItsEpoch();
    void numbersAreDensePerRoom();
    void timeNeverDecreasesInARoom();
    void answersLaterAndInOrder();
    void destroyingDropsAnswers();
    void itemComesBackAsItWasSaid();
    void retryHasTheFirstNumber();
    void cidOfAnotherTextIsAConflict();
    void cidBelongsToRoomAndSender();
    void emptyCidIsNeverARetry();
    void cidIsKnownForSevenDays_data();
    void cidIsKnownForSevenDays();
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
    void forgottenRoomIsEmpty();

private:
    ManualExecutor m_executor;
    qint64 m_now = 0;
    std::unique_ptr<Store> m_store;
};

} // namespace teahouse::server
