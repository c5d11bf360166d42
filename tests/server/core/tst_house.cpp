#include "server/core/house.h"
#include "tests/support/recordingsink.h"
#include "tests/support/testserver.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

const ListRange everything{{}, limits::page};

QStringList names(const PersonList &list)
{
    QStringList names;
    for (const Person &person : list.people)
        names += person.name;
    return names;
}

} // namespace

class TestHouse : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        server = std::make_unique<TestServer>();
        for (RecordingSink &sink : sinks)
            sink.take();
    }

    void aGuestEntersMain()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        const SessionId bob = logIn(1, u"bob"_s);
        QCOMPARE(sinks[0].take(),
                 (QStringList{u"ann enters main via test (own)"_s, u"bob enters main via test"_s}));
        QCOMPARE(sinks[1].take(), QStringList{u"bob enters main via test (own)"_s});
        QCOMPARE(names(*house().look(ann, u"main"_s, everything)),
                 (QStringList{u"ann"_s, u"bob"_s}));
        house().end(bob, u"timeout"_s, server->now);
        QCOMPARE(sinks[0].take(), QStringList{u"bob leaves main: timeout"_s});
        house().end(bob, {}, server->now);
        QVERIFY(sinks[0].take().isEmpty());
        QCOMPARE(names(house().who(everything)), QStringList{u"ann"_s});
    }

    void nothingIsAllowedBeforeLogin()
    {
        const SessionId session = open(0);
        QCOMPARE(house().join(session, u"main"_s, 0).error().code, ErrorCode::LoginRequired);
        QCOMPARE(create(*server, session, {u"x"_s, {}}).error().code, ErrorCode::LoginRequired);
        QCOMPARE(house().leave(session, u"main"_s, 0).error().code, ErrorCode::LoginRequired);
        QCOMPARE(house().look(session, u"main"_s, everything).error().code,
                 ErrorCode::LoginRequired);
        QCOMPARE(house().setAway(session, u"x"_s).error().code, ErrorCode::LoginRequired);
        QCOMPARE(say(session, u"main"_s, u"x"_s), u"login-required"_s);
    }

    void aNameIsHeldWhileConnected()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        QCOMPARE(house().login(open(1), u"Ann"_s, {}, server->now).error(),
                 (Error{.code = ErrorCode::NameTaken, .subject = u"Ann"_s}));
        QCOMPARE(house().login(ann, u"bob"_s, {}, server->now).error().code,
                 ErrorCode::AlreadyLoggedIn);
        house().end(ann, {}, server->now);
        QVERIFY(house().login(open(2), u"ann"_s, {}, server->now).ok());
    }

    void resumeReplacesWithoutLeaveAndEnter()
    {
        const SessionId first = open(0);
        const Result<Welcome> welcome = house().login(first, u"ann"_s, {}, server->now);
        QVERIFY(create(*server, first, {u"garden"_s, {}}).ok());
        const SessionId bob = logIn(1, u"bob"_s);
        QVERIFY(house().join(bob, u"garden"_s, server->now).ok());
        sinks[0].take();
        sinks[1].take();
        const SessionId second = open(2);
        const Result<Welcome> again = house().login(second, u"ann"_s, welcome->resume, server->now);
        QVERIFY(again.ok());
        QCOMPARE(again->rooms.size(), 2);
        QCOMPARE(sinks[0].take(), QStringList{u"replaced!"_s});
        QVERIFY(sinks[1].take().isEmpty());
        // The old connection ends without ending the guest.
        house().end(first, {}, server->now);
        QVERIFY(sinks[1].take().isEmpty());
        QCOMPARE(say(bob, u"garden"_s, u"hi"_s), u"1"_s);
        QVERIFY(sinks[0].take().isEmpty());
        QCOMPARE(sinks[2].take(), QStringList{u"garden 1 bob: hi"_s});
    }

    void aSecretAloneBringsTheGuestBack()
    {
        const SessionId first = open(0);
        const QString secret = house().login(first, u"ann"_s, {}, server->now)->resume;
        // While the old connection stands, and after it.
        const SessionId second = open(1);
        QCOMPARE(house().login(second, {}, secret, server->now)->user.name, u"ann"_s);
        QVERIFY(sinks[0].take().contains(u"replaced!"_s));
        house().end(second, {}, server->now);
        const SessionId third = open(2);
        const Result<Welcome> back = house().login(third, {}, secret, server->now);
        QCOMPARE(back->user.name, u"ann"_s);
        QCOMPARE(back->resume, secret);
        // Somebody else has the name now.
        house().end(third, {}, server->now);
        const SessionId other = logIn(0, u"Ann"_s);
        QCOMPARE(house().login(open(1), {}, secret, server->now).error().code,
                 ErrorCode::NameTaken);
        house().end(other, {}, server->now);
        server->now += 24 * 3600 * 1000 + 1;
        house().tick(server->now);
        const Error late = house().login(open(1), {}, secret, server->now).error();
        QCOMPARE(late.code, ErrorCode::NameEmpty);
        QVERIFY(sentence(late).contains(u"resume"_s));
        QCOMPARE(sentence(house().login(open(2), {}, {}, server->now).error()),
                 u"Please enter a name"_s);
    }

    void aWrongSecretIsASecondGuestOfThatName()
    {
        logIn(0, u"ann"_s);
        QCOMPARE(house().login(open(1), u"ann"_s, u"guess"_s, server->now).error().code,
                 ErrorCode::NameTaken);
    }

    void aDepartedGuestComesBackWithin24Hours()
    {
        const SessionId first = open(0);
        const QString secret = house().login(first, u"ann"_s, {}, server->now)->resume;
        const SessionId bob = logIn(1, u"bob"_s);
        QCOMPARE(message(first, u"bob"_s, u"psst"_s), u"1"_s);
        house().end(first, {}, server->now);
        const qint64 day = 24 * 3600 * 1000;
        server->now += day;
        house().tick(server->now);
        const Result<Welcome> back = house().login(open(2), u"ann"_s, secret, server->now);
        QCOMPARE(back->rooms.last().room, u"@bob"_s);
        QCOMPARE(back->rooms.last().last, 1u);
        Q_UNUSED(bob)
    }

    void aClockThatIsNotBelievedForgetsNobody()
    {
        const SessionId first = open(0);
        const QString secret = house().login(first, u"ann"_s, {}, server->now)->resume;
        logIn(1, u"bob"_s);
        const qint64 before = server->now;
        const qint64 year = 365LL * 24 * 3600 * 1000;
        // It was at 1970 when she left, and is a year ahead for a while.
        house().tick(Times(1000, before));
        house().end(first, {}, 1000);
        house().tick(before + 1000);
        house().tick(Times(before + year, before + 2000));
        const Result<Welcome> back = house().login(open(2), u"ann"_s, secret, before + year);
        QCOMPARE(back->resume, secret);
    }

    void anEmptyRoomOutlivesAJumpOfTheClock()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        QVERIFY(create(*server, ann, {u"garden"_s, {}}).ok());
        QVERIFY(house().leave(ann, u"garden"_s, server->now).ok());
        const qint64 year = 365LL * 24 * 3600 * 1000;
        house().tick(server->now);
        house().tick(Times(server->now + year, server->now + 1000));
        QCOMPARE(house().rooms(ann, everything).rooms.size(), 2);
    }

    void afterThatTheGuestIsForgotten()
    {
        const SessionId first = open(0);
        const QString secret = house().login(first, u"ann"_s, {}, server->now)->resume;
        logIn(1, u"bob"_s);
        message(first, u"bob"_s, u"psst"_s);
        house().end(first, {}, server->now);
        sinks[1].take();
        server->now += 24 * 3600 * 1000 + 1;
        house().tick(server->now);
        QCOMPARE(sinks[1].take(), QStringList{u"room @ann is gone"_s});
        const Result<Welcome> next = house().login(open(2), u"ann"_s, secret, server->now);
        QVERIFY(next->resume != secret);
        QCOMPARE(next->rooms.size(), 1);
    }

    void theNextGuestOfANameIsAnother()
    {
        const SessionId first = open(0);
        const QString secret = house().login(first, u"ann"_s, {}, server->now)->resume;
        const SessionId bob = logIn(1, u"bob"_s);
        message(first, u"bob"_s, u"psst"_s);
        house().end(first, {}, server->now);
        QCOMPARE(say(bob, u"@ann"_s, u"still there?"_s), u"no-such-user"_s);
        const SessionId second = logIn(2, u"ann"_s);
        sinks[1].take();
        QCOMPARE(message(bob, u"ann"_s, u"who are you?"_s), u"1"_s);
        QCOMPARE(sinks[1].take(),
                 (QStringList{u"room @ann is gone"_s, u"room @ann (own)"_s,
                              u"@ann 1 bob: who are you? (own)"_s}));
        QCOMPARE(historyOf(second, u"@bob"_s), QStringList{u"who are you?"_s});
        // What was said to the first one waits for the first one.
        house().end(second, {}, server->now);
        sinks[1].take();
        const SessionId again = open(0);
        QVERIFY(house().login(again, u"ann"_s, secret, server->now).ok());
        server->executor.run(); // what is unread is counted
        QCOMPARE(sinks[1].take(),
                 (QStringList{u"ann enters main via test"_s, u"room @ann is gone"_s,
                              u"room @ann"_s}));
        QCOMPARE(historyOf(again, u"@bob"_s), QStringList{u"psst"_s});
        QCOMPARE(historyOf(bob, u"@ann"_s), QStringList{u"psst"_s});
    }

    void conversationsDoNotCountAsRooms()
    {
        server = std::make_unique<TestServer>(HouseSettings{2, limits::announceUpTo});
        const SessionId ann = logIn(0, u"ann"_s);
        for (const QString &name : {u"bob"_s, u"cat"_s, u"dog"_s}) {
            logIn(1, name);
            QCOMPARE(message(ann, name, u"hi"_s), u"1"_s);
        }
        QVERIFY(create(*server, ann, {u"garden"_s, {}}).ok());
    }

    void anObjectSessionNamesItsRoom()
    {
        const SessionId ann = logIn(0, u"ann"_s, Form::Object);
        QCOMPARE(say(ann, {}, u"where?"_s), u"no-such-room"_s);
    }

    void aTextThatCannotBeANameIsNotLookedAtWhole()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        const QString marks = u'a' + QString(32 * 1024, QChar(0x301)) + QString(8000, QChar(0x323));
        QCOMPARE(house().join(ann, marks, 0).error().code, ErrorCode::NoSuchRoom);
        QCOMPARE(message(ann, marks, u"x"_s), u"no-such-user"_s);
        QCOMPARE(house().login(open(1), marks, {}, 0).error().code, ErrorCode::NameInvalid);
        QCOMPARE(create(*server, ann, {marks, {}}).error().code, ErrorCode::NameInvalid);
    }

    void aMessageHasALimitOfLines()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        const auto lines = [](int count) { return QString(count - 1, u'\n') + u"end"_s; };
        QCOMPARE(say(ann, u"main"_s, lines(limits::messageLines - 1)), u"1"_s);
        QCOMPARE(say(ann, u"main"_s, lines(limits::messageLines)), u"2"_s);
        QCOMPARE(say(ann, u"main"_s, lines(limits::messageLines + 1)), u"too-many"_s);
    }

    void whatTheStoreDroppedIsToldAsGone()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        const int dropped = 3;
        for (int i = 0; i < limits::memoryItemsPerRoom + dropped; ++i)
            say(ann, u"main"_s, u"x"_s);
        Item first;
        house().history(ann, u"main"_s, {.after = 1, .forwards = true, .limit = 10},
                        [&](const Result<HistoryPage> &page) { first = page->items.first(); });
        server->executor.run();
        QCOMPARE(first.kind, ItemKind::Gone);
        QCOMPARE(first.seq, 2u);
        QCOMPARE(first.to, quint64(dropped));
    }

    void aQuietRoomTellsWhatHasExpired()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        bool isMade = false;
        house().create(ann, {.name = u"garden"_s, .retention = 1}, server->now,
                       [&](const Result<RoomState> &made) { isMade = made.ok(); });
        server->executor.run();
        QVERIFY(isMade);
        QCOMPARE(say(ann, u"garden"_s, u"x"_s), u"1"_s);
        const SessionId bob = logIn(1, u"bob"_s);
        QCOMPARE(house().join(bob, u"garden"_s, server->now)->first, 1u);
        QVERIFY(house().leave(bob, u"garden"_s, server->now).ok());
        server->now += 24 * 3600 * 1000 + 1;
        house().tick(server->now);
        server->executor.run();
        const RoomState state = *house().join(bob, u"garden"_s, server->now);
        QCOMPARE(state.first, 0u);
        QCOMPARE(state.last, 1u);
    }

    void aPrivateConversationIsCalledByTheOther()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        const SessionId bob = logIn(1, u"bob"_s);
        logIn(2, u"cat"_s);
        for (RecordingSink &sink : sinks)
            sink.take();
        QCOMPARE(message(ann, u"BOB"_s, u"psst"_s), u"1"_s);
        QCOMPARE(sinks[0].take(), (QStringList{u"room @bob (own)"_s, u"@bob 1 ann: psst (own)"_s}));
        QCOMPARE(sinks[1].take(), (QStringList{u"room @ann"_s, u"@ann 1 ann: psst"_s}));
        QVERIFY(sinks[2].take().isEmpty());
        QCOMPARE(say(bob, u"@ann"_s, u"yes?"_s), u"2"_s);
        QCOMPARE(sinks[0].take(), QStringList{u"@bob 2 bob: yes?"_s});
        QCOMPARE(historyOf(ann, u"@bob"_s), (QStringList{u"psst"_s, u"yes?"_s}));
        QCOMPARE(names(*house().look(ann, u"@bob"_s, everything)),
                 (QStringList{u"ann"_s, u"bob"_s}));
    }

    void aLineSessionSitsInOneRoom()
    {
        const SessionId ann = logIn(0, u"ann"_s, Form::Line);
        const SessionId bob = logIn(1, u"bob"_s, Form::Object);
        QVERIFY(create(*server, ann, {u"garden"_s, u"quiet"_s}).ok());
        QVERIFY(house().join(bob, u"garden"_s, server->now).ok());
        QCOMPARE(say(ann, {}, u"here"_s), u"1"_s);
        QCOMPARE(historyOf(bob, u"garden"_s), QStringList{u"here"_s});
        QCOMPARE(names(*house().look(bob, u"main"_s, everything)), QStringList{u"bob"_s});
        QCOMPARE(say(ann, u"main"_s, u"x"_s), u"not-member"_s);
        QCOMPARE(house().join(ann, u"garden"_s, server->now)->members, 2);
    }

    void roomsAreRefusedWithTheirReason()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        QCOMPARE(house().join(ann, u"nowhere"_s, 0).error().code, ErrorCode::NoSuchRoom);
        QCOMPARE(create(*server, ann, {u"a b"_s, {}}).error().code, ErrorCode::NameInvalid);
        QCOMPARE(create(*server, ann, {u"Main"_s, {}}).error().code, ErrorCode::AlreadyExists);
        const auto topic = [](int length) { return QString(length, u'x'); };
        QVERIFY(create(*server, ann, {u"t1"_s, topic(limits::topic - 1)}).ok());
        QVERIFY(create(*server, ann, {u"t2"_s, topic(limits::topic)}).ok());
        QCOMPARE(create(*server, ann, {u"t3"_s, topic(limits::topic + 1)}).error().code,
                 ErrorCode::TooLong);
        QCOMPARE(house().leave(ann, u"t3"_s, 0).error().code, ErrorCode::NoSuchRoom);
        QVERIFY(house().leave(ann, u"t2"_s, server->now).ok());
        QCOMPARE(house().leave(ann, u"t2"_s, 0).error().code, ErrorCode::NotMember);
    }

    void aUserIsInAtMostSoManyRooms()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        for (int i = 1; i < limits::roomsPerUser; ++i) {
            QVERIFY(house().keepRoom(u"room%1x"_s.arg(i)).ok());
            QVERIFY(house().join(ann, u"room%1x"_s.arg(i), server->now).ok());
        }
        QCOMPARE(create(*server, ann, {u"more"_s, {}}).error().code, ErrorCode::TooMany);
        const SessionId bob = logIn(1, u"bob"_s);
        QVERIFY(create(*server, bob, {u"more"_s, {}}).ok());
        QCOMPARE(house().join(ann, u"more"_s, server->now).error().code, ErrorCode::TooMany);
        QVERIFY(house().leave(ann, u"main"_s, server->now).ok());
        QVERIFY(house().join(ann, u"more"_s, server->now).ok());
    }

    /// What is on its way while the store counts is either counted or comes as an event.
    void unreadIsCountedUpToTheLastNumberTold()
    {
        const SessionId first = open(0);
        const QString secret = house().login(first, u"ann"_s, {}, server->now)->resume;
        const SessionId bob = logIn(1, u"bob"_s);
        house().end(first, {}, server->now);
        QCOMPARE(say(bob, u"main"_s, u"one"_s), u"1"_s);
        const auto sayLater = [&](const QString &text) {
            house().say(bob, u"main"_s, {.text = text}, [](const Result<Said> &) {});
        };
        sayLater(u"two, ann"_s);
        const SessionId again = open(2);
        const Result<Welcome> welcome = house().login(again, u"ann"_s, secret, server->now);
        sinks[2].take();
        RoomState main;
        QStringList before;
        house().countUnread(again, welcome->rooms, [&](const QList<RoomState> &rooms) {
            main = rooms.first();
            before = sinks[2].take();
        });
        sayLater(u"three, ann"_s);
        server->executor.run();
        const qsizetype behind = sinks[2].take().size();
        QCOMPARE(main.last + quint64(behind), 3u);
        QCOMPARE(main.unread, int(main.last));
        QCOMPARE(main.mentions, int(main.last) - 1);
    }

    void anEditMeansWhomItNames()
    {
        const SessionId first = open(0);
        const QString secret = house().login(first, u"ann"_s, {}, server->now)->resume;
        const SessionId bob = logIn(1, u"bob"_s);
        house().end(first, {}, server->now);
        QCOMPARE(say(bob, u"main"_s, u"@ann lokk"_s), u"1"_s);
        QCOMPARE(said([&](House::SaidThen then) {
                     house().edit(bob, u"main"_s, 1, u"@ann look"_s, std::move(then));
                 }),
                 u"2"_s);
        const SessionId again = open(0);
        const Result<Welcome> welcome = house().login(again, u"ann"_s, secret, server->now);
        QList<RoomState> rooms;
        house().countUnread(again, welcome->rooms,
                            [&](QList<RoomState> r) { rooms = std::move(r); });
        server->executor.run();
        QCOMPARE(rooms.first().mentions, 1);
    }

    void aSearchHasALimit()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        const auto search = [&](int length) {
            std::optional<ErrorCode> refused;
            SearchQuery query;
            query.text = QString(length, u'x');
            query.limit = 1;
            house().search(ann, query, [&](const Result<SearchPage> &page) {
                if (!page)
                    refused = page.error().code;
            });
            server->executor.run();
            return refused;
        };
        QCOMPARE(search(limits::searchText - 1), std::nullopt);
        QCOMPARE(search(limits::searchText), std::nullopt);
        QCOMPARE(search(limits::searchText + 1), ErrorCode::TooLong);
    }

    void aRoomTakesAtMostSoManyMembers()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        QVERIFY(create(*server, ann, {u"garden"_s, {}}).ok());
        SessionId last = 0;
        for (int i = 2; i <= limits::roomMembers; ++i) {
            last = logIn(1, u"crowd-%1"_s.arg(i));
            QVERIFY(house().join(last, u"garden"_s, server->now).ok());
        }
        const SessionId late = logIn(2, u"late"_s);
        const Error refused = house().join(late, u"garden"_s, server->now).error();
        QCOMPARE(refused.code, ErrorCode::RoomFull);
        QCOMPARE(refused.number, qint64(limits::roomMembers));
        QVERIFY(house().leave(last, u"garden"_s, server->now).ok());
        QVERIFY(house().join(late, u"garden"_s, server->now).ok());
        // main takes everybody.
        QCOMPARE(house().join(late, u"main"_s, server->now)->members, limits::roomMembers + 1);
    }

    void soManyGuestsMayComeBack_data()
    {
        QTest::addColumn<int>("departed");
        QTest::addColumn<bool>("firstMayComeBack");
        QTest::newRow("one fewer") << limits::departedGuests - 1 << true;
        QTest::newRow("as many") << limits::departedGuests << true;
        QTest::newRow("one more") << limits::departedGuests + 1 << false;
    }
    void soManyGuestsMayComeBack()
    {
        QFETCH(int, departed);
        QFETCH(bool, firstMayComeBack);
        QString secret;
        for (int i = 0; i < departed; ++i) {
            const SessionId session = open(0);
            const QString resume = house().login(session, u"guest-%1-x"_s.arg(i), {}, server->now)
                                           ->resume;
            secret = i == 0 ? resume : secret;
            house().end(session, {}, server->now);
            sinks[0].take();
        }
        house().tick(server->now);
        const Result<Welcome> back = house().login(open(1), u"guest-0-x"_s, secret, server->now);
        QCOMPARE(back->resume == secret, firstMayComeBack);
    }

    void thereAreAtMostSoManyRooms()
    {
        server = std::make_unique<TestServer>(HouseSettings{3, limits::announceUpTo});
        const SessionId ann = logIn(0, u"ann"_s);
        QVERIFY(create(*server, ann, {u"second"_s, {}}).ok());
        QVERIFY(create(*server, ann, {u"third"_s, {}}).ok());
        QCOMPARE(create(*server, ann, {u"fourth"_s, {}}).error().code, ErrorCode::TooMany);
    }

    void anEmptyRoomVanishesAfterAnHour()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        QVERIFY(create(*server, ann, {u"garden"_s, {}}).ok());
        QCOMPARE(say(ann, u"garden"_s, u"hi"_s), u"1"_s);
        QVERIFY(house().leave(ann, u"garden"_s, server->now).ok());
        QVERIFY(house().leave(ann, u"main"_s, server->now).ok());
        const qint64 hour = 3600 * 1000;
        server->now += hour - 1;
        house().tick(server->now);
        QCOMPARE(house().rooms(ann, everything).rooms.size(), 2);
        server->now += 1;
        house().tick(server->now);
        QCOMPARE(house().rooms(ann, everything).rooms.size(), 1);
        QCOMPARE(house().rooms(ann, everything).rooms.first().room, u"main"_s);
        QVERIFY(create(*server, ann, {u"garden"_s, {}}).ok());
    }

    void largeRoomsAreCounted()
    {
        server = std::make_unique<TestServer>(HouseSettings{limits::rooms, 10});
        const SessionId first = logIn(0, u"first"_s);
        std::vector<SessionId> crowd;
        for (int i = 0; i < 9; ++i)
            crowd.push_back(logIn(1, u"crowd-%1"_s.arg(QChar(u'a' + i))));
        sinks[0].take();
        crowd.push_back(logIn(1, u"eleventh"_s));
        QVERIFY(sinks[0].take().isEmpty());
        house().tick(server->now);
        QCOMPARE(sinks[0].take(), QStringList{u"main has 11"_s});
        house().tick(server->now);
        QVERIFY(sinks[0].take().isEmpty());
        // Told one by one again only when clearly smaller: below nine of ten.
        for (int i = 0; i < 2; ++i)
            house().end(crowd.at(size_t(i)), {}, server->now);
        QVERIFY(sinks[0].take().isEmpty());
        house().end(crowd.at(2), {}, server->now);
        house().end(crowd.at(3), {}, server->now);
        QCOMPARE(sinks[0].take(), QStringList{u"crowd-d leaves main"_s});
        // Those who left untold are in the count.
        house().tick(server->now);
        QCOMPARE(sinks[0].take(), QStringList{u"main has 7"_s});
        Q_UNUSED(first)
    }

    void messagesHaveALimit()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        const QString longest(limits::messageText, u'x');
        QCOMPARE(say(ann, u"main"_s, longest.chopped(1)), u"1"_s);
        QCOMPARE(say(ann, u"main"_s, longest), u"2"_s);
        QCOMPARE(say(ann, u"main"_s, longest + u'x'), u"too-long"_s);
        QString tea;
        for (int i = 0; i < limits::messageText; ++i)
            tea += u"🍵"_s;
        QCOMPARE(say(ann, u"main"_s, tea), u"3"_s);
        QCOMPARE(message(ann, u"nobody"_s, u"x"_s), u"no-such-user"_s);
        QCOMPARE(message(ann, u"ann"_s, u"x"_s), u"bad-request"_s);
    }

    void aTopicIsANumberedItem()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        sinks[0].take();
        TopicShown shown;
        house().setTopic(ann, u"MAIN"_s, u" green\ntea "_s,
                         [&](const Result<TopicShown> &result) { shown = *result; });
        server->executor.run();
        QCOMPARE(sinks[0].take(), QStringList{u"main 1 ann: green tea (own)"_s});
        QCOMPARE(shown, (TopicShown{u"main"_s, u"green tea"_s}));
        QCOMPARE(house().topic(ann, u"main"_s)->topic, u"green tea"_s);
        QCOMPARE(house().rooms(ann, everything).rooms.first().topic, u"green tea"_s);
    }

    void awayIsToldOnceToEverybodyWhoSharesARoom()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        const SessionId bob = logIn(1, u"bob"_s);
        QVERIFY(create(*server, ann, {u"garden"_s, {}}).ok());
        QVERIFY(house().join(bob, u"garden"_s, 0).ok());
        sinks[0].take();
        sinks[1].take();
        QVERIFY(house().setAway(ann, u"tea"_s).ok());
        QCOMPARE(sinks[0].take(), QStringList{u"ann is away: tea (own)"_s});
        QCOMPARE(sinks[1].take(), QStringList{u"ann is away: tea"_s});
        QVERIFY(house().setAway(ann, u"tea"_s).ok());
        QVERIFY(sinks[1].take().isEmpty());
        QCOMPARE(house().look(bob, u"main"_s, everything)->people.first().away, u"tea"_s);
        QVERIFY(house().setAway(ann, QString(limits::awayText, u'x')).ok());
        QCOMPARE(house().setAway(ann, QString(limits::awayText + 1, u'x')).error().code,
                 ErrorCode::TooLong);
    }

    void listsComePageByPage()
    {
        for (const QString &name : {u"ann"_s, u"bob"_s, u"cat"_s})
            logIn(0, name);
        const SessionId dog = logIn(1, u"dog"_s);
        const Result<PersonList> first = house().look(dog, u"main"_s, {{}, 3});
        QCOMPARE(names(*first), (QStringList{u"ann"_s, u"bob"_s, u"cat"_s}));
        QVERIFY(first->more);
        const Result<PersonList> second = house().look(dog, u"main"_s, {first->next, 3});
        QCOMPARE(names(*second), QStringList{u"dog"_s});
        QVERIFY(!second->more);
        QCOMPARE(names(house().who({house().who({{}, 2}).next, 2})),
                 (QStringList{u"cat"_s, u"dog"_s}));
        QVERIFY(create(*server, dog, {u"garden"_s, {}}).ok());
        const RoomList rooms = house().rooms(dog, {{}, 1});
        QCOMPARE(rooms.rooms.first().room, u"garden"_s);
        QVERIFY(rooms.more);
        QCOMPARE(house().rooms(dog, {rooms.next, 1}).rooms.first().room, u"main"_s);
    }

    void anEventIsEncodedOnceForAllWhoSpeakAlike()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        for (int i = 0; i < 50; ++i)
            logIn(1, u"crowd-%1"_s.arg(i));
        const int before = encoder.encoded();
        QCOMPARE(say(ann, u"main"_s, u"hi"_s), u"1"_s);
        QCOMPARE(encoder.encoded() - before, 2); // for the speaker, and for all others
    }

    void joiningTellsTheLastNumberDelivered()
    {
        const SessionId ann = logIn(0, u"ann"_s);
        QCOMPARE(say(ann, u"main"_s, u"one"_s), u"1"_s);
        const Result<Welcome> bob = house().login(open(1), u"bob"_s, {}, server->now);
        QCOMPARE(bob->rooms.first().last, 1u);
        QCOMPARE(bob->rooms.first().first, 1u);
        sinks[1].take();
        QCOMPARE(say(ann, u"main"_s, u"two"_s), u"2"_s);
        QCOMPARE(sinks[1].take(), QStringList{u"main 2 ann: two"_s});
    }

private:
    House &house() { return server->house; }

    SessionId open(int sink, Form form = Form::Object)
    {
        return house().open({&sinks[size_t(sink)], &encoder, u"test"_s, form});
    }

    SessionId logIn(int sink, const QString &name, Form form = Form::Object)
    {
        const SessionId session = open(sink, form);
        const Result<Welcome> welcome = house().login(session, name, {}, server->now);
        if (!welcome)
            qFatal("%s is refused: %s", qPrintable(name), qPrintable(sentence(welcome.error())));
        return session;
    }

    /// The number, or the error's name.
    QString say(SessionId session, const QString &room, const QString &text)
    {
        return said([&](House::SaidThen then) {
            house().say(session, room, {.text = text}, std::move(then));
        });
    }

    QString message(SessionId session, const QString &to, const QString &text)
    {
        return said([&](House::SaidThen then) {
            house().message(session, to, {.text = text}, std::move(then));
        });
    }

    QString said(const std::function<void(House::SaidThen)> &call)
    {
        QString outcome;
        call([&](const Result<Said> &said) {
            outcome = said ? QString::number(said->seq) : QString(errorName(said.error().code));
        });
        server->executor.run();
        return outcome;
    }

    QStringList historyOf(SessionId session, const QString &room)
    {
        QStringList texts;
        house().history(session, room, {.limit = limits::page},
                        [&](const Result<HistoryPage> &page) {
                            for (const Item &item : page->items) {
                                QCOMPARE(item.room, room);
                                texts += item.text;
                            }
                        });
        server->executor.run();
        return texts;
    }

    WordEncoder encoder;
    std::array<RecordingSink, 3> sinks;
    std::unique_ptr<TestServer> server;
};

QTEST_GUILESS_MAIN(TestHouse)
#include "tst_house.moc"
