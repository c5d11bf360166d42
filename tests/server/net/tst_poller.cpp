#include "tests/server/net/ear.h"
#include "tests/server/net/testedreadyset.h"

#include <QTest>
#include <QTimer>

#include <memory>
#include <thread>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

class TestPoller : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatIsReady()
    {
        Poller poller(testedReadySet());
        Ear ear(poller);
        ear.atReady = [&] { ear.read(); };
        ear.pair.say("x");
        QTRY_COMPARE(ear.ready, 1);
        QCOMPARE(ear.last, PollEvents(PollEvent::Readable));
        QCOMPARE(ear.ends, 0);
    }

    void tellsOfTheEnd()
    {
        Poller poller(testedReadySet());
        Ear ear(poller);
        ear.watch.setInterest({});
        ear.atReady = [&] { ear.watch.unwatch(); };
        ear.pair.closeFar();
        QTRY_COMPARE(ear.ready, 1);
        QVERIFY(ear.last & PollEvent::HungUp);
    }

    /// Both are ready in one round; whoever comes first takes the other away.
    void handlerDestroyedByAnother()
    {
        Poller poller(testedReadySet());
        std::array<std::unique_ptr<Ear>, 2> ears;
        int told = 0;
        for (size_t i = 0; i < 2; ++i) {
            ears[i] = std::make_unique<Ear>(poller);
            ears[i]->atReady = [&, i] {
                ++told;
                ears[1 - i].reset();
                ears[i]->read();
            };
            ears[i]->pair.say("x");
        }
        QTRY_COMPARE(told, 1);
        turn();
        QCOMPARE(told, 1);
    }

    /// The second's descriptor is closed by the first's handler and its number, even its place at
    /// the poller, used again at once: the newcomer must not get the old event.
    void descriptorReusedInARound()
    {
        Poller poller(testedReadySet());
        std::array<std::unique_ptr<Ear>, 2> ears;
        std::unique_ptr<Ear> newcomer;
        int told = 0;
        for (size_t i = 0; i < 2; ++i) {
            ears[i] = std::make_unique<Ear>(poller);
            ears[i]->atReady = [&, i] {
                ++told;
                const int number = ears[1 - i]->pair.near();
                ears[1 - i].reset();
                newcomer = std::make_unique<Ear>(poller);
                QCOMPARE(newcomer->pair.near(), number);
                ears[i]->read();
            };
            ears[i]->pair.say("x");
        }
        QTRY_COMPARE(told, 1);
        turn();
        QCOMPARE(newcomer->ready, 0);
        newcomer->atReady = [&] { newcomer->read(); };
        newcomer->pair.say("x");
        QTRY_COMPARE(newcomer->ready, 1);
    }

    void unwatchedInARound()
    {
        Poller poller(testedReadySet());
        Ear one(poller);
        Ear other(poller);
        int told = 0;
        one.atReady = [&] {
            ++told;
            other.watch.unwatch();
            one.read();
        };
        other.atReady = [&] {
            ++told;
            one.watch.unwatch();
            other.read();
        };
        one.pair.say("x");
        other.pair.say("x");
        QTRY_COMPARE(told, 1);
        turn();
        QCOMPARE(told, 1);
    }

    /// Ready ones, then the tasks they have posted and the tasks of those, then the writing.
    void order()
    {
        Poller poller(testedReadySet());
        Ear ear(poller);
        QStringList done;
        ear.atReady = [&] {
            ear.read();
            ear.watch.mark();
            poller.post([&] {
                done << u"task 1"_s;
                poller.post([&] { done << u"nested"_s; });
                QCOMPARE(done.last(), u"task 1"_s);
            });
            poller.post([&] { done << u"task 2"_s; });
            QVERIFY(poller.inRound());
            done << u"ready"_s;
        };
        ear.atEnd = [&] {
            done << u"end"_s;
            if (ear.ends == 1)
                poller.post([&] { done << u"late"_s; });
            if (ear.ends < 3)
                ear.watch.mark();
        };
        ear.pair.say("x");
        QTRY_COMPARE(done.join(u", "_s), u"ready, task 1, task 2, nested, end, late, end, end"_s);
        QCOMPARE(ear.ready, 1);
    }

    void outsideARound()
    {
        Poller poller(testedReadySet());
        Ear ear(poller);
        QStringList done;
        poller.post([&] { done << u"1"_s; });
        ear.watch.mark();
        ear.watch.mark();
        poller.post([&] { done << u"2"_s; });
        ear.atEnd = [&] { done << u"end"_s; };
        QVERIFY(done.isEmpty());
        turn();
        QCOMPARE(done.join(u' '), u"1 2 end"_s);
        turn();
        QCOMPARE(ear.ends, 1);
    }

    void markedAndGone()
    {
        Poller poller(testedReadySet());
        auto ear = std::make_unique<Ear>(poller);
        ear->watch.mark();
        ear.reset();
        turn();
    }

    void markedWithoutDescriptor()
    {
        Poller poller(testedReadySet());
        Ear ear(poller);
        ear.watch.unwatch();
        ear.watch.mark();
        turn();
        QCOMPARE(ear.ends, 1);
    }

    /// Work that brings work without end, and a descriptor that is always ready.
    void timersAreNotStarved()
    {
        Poller poller(testedReadySet());
        Ear busy(poller);
        busy.pair.say("x"); // never read
        busy.atReady = [&] { busy.watch.mark(); };
        busy.atEnd = [&] { busy.watch.mark(); };
        std::function<void()> again = [&] { poller.post(again); };
        poller.post(again);
        int fired = 0;
        QTimer timer;
        timer.callOnTimeout([&] { ++fired; });
        timer.start(0);
        QTRY_VERIFY(fired > 3 && busy.ready > 3);
        again = nullptr;
    }

    void writableOnlyWhenAsked()
    {
        Poller poller(testedReadySet());
        Ear ear(poller);
        ear.atReady = [&] { ear.watch.setInterest(PollEvent::Readable); };
        turn();
        QCOMPARE(ear.ready, 0);
        ear.watch.setInterest({PollEvent::Readable, PollEvent::Writable});
        QTRY_COMPARE(ear.ready, 1);
        QCOMPARE(ear.last, PollEvents(PollEvent::Writable));
        turn();
        QCOMPARE(ear.ready, 1);
    }

    void fromAnotherThread()
    {
        Poller poller(testedReadySet());
        constexpr int count = 10'000;
        QList<int> done;
        std::thread other([&] {
            for (int i = 0; i < count; ++i)
                poller.post([&, i] { done.append(i); });
        });
        QTRY_COMPARE(done.size(), count);
        other.join();
        QVERIFY(std::is_sorted(done.begin(), done.end()));
    }

    void manyAtOnce()
    {
        Poller poller(testedReadySet());
        std::vector<std::unique_ptr<Ear>> ears;
        int told = 0;
        for (int i = 0; i < 400; ++i) {
            Ear &ear = *ears.emplace_back(std::make_unique<Ear>(poller));
            ear.atReady = [&told, &ear] {
                ++told;
                ear.read();
            };
            ear.pair.say("x");
        }
        QTRY_COMPARE(told, 400);
    }
};

QTEST_GUILESS_MAIN(TestPoller)
#include "tst_poller.moc"
