#include "server/commands/requestqueue.h"
#include "tests/support/recordingsink.h"
#include "tests/support/testserver.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

QString outcome(const Request &request, const Reply &reply)
{
    if (!reply)
        return request.verb + u": "_s + errorName(reply.error().code);
    if (const auto *said = std::get_if<Said>(&reply.value()))
        return u"%1: %2"_s.arg(request.verb).arg(said->seq);
    return request.verb;
}

Request request(const QString &verb, const QString &line = {})
{
    Request request;
    request.verb = verb;
    request.line = line;
    return request;
}

} // namespace

class TestRequestQueue : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        server = std::make_unique<TestServer>();
        sink.take();
        answers.clear();
        session = server->house.open({&sink, &encoder, u"test"_s, Form::Line});
        queue = std::make_unique<RequestQueue>(server->dispatcher, session,
                                               [this](const Request &asked, const Reply &reply) {
                                                   answers += outcome(asked, reply);
                                               });
        submit(u"login"_s, u"ann"_s);
        answers.clear();
    }

    void messagesAreUnderWayTogetherAndAnsweredInOrder()
    {
        withoutFloodControl();
        for (int i = 0; i < limits::appendsInFlight; ++i) {
            QVERIFY(queue->accepts());
            submit(u"say"_s, QString::number(i));
        }
        QVERIFY(!queue->accepts());
        QVERIFY(answers.isEmpty());
        QVERIFY(!queue->idle());
        server->executor.run();
        QCOMPARE(answers.size(), limits::appendsInFlight);
        QCOMPARE(answers.first(), u"say: 1"_s);
        QCOMPARE(answers.last(), u"say: %1"_s.arg(limits::appendsInFlight));
        QVERIFY(queue->idle());
    }

    void everythingElseWaitsForEarlierMessages()
    {
        submit(u"say"_s, u"a"_s);
        submit(u"look"_s);
        QVERIFY(answers.isEmpty());
        QVERIFY(!queue->accepts());
        server->executor.run();
        QCOMPARE(answers, (QStringList{u"say: 1"_s, u"look"_s}));
        QVERIFY(queue->accepts());
    }

    void messagesWaitForWhatIsAlone()
    {
        submit(u"last"_s);
        submit(u"say"_s, u"a"_s);
        QVERIFY(!queue->accepts());
        server->executor.run();
        QCOMPARE(answers, (QStringList{u"last"_s, u"say: 1"_s}));
    }

    void pingWaitsForNobodyButKeepsItsPlace()
    {
        submit(u"say"_s, u"a"_s);
        submit(u"ping"_s);
        QVERIFY(queue->accepts());
        server->executor.run();
        QCOMPARE(answers, (QStringList{u"say: 1"_s, u"ping"_s}));
    }

    void aRefusalKeepsItsPlace()
    {
        submit(u"say"_s, u"a"_s);
        submit(u"dance"_s);
        submit(u"say"_s, QString(limits::messageText + 1, u'x'));
        submit(u"say"_s, u"b"_s);
        QVERIFY(answers.isEmpty());
        server->executor.run();
        QCOMPARE(answers,
                 (QStringList{u"say: 1"_s, u"dance: unknown-verb"_s, u"say: too-long"_s,
                              u"say: 2"_s}));
    }

    void floodControlDelaysAndDropsNothing()
    {
        for (int i = 0; i < limits::messageBurst; ++i)
            submit(u"say"_s, QString::number(i));
        server->executor.run();
        QCOMPARE(answers.size(), limits::messageBurst);
        answers.clear();
        submit(u"say"_s, u"one more"_s);
        server->executor.run();
        QVERIFY(answers.isEmpty());
        QVERIFY(!queue->accepts());
        QVERIFY(!queue->idle());
        const Moment now = server->moment();
        const auto later = [&](qint64 passed) { return Moment{now.utc, now.steady + passed}; };
        const auto delay = queue->delay(now);
        QCOMPARE(delay, std::chrono::milliseconds(1000 / limits::messagesPerSecond));
        queue->resume(later(delay.count() - 1));
        server->executor.run();
        QVERIFY(answers.isEmpty());
        queue->resume(later(delay.count()));
        server->executor.run();
        QCOMPARE(answers, QStringList{u"say: %1"_s.arg(limits::messageBurst + 1)});
        QCOMPARE(queue->delay(later(delay.count())), std::chrono::milliseconds(0));
    }

    void whatIsRefusedHasItsPriceToo_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::newRow("unknown") << u"dance"_s;
        QTest::newRow("ping") << u"ping"_s;
        QTest::newRow("query") << u"who"_s;
    }

    void whatIsRefusedHasItsPriceToo()
    {
        QFETCH(QString, verb);
        for (int i = 1; i < limits::queryBurst; ++i) // `login` was one
            submit(verb);
        QCOMPARE(answers.size(), limits::queryBurst - 1);
        submit(verb);
        QCOMPARE(answers.size(), limits::queryBurst - 1);
        QVERIFY(!queue->accepts());
        const auto delay = queue->delay(server->moment());
        QCOMPARE(delay, std::chrono::milliseconds(1000 / limits::queriesPerSecond));
        const Moment now = server->moment();
        queue->resume({now.utc, now.steady + delay.count()});
        QCOMPARE(answers.size(), limits::queryBurst);
    }

    void brokenOnesHaveTheirPriceToo()
    {
        Request broken;
        broken.refusal = Error{.code = ErrorCode::BadRequest};
        for (int i = 1; i < limits::queryBurst; ++i)
            queue->submit(broken, server->moment());
        QVERIFY(queue->accepts());
        queue->submit(broken, server->moment());
        QVERIFY(!queue->accepts());
    }

    /// However many sessions an account has, it says no more.
    void sessionsOfAnAccountShareARate()
    {
        queue->submit(request(u"register"_s, u"correcthorse"_s), server->moment());
        server->executor.run();
        QCOMPARE(answers, QStringList{u"register"_s});
        Peer other(*this, u"ann correcthorse"_s);
        for (int i = 0; i < limits::messageBurst / 2; ++i)
            submit(u"say"_s, QString::number(i));
        server->executor.run();
        int said = 0;
        while (other.queue.accepts()) {
            other.queue.submit(request(u"say"_s, u"x"_s), server->moment());
            server->executor.run();
            ++said;
        }
        // The last one is held back.
        QCOMPARE(said, limits::messageBurst - limits::messageBurst / 2 + 1);
        const auto wait = std::chrono::milliseconds(1000 / limits::messagesPerSecond);
        QCOMPARE(other.queue.delay(server->moment()), wait);
        submit(u"say"_s, u"held back, too"_s);
        QVERIFY(!queue->accepts());
        const Moment later{server->now, server->now + wait.count()};
        queue->resume(later);
        other.queue.resume(later);
        QVERIFY(queue->accepts() != other.queue.accepts());
    }

    void guestsShareWithNobody()
    {
        Peer other(*this, u"bob"_s);
        for (int i = 0; i < limits::messageBurst; ++i) {
            submit(u"say"_s, u"x"_s);
            other.queue.submit(request(u"say"_s, u"x"_s), server->moment());
        }
        QVERIFY(queue->accepts());
        QVERIFY(other.queue.accepts());
    }

    /// Those without a name, of one address, have 20 times the rate of one.
    void namelessOnesOfAnAddressShareARate_data()
    {
        QTest::addColumn<int>("more");
        QTest::addColumn<bool>("waits");
        QTest::newRow("limit - 1") << -1 << false;
        QTest::newRow("limit") << 0 << false;
        QTest::newRow("limit + 1") << 1 << true;
    }

    void namelessOnesOfAnAddressShareARate()
    {
        QFETCH(int, more);
        QFETCH(bool, waits);
        const Source source{address(u"192.0.2.1"_s), address(u"192.0.2.1"_s), false};
        std::vector<std::unique_ptr<Peer>> peers;
        for (int left = limits::addressTimes * limits::messageBurst + more; left > 0;) {
            peers.push_back(std::make_unique<Peer>(*this, source));
            for (int i = 0; i < limits::messageBurst && left > 0; ++i, --left)
                peers.back()->queue.submit(request(u"say"_s, u"x"_s), server->moment());
            server->executor.run();
        }
        QCOMPARE(peers.back()->queue.accepts(), !waits);
        // Somebody else's address is not concerned.
        Peer other(*this, Source{address(u"192.0.2.2"_s), address(u"192.0.2.2"_s), false});
        other.queue.submit(request(u"say"_s, u"x"_s), server->moment());
        QVERIFY(other.queue.accepts());
    }

    void withoutFloodControlNothingIsDelayed()
    {
        withoutFloodControl();
        for (int i = 0; i <= limits::messageBurst; ++i)
            submit(u"say"_s, QString::number(i));
        server->executor.run();
        QCOMPARE(answers.size(), limits::messageBurst + 1);
    }

    void anAnswerMayLeadToTheNextRequest()
    {
        int more = 3;
        RequestQueue chained(server->dispatcher, session, [&](const Request &, const Reply &) {
            answers += u"answered"_s;
            if (more-- > 0)
                chainedQueue->submit(request(u"look"_s), server->moment());
        });
        chainedQueue = &chained;
        chained.submit(request(u"look"_s), server->moment());
        QCOMPARE(answers.size(), 4);
        QVERIFY(chained.idle());
    }

private:
    /// Another session.
    struct Peer
    {
        Peer(TestRequestQueue &test, const Source &source)
            : session(
                    test.server->house.open({&sink, &test.encoder, u"test"_s, Form::Line, source})),
              queue(test.server->dispatcher, session, [](const Request &, const Reply &) {})
        {
            if (source.counted.isKnown())
                (void)!test.server->house.enterAnonymously(session, {.room = u"main"_s});
        }
        Peer(TestRequestQueue &test, const QString &login) : Peer(test, Source())
        {
            queue.submit(request(u"login"_s, login), test.server->moment());
            test.server->executor.run();
            if (!test.server->house.isLoggedIn(session))
                qFatal("not logged in");
        }

        RecordingSink sink;
        SessionId session;
        RequestQueue queue;
    };

    static NetAddress address(const QString &text) { return parseNetwork(text)->base; }

    void submit(const QString &verb, const QString &line = {})
    {
        queue->submit(request(verb, line), server->moment());
    }

    void withoutFloodControl()
    {
        DispatcherSettings settings = server->dispatcher.settings();
        settings.flood.isOn = false;
        server->dispatcher.setSettings(settings);
    }

    WordEncoder encoder;
    RecordingSink sink;
    std::unique_ptr<TestServer> server;
    std::unique_ptr<RequestQueue> queue;
    RequestQueue *chainedQueue = nullptr;
    SessionId session = 0;
    QStringList answers;
};

QTEST_GUILESS_MAIN(TestRequestQueue)
#include "tst_requestqueue.moc"
