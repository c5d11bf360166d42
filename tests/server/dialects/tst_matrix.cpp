#include "tests/support/testserver.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

/// A message said at any door reaches every other door in that door's own form. The rows are the
/// table in docs/protocol.md, "Who hears what".
class TestMatrix : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        peers.clear();
        server = std::make_unique<TestServer>();
        enter("tea", "tea", 1, "login ann\r\n");
        enter("wx", "wx", 2, "login bob\n");
        enter("native", "tea", 3, "{\"do\":\"login\",\"name\":\"cat\"}\n");
        for (const char *door : {"line", "nul", "relay", "guest"})
            enter(door, door, quint16(41000 + peers.size()), "");
        for (auto &[name, peer] : peers)
            peer->take();
    }

    void message_data()
    {
        QTest::addColumn<QByteArray>("speaker");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("name");  // at doors with names
        QTest::addColumn<QByteArray>("tuple"); // ('HOST', PORT)
        QTest::addColumn<QByteArray>("pair");  // HOST:PORT
        QTest::addColumn<QByteArray>("relayEnd");
        QTest::addColumn<QByteArray>("guestEnd");
        const auto row = [](const char *speaker, const char *bytes, const char *name,
                            const char *tuple, const char *pair, const char *relayEnd = "\n",
                            const char *guestEnd = "\r\n") {
            QTest::newRow(speaker) << QByteArray(speaker) << QByteArray(bytes) << QByteArray(name)
                                   << QByteArray(tuple) << QByteArray(pair) << QByteArray(relayEnd)
                                   << QByteArray(guestEnd);
        };
        row("tea", "say hi\r\n", "ann", "('ann', 0)", "ann:0");
        row("wx", "say hi\n", "bob", "('bob', 0)", "bob:0");
        row("native", "{\"do\":\"say\",\"room\":\"main\",\"text\":\"hi\",\"cid\":\"1\"}\n", "cat",
            "('cat', 0)", "cat:0");
        row("line", "hi\r\n", "guest~aaae", "('127.0.0.1', 41003)", "127.0.0.1:41003", "\r\n");
        row("nul", "hi", "guest~aaaf", "('127.0.0.1', 41004)", "127.0.0.1:41004");
        row("relay", "hi\n", "guest~aaag", "('127.0.0.1', 41005)", "127.0.0.1:41005", "\n", "\n");
        row("guest", "hi\r\n", "guest~aaah", "('127.0.0.1', 41006)", "127.0.0.1:41006", "\r\n");
    }

    void message()
    {
        QFETCH(QByteArray, speaker);
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, tuple);
        QFETCH(QByteArray, pair);
        QFETCH(QByteArray, relayEnd);
        QFETCH(QByteArray, guestEnd);
        if (speaker == "nul")
            bytes += '\0';
        say(speaker, bytes);
        QCOMPARE(heard("tea"), name + ": hi\r\n");
        QCOMPARE(heard("wx"), name + ": hi\n");
        QCOMPARE(heard("line"), QByteArray("hi\r\n"));
        QCOMPARE(heard("nul"), tuple + ": hi" + '\0');
        QCOMPARE(heard("relay"),
                 speaker == "relay" ? QByteArray() : "\r<" + tuple + "> hi" + relayEnd);
        QCOMPARE(heard("guest"),
                 speaker == "guest" ? QByteArray() : "[" + pair + "] hi" + guestEnd);
        const QByteArray native = heard("native");
        QVERIFY(native.contains("\"from\":\"" + name + "\""));
        QVERIFY(native.contains("\"text\":\"hi\""));
    }

    void comingAndGoing_data()
    {
        QTest::addColumn<QByteArray>("door");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("pair");
        QTest::addColumn<QByteArray>("offline");
        const QByteArray anonymous = "guest~aaai";
        const QByteArray none;
        QTest::newRow("tea") << QByteArray("tea") << QByteArray("dog") << QByteArray("dog:0")
                             << QByteArray("dog,0");
        QTest::newRow("wx") << QByteArray("wx") << QByteArray("dog") << QByteArray("dog:0")
                            << QByteArray("dog,0");
        QTest::newRow("relay") << QByteArray("relay") << anonymous << QByteArray("127.0.0.1:9")
                               << QByteArray("127.0.0.1,9");
        QTest::newRow("guest") << QByteArray("guest") << anonymous << QByteArray("127.0.0.1:9")
                               << QByteArray("127.0.0.1,9");
        QTest::newRow("line") << QByteArray("line") << none << none << none;
        QTest::newRow("nul") << QByteArray("nul") << none << none << none;
        QTest::newRow("echo") << QByteArray("echo") << none << none << none;
        QTest::newRow("echo-addr") << QByteArray("echo-addr") << none << none << none;
    }

    void comingAndGoing()
    {
        QFETCH(QByteArray, door);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, pair);
        QFETCH(QByteArray, offline);
        const bool told = !name.isEmpty();
        enter("new", door.constData(), 9, name == "dog" ? "login dog\n" : "");
        const auto line = [&](const QByteArray &text) { return told ? text : QByteArray(); };
        QCOMPARE(heard("tea"), line(name + " has entered the room.\r\n"));
        QCOMPARE(heard("wx"), line(name + " has entered the room.\n"));
        QCOMPARE(heard("relay"), line("[" + pair + "] entered room\n"));
        QCOMPARE(heard("guest"), line("Client joined " + pair + "\r\n"));
        QCOMPARE(heard("line"), QByteArray());
        QCOMPARE(heard("nul"), QByteArray());
        QCOMPARE(heard("native").contains("entered"), told);
        peers["new"]->hangUp();
        QCOMPARE(heard("tea"), line(name + " has left the room.\r\n"));
        QCOMPARE(heard("wx"), line(name + " has left the room.\n"));
        QCOMPARE(heard("relay"), line("Client (" + offline + ") is offline"));
        QCOMPARE(heard("guest"), line("Client left " + pair + "\r\n"));
        QCOMPARE(heard("line"), QByteArray());
        QCOMPARE(heard("nul"), QByteArray());
        QCOMPARE(heard("native").contains("left"), told);
    }

    void whatFramesCannotCarryIsRendered()
    {
        say("native",
            "{\"do\":\"say\",\"room\":\"main\",\"cid\":\"1\","
            "\"text\":\"one\\r\\ntwo\\u0000\\u001b[2Jend\\rthree\"}\n");
        QCOMPARE(heard("tea"), QByteArray("cat: one\r\ncat: twoend\r\ncat: three\r\n"));
        QCOMPARE(heard("wx"), QByteArray("cat: one\ncat: twoend\ncat: three\n"));
        QCOMPARE(heard("line"), QByteArray("one\r\ntwoend\r\nthree\r\n"));
        QByteArray frames;
        for (const char *line : {"one", "twoend", "three"})
            frames += "('cat', 0): " + QByteArray(line) + '\0';
        QCOMPARE(heard("nul"), frames);
        QCOMPARE(heard("relay"),
                 QByteArray("\r<('cat', 0)> one\n\r<('cat', 0)> twoend\n"
                            "\r<('cat', 0)> three\n"));
        QCOMPARE(heard("guest"), QByteArray("[cat:0] one\r\n[cat:0] twoend\r\n[cat:0] three\r\n"));
    }

    void privateMessagesStayWithTheTwo()
    {
        say("native", "{\"do\":\"msg\",\"to\":\"ann\",\"cid\":\"1\",\"text\":\"psst\"}\n");
        QCOMPARE(heard("tea"), QByteArray("*cat*: psst\r\n"));
        for (const char *door : {"wx", "line", "nul", "relay", "guest"})
            QCOMPARE(heard(door), QByteArray());
        // Somebody without a name cannot be spoken to alone.
        say("tea", "msg guest~aaae psst\r\n");
        QCOMPARE(heard("tea"), QByteArray("Nobody called \"guest~aaae\" is here.\r\n"));
        QCOMPARE(heard("line"), QByteArray());
    }

    void anAddressThatIsNotShown()
    {
        TestPeer hidden(*server, u"nul"_s, 7, PeerKind::Foreign);
        peersNow = {&hidden};
        hidden.feed(QByteArrayView("hi\0", 3));
        settleAll();
        QCOMPARE(heard("nul"), "('guest~aaai', 0): hi" + QByteArray(1, '\0'));
        QCOMPARE(heard("guest"), QByteArray("[guest~aaai:0] hi\r\n"));
        hidden.hangUp();
        peersNow.clear();
    }

private:
    void enter(const char *name, const char *door, quint16 port, const QByteArray &bytes)
    {
        peers[name] = std::make_unique<TestPeer>(*server, QString::fromLatin1(door), port);
        peers[name]->feed(bytes);
        settleAll();
    }

    void say(const QByteArray &name, const QByteArray &bytes)
    {
        peers[name]->feed(bytes);
        settleAll();
    }

    void settleAll()
    {
        QList<TestPeer *> all = peersNow;
        for (const auto &[name, peer] : peers)
            all.append(peer.get());
        settle(*server, all);
    }

    QByteArray heard(const char *name) { return peers[name]->take().join(); }

    std::unique_ptr<TestServer> server;
    std::map<QByteArray, std::unique_ptr<TestPeer>> peers;
    QList<TestPeer *> peersNow;
};

QTEST_GUILESS_MAIN(TestMatrix)
#include "tst_matrix.moc"
