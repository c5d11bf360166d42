#include "tests/support/testserver.h"

#include "shared/limits.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

/// How long a line and a request may be at each door, before login and after it, at one byte
/// less, at the limit, and at one byte more.
class TestDialectLimits : public QObject
{
    Q_OBJECT

private slots:
    void lines_data()
    {
        QTest::addColumn<QString>("door");
        QTest::addColumn<bool>("loggedIn");
        QTest::addColumn<qsizetype>("limit");
        for (const QString &door : {u"tea"_s, u"wx"_s}) {
            QTest::addRow("%s before login", qPrintable(door))
                    << door << false << limits::beforeLogin;
            QTest::addRow("%s after login", qPrintable(door)) << door << true << limits::textLine;
        }
    }

    void lines()
    {
        QFETCH(QString, door);
        QFETCH(bool, loggedIn);
        QFETCH(qsizetype, limit);
        for (const QByteArray end : {"\n", "\r\n"}) {
            const std::unique_ptr<TestPeer> peer = enter(door, loggedIn);
            QVERIFY(!answer(*peer, QByteArray(limit - 1, 'x') + end).contains("too long"));
            QVERIFY(!answer(*peer, QByteArray(limit, 'x') + end).contains("too long"));
            // The wx client takes every other answer before its login for success.
            const QByteArray refusal = door == u"wx"_s && !loggedIn ? "UserName Exist"
                                                                    : "Line too long";
            QVERIFY(answer(*peer, QByteArray(limit + 1, 'x') + end).startsWith(refusal));
            QVERIFY(!peer->isClosed());
            // The next line is a line again.
            QVERIFY(answer(*peer, "dance" + end) != QByteArray());
        }
    }

    void aLineWithoutAnEndCloses_data() { lines_data(); }

    void aLineWithoutAnEndCloses()
    {
        QFETCH(QString, door);
        QFETCH(bool, loggedIn);
        const std::unique_ptr<TestPeer> peer = enter(door, loggedIn);
        QCOMPARE(answer(*peer, QByteArray(limits::textGiveUp, 'x')), QByteArray());
        QVERIFY(!peer->isClosed());
        QCOMPARE(answer(*peer, "xx"),
                 door == u"tea"_s ? "Closed: a line without an end.\r\n" : QByteArray());
        QVERIFY(peer->isClosed());
    }

    void requests_data()
    {
        QTest::addColumn<bool>("loggedIn");
        QTest::addColumn<qsizetype>("limit");
        QTest::newRow("before login") << false << limits::beforeLogin;
        QTest::newRow("after login") << true << limits::request;
    }

    void requests()
    {
        QFETCH(bool, loggedIn);
        QFETCH(qsizetype, limit);
        const std::unique_ptr<TestPeer> peer = enter(u"tea"_s, false);
        answer(*peer, "{\"do\":\"hello\"}\n");
        if (loggedIn)
            answer(*peer, "{\"do\":\"login\",\"name\":\"ann\"}\n");
        for (const qsizetype length : {limit - 1, limit}) {
            QVERIFY(answer(*peer, padded(length) + '\n').contains("\"ok\":true"));
            QVERIFY(!peer->isClosed());
        }
        QVERIFY(answer(*peer, padded(limit + 1) + '\n').contains("\"code\":\"too-long\""));
        QVERIFY(peer->isClosed());
    }

private:
    static QByteArray padded(qsizetype length)
    {
        const QByteArray request = "{\"do\":\"hello\"}";
        return request + QByteArray(length - request.size(), ' ');
    }

    std::unique_ptr<TestPeer> enter(const QString &door, bool loggedIn)
    {
        server = std::make_unique<TestServer>();
        auto peer = std::make_unique<TestPeer>(*server, door);
        if (loggedIn)
            peer->feed("login ann\n");
        peer->take();
        return peer;
    }

    QByteArray answer(TestPeer &peer, const QByteArray &bytes)
    {
        peer.feed(bytes);
        settle(*server, {&peer});
        return peer.take().join();
    }

    std::unique_ptr<TestServer> server;
};

QTEST_GUILESS_MAIN(TestDialectLimits)
#include "tst_dialectlimits.moc"
