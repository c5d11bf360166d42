#include "gui-client/models/chatmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

RoomState room(const QString &name, quint64 last = 0)
{
    RoomState state;
    state.room = name;
    state.last = last;
    return state;
}

Welcome welcome(const QList<RoomState> &rooms)
{
    Welcome welcome;
    welcome.user.name = u"ann"_s;
    welcome.rooms = rooms;
    return welcome;
}

Greeting greeting(const QString &epoch)
{
    Greeting greeting;
    greeting.server = u"Tea"_s;
    greeting.epoch = epoch;
    return greeting;
}

ItemAdded said(const QString &where, quint64 seq, const QString &text,
               const QString &from = u"bob"_s)
{
    Item item;
    item.room = where;
    item.seq = seq;
    item.from = from;
    item.text = text;
    item.time = 1000;
    return {item, {}};
}

HistoryPage page(const QString &where, quint64 from, quint64 to)
{
    HistoryPage page;
    page.room = where;
    page.backwards = true;
    for (quint64 seq = from; seq <= to; ++seq)
        page.items.append(said(where, seq, QString::number(seq)).item);
    return page;
}

HistoryPage newer(const QString &where, quint64 from, quint64 to)
{
    HistoryPage page = ::page(where, from, to);
    page.backwards = false;
    page.more = true;
    return page;
}

RoomState unread(RoomState state, quint64 read, int count)
{
    state.read = read;
    state.unread = count;
    return state;
}

} // namespace

class TestChatModel : public QObject
{
    Q_OBJECT

private slots:
    void followsRoles();
    void countsThosePresent();
    void keepsWhyOneMayNotSpeak();
    void understandsInvitations();
    void isToldThatOneIsMuted();
    void knowsWhoCame();
    void tellsHowSomebodyLeft();
    void asksForWhatIsLookedAt();
    void countsUnread();
    void privateMessagesCountAsMentions();
    void readsWhatIsWatched();
    void catchesUpAfterAReconnect();
    void loadsAgainInANewEpoch();
    void rejoinsForgottenRooms();
    void keepsDrafts();
    void followsComingsAndGoings();
    void changesTheCurrentRoomWhenItIsLeft();
    void opensPrivateConversations();
    void asksForOlderOnce();
    void takesCountsFromTheServer();
    void opensAtTheMarker();
    void readsNothingThatIsNotLoaded();
    void followsAnotherDevice();
    void missesNothingWhenABreakInterruptsCatchingUp();
    void loadsAroundANumber();
    void asksNoEndForEmptyPages();
    void triesAgainAfterAFailure();
    void countsFromTheFirstMessage();
    void leavesTheReaderAtWhatWasMissed();
    void sendsUnconfirmedAgain();
    void keepsLittleOfRoomsNobodyLooksAt();
    void ignoresPeople();
    void withholdsConversationsWithIgnored();
    void countsNothingOfWhoIsIgnoredNow();
    void showsWhoIsHeardAgain();
    void learnsThatOneIsAnAccount();
    void followsRoomsOfAnotherDevice();
    void knowsWhetherThePartnerIsThere();
};

void TestChatModel::asksForWhatIsLookedAt()
{
    ChatModel chat;
    QAbstractItemModelTester tester(chat.rooms());
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    QSignalSpy members(&chat, &ChatModel::membersWanted);
    chat.welcome(welcome({room(u"tea"_s, 5), room(u"main"_s, 7)}));
    QCOMPARE(chat.currentRoom(), u"main"_s);
    QCOMPARE(history.size(), 1);
    QCOMPARE(history.at(0).at(0).toString(), u"main"_s);
    QCOMPARE(history.at(0).at(1).value<HistoryFrom>(), HistoryFrom::Newest);
    QCOMPARE(members.size(), 1);
    chat.setCurrentRoom(u"TEA"_s);
    QCOMPARE(history.size(), 2);
    QCOMPARE(members.at(1).at(0).toString(), u"tea"_s);
    chat.setCurrentRoom(u"nowhere"_s);
    QCOMPARE(chat.currentRoom(), u"tea"_s);
}

void TestChatModel::countsUnread()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s), room(u"tea"_s)}));
    QSignalSpy mentioned(&chat, &ChatModel::mentioned);
    QSignalSpy unread(&chat, &ChatModel::unreadChanged);
    chat.apply(said(u"tea"_s, 1, u"hello"_s));
    chat.apply(said(u"tea"_s, 2, u"hello @ann"_s));
    chat.apply(said(u"tea"_s, 2, u"hello @ann"_s)); // twice the same
    chat.apply(said(u"tea"_s, 3, u"my own"_s, u"Ann"_s));
    QCOMPARE(chat.rooms()->find(u"tea"_s)->unread, 2);
    QCOMPARE(chat.rooms()->find(u"tea"_s)->mentions, 1);
    QCOMPARE(mentioned.size(), 1);
    QCOMPARE(unread.last().at(0).toInt(), 2);
    QVERIFY(chat.transcript(u"tea"_s)->row(1).mention);
}

void TestChatModel::privateMessagesCountAsMentions()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s)}));
    QSignalSpy added(&chat, &ChatModel::roomAdded);
    chat.apply(said(u"@bob"_s, 1, u"psst"_s));
    QCOMPARE(added.size(), 1);
    QCOMPARE(chat.rooms()->find(u"@bob"_s)->mentions, 1);
}

void TestChatModel::readsWhatIsWatched()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s)}));
    QSignalSpy read(&chat, &ChatModel::readMoved);
    chat.apply(said(u"main"_s, 1, u"unseen"_s)); // current, but nobody looks
    QCOMPARE(chat.totalUnread(), 1);
    chat.setActive(true);
    QCOMPARE(chat.totalUnread(), 0);
    chat.apply(said(u"main"_s, 2, u"seen"_s));
    QCOMPARE(chat.totalUnread(), 0);
    QCOMPARE(read.size(), 2);
    QCOMPARE(read.last().at(1).toULongLong(), 2u);
    chat.setActive(false);
    chat.apply(said(u"main"_s, 3, u"unseen"_s));
    chat.apply(ReadMoved{u"main"_s, 3}); // on another device
    QCOMPARE(chat.totalUnread(), 0);
}

void TestChatModel::catchesUpAfterAReconnect()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s, 3)}));
    chat.applyHistory(u"main"_s, page(u"main"_s, 1, 3), 0);
    chat.addPending(u"main"_s, u"a"_s, u"mine"_s, false);
    chat.connectionLost();
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.welcome(welcome({room(u"main"_s, 6)}));
    QCOMPARE(history.size(), 1);
    QCOMPARE(history.at(0).at(1).value<HistoryFrom>(), HistoryFrom::After);
    QCOMPARE(history.at(0).at(2).toULongLong(), 3u);
    chat.apply(said(u"main"_s, 7, u"live"_s));
    chat.applyHistory(u"main"_s, newer(u"main"_s, 4, 5), 3);
    QCOMPARE(history.last().at(2).toULongLong(), 5u);
    HistoryPage missed = newer(u"main"_s, 6, 7);
    missed.more = false;
    chat.applyHistory(u"main"_s, missed, 5);
    const TranscriptModel *transcript = chat.transcript(u"main"_s);
    QCOMPARE(transcript->rowCount(), 8);
    QCOMPARE(transcript->newestSeq(), 7u);
    QCOMPARE(transcript->row(7).state, RowState::Pending);
}

void TestChatModel::loadsAgainInANewEpoch()
{
    ChatModel chat;
    chat.greet(greeting(u"one"_s));
    chat.welcome(welcome({room(u"main"_s, 3)}));
    chat.applyHistory(u"main"_s, page(u"main"_s, 1, 3), 0);
    chat.addPending(u"main"_s, u"a"_s, u"mine"_s, false);
    chat.setDraft(u"main"_s, u"half a"_s);
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.greet(greeting(u"two"_s));
    chat.welcome(welcome({room(u"main"_s, 1)}));
    QCOMPARE(chat.transcript(u"main"_s)->rowCount(), 1);
    QCOMPARE(chat.transcript(u"main"_s)->row(0).state, RowState::Failed);
    QCOMPARE(chat.draft(u"main"_s), u"half a"_s);
    QCOMPARE(history.size(), 1);
    QCOMPARE(history.at(0).at(1).value<HistoryFrom>(), HistoryFrom::Newest);
}

void TestChatModel::rejoinsForgottenRooms()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s), room(u"tea"_s)}));
    chat.openPrivate(u"bob"_s);
    QSignalSpy join(&chat, &ChatModel::joinWanted);
    chat.welcome(welcome({room(u"main"_s)}));
    QCOMPARE(join.size(), 1);
    QCOMPARE(join.at(0).at(0).toString(), u"tea"_s);
}

void TestChatModel::keepsDrafts()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s), room(u"tea"_s)}));
    chat.setDraft(u"main"_s, u"one"_s);
    chat.setDraft(u"tea"_s, u"two"_s);
    chat.connectionLost();
    chat.setCurrentRoom(u"tea"_s);
    QCOMPARE(chat.draft(u"main"_s), u"one"_s);
    QCOMPARE(chat.draft(u"Tea"_s), u"two"_s);
}

void TestChatModel::followsComingsAndGoings()
{
    ChatModel chat;
    chat.setClock([] { return qint64(5000); });
    RoomState main = room(u"main"_s);
    main.members = 1;
    chat.welcome(welcome({main}));
    chat.apply(Entered{u"main"_s, u"ann"_s, u"native"_s}); // oneself: no line
    chat.apply(Entered{u"main"_s, u"bob"_s, u"tea"_s});
    chat.apply(UserChanged{u"bob"_s, u"out"_s});
    QCOMPARE(chat.transcript(u"main"_s)->rowCount(), 1);
    QCOMPARE(chat.transcript(u"main"_s)->row(0).time, 5000);
    QCOMPARE(chat.people(u"main"_s)->names(), QStringList({u"ann"_s, u"bob"_s}));
    QCOMPARE(chat.people(u"main"_s)->at(1).away, u"out"_s);
    chat.apply(Left{u"main"_s, u"bob"_s, {}});
    QCOMPARE(chat.people(u"main"_s)->rowCount(), 1);
    chat.apply(CountChanged{u"main"_s, 900});
    QCOMPARE(chat.rooms()->find(u"main"_s)->members, 900);
}

void TestChatModel::changesTheCurrentRoomWhenItIsLeft()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s), room(u"tea"_s)}));
    chat.setCurrentRoom(u"tea"_s);
    QSignalSpy current(&chat, &ChatModel::currentRoomChanged);
    QSignalSpy removed(&chat, &ChatModel::roomRemoved);
    chat.roomLeft(u"tea"_s); // as the user asked
    QCOMPARE(chat.currentRoom(), u"main"_s);
    QCOMPARE(current.size(), 1);
    QCOMPARE(removed.size(), 1);
    QVERIFY(!chat.transcript(u"tea"_s));
}

void TestChatModel::opensPrivateConversations()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s)}));
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.openPrivate(u"Bob"_s);
    chat.openPrivate(u"bob"_s);
    QCOMPARE(chat.currentRoom(), u"@Bob"_s);
    QCOMPARE(chat.rooms()->rowCount(), 2);
    QCOMPARE(history.size(), 0);
    chat.addPending(u"@bob"_s, u"a"_s, u"psst"_s, false);
    chat.confirm(u"@bob"_s, u"a"_s, 12, 1000); // we have talked before
    QCOMPARE(chat.transcript(u"@bob"_s)->older(), TranscriptModel::Older::More);
}

void TestChatModel::asksForOlderOnce()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s, 400)}));
    HistoryPage newest = page(u"main"_s, 201, 400);
    newest.more = true;
    chat.applyHistory(u"main"_s, newest, 0);
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.wantOlder(u"main"_s);
    chat.wantOlder(u"main"_s);
    QCOMPARE(history.size(), 1);
    QCOMPARE(history.at(0).at(1).value<HistoryFrom>(), HistoryFrom::Before);
    QCOMPARE(history.at(0).at(2).toULongLong(), 201u);
    QCOMPARE(chat.transcript(u"main"_s)->older(), TranscriptModel::Older::Loading);
    chat.applyHistory(u"main"_s, page(u"main"_s, 1, 200), 201);
    QCOMPARE(chat.transcript(u"main"_s)->older(), TranscriptModel::Older::Beginning);
    chat.wantOlder(u"main"_s);
    QCOMPARE(history.size(), 1);
}

void TestChatModel::takesCountsFromTheServer()
{
    ChatModel chat;
    RoomState tea = unread(room(u"tea"_s, 90), 40, 50);
    tea.mentions = 2;
    chat.welcome(welcome({room(u"main"_s), tea}));
    QCOMPARE(chat.totalUnread(), 50);
    chat.apply(said(u"tea"_s, 91, u"live, @ann"_s));
    QCOMPARE(chat.rooms()->find(u"tea"_s)->unread, 51);
    QCOMPARE(chat.rooms()->find(u"tea"_s)->mentions, 3);
    QCOMPARE(chat.transcript(u"tea"_s)->marker(), std::optional<quint64>(40));
    chat.connectionLost();
    chat.welcome(welcome({room(u"main"_s), unread(room(u"tea"_s, 93), 40, 53)}));
    QCOMPARE(chat.totalUnread(), 53); // not once more what was counted here
    QCOMPARE(chat.transcript(u"tea"_s)->marker(), std::optional<quint64>(40));
}

void TestChatModel::opensAtTheMarker()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s), unread(room(u"tea"_s, 900), 400, 500)}));
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.setCurrentRoom(u"tea"_s);
    QCOMPARE(history.size(), 1);
    HistoryPage newest = page(u"tea"_s, 801, 900);
    newest.more = true;
    chat.applyHistory(u"tea"_s, newest, 0);
    QCOMPARE(history.size(), 2);
    QCOMPARE(history.at(1).at(1).value<HistoryFrom>(), HistoryFrom::After);
    QCOMPARE(history.at(1).at(2).toULongLong(), 400u);
    chat.applyHistory(u"tea"_s, newer(u"tea"_s, 401, 600), 400);
    const TranscriptModel *transcript = chat.transcript(u"tea"_s);
    QCOMPARE(transcript->row(*transcript->markerRow()).seq, 401u);
    QCOMPARE(transcript->older(), TranscriptModel::Older::More);
    QCOMPARE(transcript->row(200).kind, RowKind::Gap);
    chat.setActive(true); // the reader has come to the end
    chat.setCurrentRoom(u"main"_s);
    QVERIFY(!transcript->marker());
}

void TestChatModel::readsNothingThatIsNotLoaded()
{
    ChatModel chat;
    QSignalSpy read(&chat, &ChatModel::readMoved);
    chat.welcome(welcome({unread(room(u"main"_s, 9), 4, 5)}));
    chat.setActive(true);
    QCOMPARE(read.size(), 0);
    QCOMPARE(chat.totalUnread(), 5);
    chat.applyHistory(u"main"_s, page(u"main"_s, 1, 9), 0);
    QCOMPARE(read.size(), 1);
    QCOMPARE(read.at(0).at(1).toULongLong(), 9u);
    QCOMPARE(chat.totalUnread(), 0);
    QCOMPARE(chat.transcript(u"main"_s)->marker(),
             std::optional<quint64>(4)); // the line stays while one is there
    chat.addPending(u"main"_s, u"a"_s, u"answer"_s, false);
    QVERIFY(!chat.transcript(u"main"_s)->marker());
}

void TestChatModel::followsAnotherDevice()
{
    ChatModel chat;
    chat.welcome(welcome({unread(room(u"main"_s, 9), 4, 5)}));
    chat.applyHistory(u"main"_s, page(u"main"_s, 1, 9), 0);
    chat.apply(ReadMoved{u"main"_s, 7});
    QCOMPARE(chat.totalUnread(), 2);
    QCOMPARE(chat.transcript(u"main"_s)->marker(), std::optional<quint64>(7));
    chat.apply(ReadMoved{u"main"_s, 6}); // late, and backwards
    QCOMPARE(chat.totalUnread(), 2);
    chat.apply(ReadMoved{u"main"_s, 9});
    QCOMPARE(chat.totalUnread(), 0);
    QVERIFY(!chat.transcript(u"main"_s)->marker());
}

void TestChatModel::missesNothingWhenABreakInterruptsCatchingUp()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s, 3)}));
    chat.applyHistory(u"main"_s, page(u"main"_s, 1, 3), 0);
    chat.connectionLost();
    chat.welcome(welcome({room(u"main"_s, 600)}));
    chat.applyHistory(u"main"_s, newer(u"main"_s, 4, 203), 3);
    chat.apply(said(u"main"_s, 601, u"live"_s));
    chat.connectionLost();
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.welcome(welcome({room(u"main"_s, 700)}));
    QCOMPARE(history.at(0).at(2).toULongLong(), 203u);
    for (quint64 from = 204; from < 700; from += 200) {
        HistoryPage missed = newer(u"main"_s, from, std::min<quint64>(from + 199, 700));
        missed.more = missed.items.last().seq < 700;
        chat.applyHistory(u"main"_s, missed, from - 1);
    }
    QCOMPARE(chat.transcript(u"main"_s)->rowCount(), 700);
    QCOMPARE(history.size(), 3);
}

void TestChatModel::loadsAroundANumber()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s, 900)}));
    HistoryPage newest = page(u"main"_s, 801, 900);
    newest.more = true;
    chat.applyHistory(u"main"_s, newest, 0);
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    QSignalSpy failed(&chat, &ChatModel::aroundFailed);
    chat.wantAround(u"main"_s, 850);
    QCOMPARE(history.size(), 0);
    chat.wantAround(u"main"_s, 300);
    chat.wantAround(u"main"_s, 300);
    QCOMPARE(history.size(), 2);
    QCOMPARE(history.at(0).at(2).toULongLong(), 301u);
    QCOMPARE(history.at(1).at(2).toULongLong(), 300u);
    chat.historyFailed(u"main"_s, HistoryFrom::Before, 301);
    chat.historyFailed(u"main"_s, HistoryFrom::After, 300);
    QCOMPARE(failed.size(), 1);
    chat.wantAround(u"main"_s, 300);
    HistoryPage before = page(u"main"_s, 201, 300);
    before.more = true;
    chat.applyHistory(u"main"_s, before, 301);
    chat.applyHistory(u"main"_s, newer(u"main"_s, 301, 500), 300);
    QVERIFY(chat.transcript(u"main"_s)->isKnown(300));
    QCOMPARE(chat.transcript(u"main"_s)->rowCount(), 401);
}

void TestChatModel::asksNoEndForEmptyPages()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s, 900)}));
    HistoryPage newest = page(u"main"_s, 801, 900);
    newest.more = true;
    chat.applyHistory(u"main"_s, newest, 0);
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    QSignalSpy failed(&chat, &ChatModel::aroundFailed);
    HistoryPage nothing = page(u"main"_s, 1, 0);
    nothing.more = true;
    chat.wantOlder(u"main"_s);
    chat.applyHistory(u"main"_s, nothing, 801);
    const TranscriptModel *transcript = chat.transcript(u"main"_s);
    QCOMPARE(transcript->older(), TranscriptModel::Older::Failed); // the user may try again
    QCOMPARE(transcript->oldestSeq(), 801u);
    chat.wantOlder(u"main"_s);
    HistoryPage same = page(u"main"_s, 801, 900); // which leads nowhere, either
    same.more = true;
    chat.applyHistory(u"main"_s, same, 801);
    QCOMPARE(transcript->older(), TranscriptModel::Older::Failed);
    QCOMPARE(history.size(), 2);
    nothing.backwards = false;
    chat.wantAround(u"main"_s, 300);
    chat.applyHistory(u"main"_s, nothing, 300);
    QCOMPARE(failed.size(), 1);
    chat.wantGap(u"main"_s, HistoryFrom::After, 300);
    chat.applyHistory(u"main"_s, nothing, 300);
    QCOMPARE(history.size(), 5);
}

/// Position 0 is one like any other.
void TestChatModel::countsFromTheFirstMessage()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s), unread(room(u"tea"_s, 40), 0, 40)}));
    QCOMPARE(chat.transcript(u"tea"_s)->marker(), std::optional<quint64>(0));
    chat.setCurrentRoom(u"tea"_s);
    chat.applyHistory(u"tea"_s, page(u"tea"_s, 1, 40), 0);
    QCOMPARE(chat.transcript(u"tea"_s)->markerRow(), 0);
    QVERIFY(chat.transcript(u"tea"_s)->isFirstNew(0));
    QCOMPARE(chat.rooms()->find(u"tea"_s)->unread, 40);
    // A room that was empty is begun by others.
    chat.apply(said(u"main"_s, 1, u"hello"_s));
    QCOMPARE(chat.transcript(u"main"_s)->marker(), std::optional<quint64>(0));
    // What was read here counts also when the server has forgotten all of it.
    QSignalSpy read(&chat, &ChatModel::readMoved);
    chat.setActive(true);
    chat.connectionLost();
    chat.welcome(welcome({room(u"main"_s, 1), unread(room(u"tea"_s, 41), 0, 41)}));
    QCOMPARE(chat.rooms()->find(u"tea"_s)->unread, 1);
    QCOMPARE(read.last(), QVariantList({u"tea"_s, quint64(40)}));
}

/// What was missed during a break is not read by that it is loaded.
void TestChatModel::leavesTheReaderAtWhatWasMissed()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s, 3)}));
    chat.applyHistory(u"main"_s, page(u"main"_s, 1, 3), 0);
    chat.setActive(true);
    QSignalSpy read(&chat, &ChatModel::readMoved);
    chat.connectionLost();
    chat.welcome(welcome({unread(room(u"main"_s, 43), 3, 40)}));
    QCOMPARE(chat.transcript(u"main"_s)->marker(), std::optional<quint64>(3));
    HistoryPage missed = newer(u"main"_s, 4, 43);
    missed.more = false;
    chat.applyHistory(u"main"_s, missed, 3);
    QVERIFY(read.isEmpty());
    QCOMPARE(chat.totalUnread(), 40);
    chat.setActive(true); // whoever shows it says that it was seen
    QCOMPARE(chat.totalUnread(), 0);
}

void TestChatModel::triesAgainAfterAFailure()
{
    ChatModel chat;
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.welcome(welcome({room(u"main"_s, 900)}));
    const TranscriptModel *transcript = chat.transcript(u"main"_s);
    chat.historyFailed(u"main"_s, HistoryFrom::Newest, 0);
    QCOMPARE(transcript->older(), TranscriptModel::Older::Failed);
    chat.wantOlder(u"main"_s);
    QCOMPARE(history.size(), 2);
    HistoryPage newest = page(u"main"_s, 801, 900);
    newest.more = true;
    chat.applyHistory(u"main"_s, newest, 0);
    chat.wantOlder(u"main"_s);
    chat.connectionLost();
    QCOMPARE(transcript->older(), TranscriptModel::Older::Failed);
    chat.welcome(welcome({room(u"main"_s, 900)}));
    QCOMPARE(transcript->older(), TranscriptModel::Older::More);
}

void TestChatModel::sendsUnconfirmedAgain()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s)}));
    chat.addPending(u"main"_s, u"a"_s, u"mine"_s, false);
    chat.fail(u"main"_s, u"a"_s, u"who knows"_s, RowState::Unconfirmed);
    chat.addPending(u"main"_s, u"b"_s, u"no"_s, false);
    chat.fail(u"main"_s, u"b"_s, u"full"_s);
    chat.connectionLost();
    const TranscriptModel *transcript = chat.transcript(u"main"_s);
    QCOMPARE(transcript->row(*transcript->rowOfCid(u"a"_s)).state, RowState::Pending);
    QCOMPARE(transcript->row(*transcript->rowOfCid(u"b"_s)).state, RowState::Failed);
}

void TestChatModel::keepsLittleOfRoomsNobodyLooksAt()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s), room(u"tea"_s)}));
    chat.setCurrentRoom(u"tea"_s);
    for (quint64 seq = 1; seq <= 5000; ++seq) {
        chat.apply(said(u"main"_s, seq, u"unseen"_s));
        chat.apply(said(u"tea"_s, seq, u"seen"_s));
    }
    QVERIFY(chat.transcript(u"main"_s)->rowCount() <= TranscriptBudget::background().rows);
    QCOMPARE(chat.transcript(u"tea"_s)->rowCount(), 5000);
    QCOMPARE(chat.rooms()->find(u"main"_s)->unread, 5000);
    chat.setCurrentRoom(u"main"_s);
    QVERIFY(chat.transcript(u"tea"_s)->rowCount() <= TranscriptBudget::background().rows);
    // After a break such a room loads again when it is opened, if much was missed.
    chat.connectionLost();
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.welcome(welcome({room(u"main"_s, 5000), room(u"tea"_s, 6000)}));
    QCOMPARE(history.takeFirst().at(0).toString(), u"main"_s); // its first new message
    QCOMPARE(history.size(), 0);
    QCOMPARE(chat.transcript(u"tea"_s)->rowCount(), 0);
    chat.setCurrentRoom(u"tea"_s);
    QCOMPARE(history.size(), 1);
}

void TestChatModel::ignoresPeople()
{
    ChatModel chat;
    QSignalSpy mentioned(&chat, &ChatModel::mentioned);
    QSignalSpy ignored(&chat, &ChatModel::ignoredChanged);
    Welcome again = welcome({room(u"main"_s), room(u"tea"_s)});
    chat.welcome(again);
    chat.setIgnored({u"Bob"_s});
    QCOMPARE(ignored.size(), 1);
    QCOMPARE(chat.ignored(), QStringList(u"Bob"_s));
    QVERIFY(chat.isIgnored(u"bob"_s));
    chat.apply(said(u"tea"_s, 1, u"hello @ann"_s));
    chat.apply(said(u"tea"_s, 2, u"hello @ann"_s, u"carl"_s));
    QCOMPARE(chat.rooms()->find(u"tea"_s)->unread, 1);
    QCOMPARE(chat.rooms()->find(u"tea"_s)->mentions, 1);
    QCOMPARE(mentioned.size(), 1);
    QCOMPARE(chat.transcript(u"tea"_s)->rowCount(), 1);

    chat.people(u"tea"_s)->upsert({.name = u"bob"_s, .away = {}, .via = {}});
    const auto row = chat.people(u"tea"_s)->rowOf(u"bob"_s);
    QVERIFY(chat.people(u"tea"_s)->index(*row, 0).data(PeopleModel::IgnoredRole).toBool());

    SearchQuery query;
    query.text = u"hello"_s;
    chat.search()->start(query);
    SearchPage found;
    found.found = {{said(u"tea"_s, 2, u"hello"_s, u"carl"_s).item, 2},
                   {said(u"tea"_s, 1, u"hello"_s, u"BOB"_s).item, 1}};
    chat.search()->applyPage(2, found);
    QCOMPARE(chat.search()->rowCount(), 1);

    // What is unread where only ignored people spoke is read by being there.
    chat.setCurrentRoom(u"main"_s);
    chat.setActive(true);
    QSignalSpy read(&chat, &ChatModel::readMoved);
    chat.apply(said(u"main"_s, 1, u"psst"_s));
    QCOMPARE(read.size(), 1);

    again.ignored = {};
    chat.welcome(again); // changed from another device meanwhile
    QVERIFY(!chat.isIgnored(u"bob"_s));
    QCOMPARE(chat.search()->rowCount(), 2);
}

void TestChatModel::withholdsConversationsWithIgnored()
{
    ChatModel chat;
    Welcome welcomed = welcome({room(u"main"_s), unread(room(u"@bob"_s, 4), 0, 4)});
    welcomed.ignored = QStringList(u"bob"_s);
    chat.welcome(welcomed);
    QVERIFY(!chat.hasRoom(u"@bob"_s));
    QCOMPARE(chat.totalUnread(), 0);
    chat.apply(said(u"@bob"_s, 5, u"hear me"_s));
    chat.apply(RoomChanged{room(u"@bob"_s, 5), false});
    QVERIFY(!chat.hasRoom(u"@bob"_s));

    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.openPrivate(u"bob"_s); // the person wants to see it
    QCOMPARE(chat.currentRoom(), u"@bob"_s);
    QCOMPARE(history.size(), 1);
    QCOMPARE(history.first().first().toString(), u"@bob"_s);
}

void TestChatModel::countsNothingOfWhoIsIgnoredNow()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s), room(u"tea"_s)}));
    chat.setCurrentRoom(u"main"_s);
    chat.apply(said(u"tea"_s, 1, u"hear me"_s));
    chat.apply(said(u"tea"_s, 2, u"hello"_s, u"carl"_s));
    chat.apply(said(u"tea"_s, 3, u"hear me!"_s));
    QCOMPARE(chat.totalUnread(), 3);
    chat.setIgnored({u"bob"_s});
    QCOMPARE(chat.totalUnread(), 1);
}

void TestChatModel::showsWhoIsHeardAgain()
{
    ChatModel chat;
    Welcome welcomed = welcome({room(u"main"_s)});
    welcomed.ignored = QStringList({u"bob"_s, u"carl"_s});
    chat.welcome(welcomed);
    chat.apply(RoomChanged{room(u"@bob"_s), false});
    chat.apply(said(u"@bob"_s, 1, u"hear me"_s));
    chat.apply(said(u"@carl"_s, 1, u"me too"_s, u"carl"_s));
    chat.apply(said(u"main"_s, 1, u"hear me"_s));
    chat.setIgnored({u"carl"_s});
    QVERIFY(chat.hasRoom(u"@bob"_s));
    QVERIFY(!chat.hasRoom(u"@carl"_s));
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    chat.setCurrentRoom(u"@bob"_s);
    QCOMPARE(history.size(), 1);
    HistoryPage page;
    page.room = u"@bob"_s;
    page.backwards = true;
    page.items = {said(u"@bob"_s, 1, u"hear me"_s).item};
    chat.applyHistory(u"@bob"_s, page, 0);
    QCOMPARE(chat.transcript(u"@bob"_s)->rowCount(), 1);
}

void TestChatModel::learnsThatOneIsAnAccount()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s)}));
    QSignalSpy identity(&chat, &ChatModel::identityChanged);
    chat.setUser({u"ann"_s, true, u"admin"_s});
    QCOMPARE(identity.size(), 1);
    QVERIFY(chat.user().registered);
    QCOMPARE(chat.user().role, u"admin"_s);
}

void TestChatModel::followsRoomsOfAnotherDevice()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s)}));
    chat.apply(RoomChanged{unread(room(u"tea"_s, 9), 6, 3), false});
    QVERIFY(chat.hasRoom(u"tea"_s));
    QCOMPARE(chat.rooms()->find(u"tea"_s)->unread, 3);
    QSignalSpy history(&chat, &ChatModel::historyWanted);
    QSignalSpy members(&chat, &ChatModel::membersWanted);
    chat.setCurrentRoom(u"tea"_s);
    QCOMPARE(history.first().at(1).value<HistoryFrom>(), HistoryFrom::Newest);
    QCOMPARE(members.size(), 1);
    chat.apply(RoomChanged{room(u"tea"_s), true});
    QVERIFY(!chat.hasRoom(u"tea"_s));
    QCOMPARE(chat.currentRoom(), u"tea"_s); // somebody may be writing
    chat.setCurrentRoom(u"main"_s);
    QVERIFY(!chat.transcript(u"tea"_s));
}

void TestChatModel::knowsWhetherThePartnerIsThere()
{
    ChatModel chat;
    chat.welcome(welcome({room(u"main"_s)}));
    chat.people(u"main"_s)->upsert({.name = u"bob"_s, .away = {}, .via = {}, .online = false});
    QSignalSpy members(&chat, &ChatModel::membersWanted);
    chat.openPrivate(u"bob"_s);
    const PeopleModel &people = *chat.people(u"@bob"_s);
    QVERIFY(!people.at(*people.rowOf(u"bob"_s)).online);
    QVERIFY(members.isEmpty()); // the server does not know the conversation yet
    chat.addPending(u"@bob"_s, u"c1"_s, u"hi"_s, false);
    chat.confirm(u"@bob"_s, u"c1"_s, 1, 1000);
    QCOMPARE(members.size(), 1);
    QCOMPARE(members.takeFirst().first().toString(), u"@bob"_s);
    chat.apply(Entered{.room = u"main"_s, .name = u"bob"_s, .via = u"native"_s, .origin = {}});
    QCOMPARE(members.size(), 1);
    QCOMPARE(members.takeFirst().first().toString(), u"@bob"_s);
    chat.setCurrentRoom(u"main"_s);
    members.clear();
    chat.apply(Left{.room = u"main"_s, .name = u"bob"_s, .reason = {}, .origin = {}});
    QVERIFY(members.isEmpty());
    chat.setCurrentRoom(u"@bob"_s); // asked for when it is looked at
    QCOMPARE(members.size(), 1);
}

void TestChatModel::followsRoles()
{
    ChatModel model;
    model.welcome(welcome({room(u"main"_s), room(u"tea"_s)}));
    Person bob;
    bob.name = u"bob"_s;
    model.applyMembers(u"tea"_s, {u"tea"_s, {bob}, false, {}});
    ItemAdded given = said(u"tea"_s, 1, {});
    given.item.kind = ItemKind::Role;
    given.item.name = u"Bob"_s;
    given.item.role = u"moderator"_s;
    model.apply(given);
    QCOMPARE(model.people(u"tea"_s)->find(u"bob"_s)->role, RoomRole::Moderator);
    given.item.seq = 2;
    given.item.name = u"ann"_s;
    given.item.role = u"owner"_s;
    model.apply(given);
    QCOMPARE(model.rooms()->find(u"tea"_s)->role, RoomRole::Owner);
    given.item.seq = 3;
    given.item.role = u"emperor"_s; // of a server that knows more
    model.apply(given);
    QCOMPARE(model.rooms()->find(u"tea"_s)->role, RoomRole::Owner);
    given.item.seq = 4;
    given.item.role.clear();
    model.apply(given);
    QCOMPARE(model.rooms()->find(u"tea"_s)->role, RoomRole::None);
    QSignalSpy identity(&model, &ChatModel::identityChanged);
    model.apply(UserChanged{u"bob"_s, {}, true, true});
    QVERIFY(model.people(u"tea"_s)->find(u"bob"_s)->admin);
    QCOMPARE(identity.size(), 0);
    model.apply(UserChanged{u"ann"_s, {}, true, true});
    QCOMPARE(model.user().role, u"admin"_s);
    QCOMPARE(identity.size(), 1);
}

void TestChatModel::countsThosePresent()
{
    ChatModel model;
    model.welcome(welcome({room(u"main"_s)}));
    Person bob;
    bob.name = u"bob"_s;
    bob.role = RoomRole::Moderator;
    Person carl;
    carl.name = u"carl"_s;
    carl.online = false;
    carl.registered = true;
    model.applyMembers(u"main"_s, {u"main"_s, {bob, carl}, false, {}});
    const auto members = [&model] { return model.rooms()->find(u"main"_s)->members; };
    QCOMPARE(members(), 1);
    model.apply(Entered{u"main"_s, u"carl"_s, u"native"_s});
    QCOMPARE(members(), 2);
    model.apply(Left{u"main"_s, u"bob"_s, {}});
    QCOMPARE(members(), 1);
    QVERIFY(!model.people(u"main"_s)->find(u"bob"_s)->online);
    model.apply(Entered{u"main"_s, u"bob"_s, u"native"_s});
    model.apply(Left{u"main"_s, u"bob"_s, u"kicked"_s});
    QVERIFY(!model.people(u"main"_s)->find(u"bob"_s));
}

void TestChatModel::keepsWhyOneMayNotSpeak()
{
    ChatModel model;
    model.welcome(welcome({room(u"main"_s)}));
    QSignalSpy changed(&model, &ChatModel::silenceChanged);
    model.setSilence(u"main"_s, Silence{5, u"a\nb"_s});
    model.setSilence(u"nowhere"_s, Silence{5, {}});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.silence(u"Main"_s)->reason, u"a b"_s);
    model.apply(RoomChanged{room(u"main"_s)});
    QVERIFY(!model.silence(u"main"_s));
    QCOMPARE(changed.size(), 2);
    model.setLevel(u"main"_s, NotifyLevel::Mentions);
    QCOMPARE(model.rooms()->find(u"main"_s)->level, NotifyLevel::Mentions);
}

void TestChatModel::isToldThatOneIsMuted()
{
    ChatModel model;
    RoomState muted = room(u"main"_s);
    muted.isMuted = true;
    muted.mutedUntil = 5000;
    muted.mutedReason = u"sp\nam"_s;
    model.welcome(welcome({muted, room(u"tea"_s)}));
    QCOMPARE(model.silence(u"main"_s), (Silence{5000, u"sp am"_s, {}, true}));
    QVERIFY(!model.silence(u"tea"_s));
    Notice notice{
            .text = u"x"_s, .level = {}, .kind = u"muted"_s, .room = u"Main"_s, .by = u"bob"_s};
    model.apply(notice);
    QCOMPARE(model.silence(u"main"_s)->by, u"bob"_s);
    QVERIFY(!model.silence(u"tea"_s));
    muted.topic = u"New"_s;
    model.apply(RoomChanged{muted}); // which does not say by whom
    QCOMPARE(model.silence(u"main"_s)->by, u"bob"_s);
    model.apply(RoomChanged{room(u"main"_s)});
    QVERIFY(!model.silence(u"main"_s));

    // On the whole server; whether the notice or the rooms come first.
    notice.room.clear();
    notice.by = u"carl"_s;
    model.apply(notice);
    QVERIFY(!model.silence(u"tea"_s));
    muted.room = u"tea"_s;
    model.apply(RoomChanged{muted});
    QCOMPARE(model.silence(u"tea"_s)->by, u"carl"_s);
}

void TestChatModel::knowsWhoCame()
{
    ChatModel model;
    model.welcome(welcome({room(u"main"_s)}));
    model.apply(Entered{.room = u"main"_s,
                        .name = u"bob"_s,
                        .via = u"native"_s,
                        .registered = true,
                        .admin = true,
                        .role = RoomRole::Moderator});
    model.apply(Entered{.room = u"main"_s, .name = u"gus"_s, .via = u"tea"_s});
    const auto bob = model.people(u"main"_s)->find(u"bob"_s);
    QVERIFY(bob->registered && bob->admin && bob->online);
    QCOMPARE(bob->role, RoomRole::Moderator);
    QVERIFY(!model.people(u"main"_s)->find(u"gus"_s)->registered);
}

void TestChatModel::tellsHowSomebodyLeft()
{
    ChatModel model;
    model.welcome(welcome({room(u"main"_s), room(u"@bob"_s)}));
    PersonList both;
    both.room = u"@bob"_s;
    Person bob;
    bob.name = u"bob"_s;
    bob.registered = true;
    both.people = {bob};
    model.applyMembers(u"@bob"_s, both);
    QVERIFY(model.people(u"@bob"_s)->find(u"bob"_s)->online);
    const QList<std::pair<QString, Presence>> ways{
            {QString(), Presence::Left},     {u"logout"_s, Presence::LoggedOut},
            {u"timeout"_s, Presence::Lost},  {u"kicked"_s, Presence::Kicked},
            {u"banned"_s, Presence::Banned}, {u"replaced"_s, Presence::Left}};
    for (const auto &[reason, way] : ways) {
        model.apply(Entered{.room = u"main"_s, .name = u"bob"_s, .via = u"native"_s});
        model.apply(Left{u"main"_s, u"bob"_s, reason});
        const TranscriptModel *transcript = model.transcript(u"main"_s);
        QCOMPARE(transcript->row(transcript->rowCount() - 1).presence.last().last, way);
        QCOMPARE(model.people(u"@bob"_s)->find(u"bob"_s)->online, reason.isEmpty());
    }
}

void TestChatModel::understandsInvitations()
{
    ChatModel model;
    model.welcome(welcome({room(u"main"_s)}));
    QSignalSpy invited(&model, &ChatModel::invited);
    QSignalSpy noticed(&model, &ChatModel::noticed);
    // Words alone are no invitation, whatever they say.
    model.apply(Notice{u"bob invites you to garden: join garden"_s, u"info"_s});
    model.apply(Notice{.text = u"x"_s, .level = {}, .kind = u"invited"_s, .room = u"a b"_s});
    QCOMPARE(invited.size(), 0);
    QCOMPARE(noticed.size(), 1);
    model.apply(Notice{.text = u"x"_s,
                       .level = {},
                       .kind = u"invited"_s,
                       .room = u"\u82b1\u56ed"_s,
                       .by = u"bob"_s});
    QCOMPARE(invited.size(), 1);
    QCOMPARE(invited.first().first().value<Invitation>(),
             (Invitation{u"bob"_s, u"\u82b1\u56ed"_s}));
    model.setIgnored({u"Bob"_s});
    model.apply(Notice{.text = u"x"_s,
                       .level = {},
                       .kind = u"invited"_s,
                       .room = u"cellar"_s,
                       .by = u"bob"_s});
    QCOMPARE(invited.size(), 1);
    QCOMPARE(noticed.size(), 2);
}

QTEST_GUILESS_MAIN(TestChatModel)
#include "tst_chatmodel.moc"
