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
    void submit(const QString &verb, const QString &line = {})
    {
        queue->submit(request(verb, line), server->moment());
    }

    void withoutFloodControl()
    {
        DispatcherSettings settings = server->dispatcher.settings();
        settings.floodControl = false;
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
