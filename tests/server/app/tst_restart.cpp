#include "server/app/server.h"
#include "server/store/sqlitestore.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// What a server on a data folder still knows when it is started again.
class TestRestart : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void messagesAreThereAgain();
    void aGuestComesBack();
    void someoneElseDoesNotComeBackAsTheGuest();
    void unreadAndMentionsAreKept();
    void aRetryIsNotSaidTwice();
    void numbersGoOn();
    void roomsAndTopicsAreKept();
    void privateConversationsAreKept();
    void endedConversationsStayEnded();
    void editsAndDeletionsAreKept();
    void aRoomWithoutHistoryKeepsNone();
    void idsAreNotGivenTwice();
    void accountsAndTheirRoomsAreKept();
    void removedAccountsStayRemoved();
    void ignoredPeopleStayIgnored();
    void rolesBansAndRulesAreKept();
    void withTheWholeHouseGoneTheEpochStays();

private:
    void start();
    void stop();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Server> m_server;
};

namespace {

/// A program that speaks native lines and waits for its answers.
class Program
{
public:
    explicit Program(const Server &server)
    {
        m_socket.connectToHost(u"127.0.0.1"_s, server.listening().first().port);
    }

    /// The reply to a request; events that come before it are dropped.
    QJsonObject ask(QJsonObject request)
    {
        const QString id = QString::number(++m_lastId);
        request["id"_L1] = id;
        m_socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
        QJsonObject reply;
        const auto answered = [&] {
            while (m_socket.canReadLine()) {
                reply = QJsonDocument::fromJson(m_socket.readLine()).object();
                if (reply["re"_L1] == id)
                    return true;
            }
            return false;
        };
        if (!QTest::qWaitFor(answered))
            return {};
        return reply;
    }
    QJsonObject logIn(const QString &name, const QString &resume = {})
    {
        QJsonObject request{{"do"_L1, "login"_L1}, {"name"_L1, name}};
        if (!resume.isEmpty())
            request["resume"_L1] = resume;
        return ask(request);
    }
    QJsonObject logInWith(const QString &name, const QString &password)
    {
        return ask({{"do"_L1, "login"_L1}, {"name"_L1, name}, {"password"_L1, password}});
    }
    QJsonObject signUp(const QString &name, const QString &password)
    {
        return ask({{"do"_L1, "register"_L1}, {"name"_L1, name}, {"password"_L1, password}});
    }
    QJsonObject say(const QString &room, const QString &text, const QString &cid)
    {
        return ask({{"do"_L1, "say"_L1}, {"room"_L1, room}, {"text"_L1, text}, {"cid"_L1, cid}});
    }
    QJsonObject join(const QString &room) { return ask({{"do"_L1, "join"_L1}, {"room"_L1, room}}); }
    /// The texts of a room, oldest first; of an erased item "-".
    QStringList history(const QString &room)
    {
        const QJsonArray items = ask({{"do"_L1, "history"_L1}, {"room"_L1, room}})["items"_L1]
                                         .toArray();
        QStringList texts;
        for (const QJsonValue item : items) {
            const bool gone = item["kind"_L1].toString() == "gone"_L1;
            texts += gone ? u"-"_s : item["text"_L1].toString();
        }
        return texts;
    }

private:
    QTcpSocket m_socket;
    int m_lastId = 0;
};

/// The room of that name in the reply to a login.
QJsonObject roomOf(const QJsonObject &login, const QString &name)
{
    const QJsonArray rooms = login["rooms"_L1].toArray();
    for (const QJsonValue room : rooms) {
        if (room["room"_L1].toString() == name)
            return room.toObject();
    }
    return {};
}

} // namespace

void TestRestart::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    start();
}

void TestRestart::cleanup()
{
    m_server.reset();
}

void TestRestart::start()
{
    auto file = StoreFile::open(m_folder->path());
    QVERIFY(std::holds_alternative<std::unique_ptr<StoreFile>>(file));
    auto &opened = std::get<std::unique_ptr<StoreFile>>(file);
    m_server = std::make_unique<Server>(Settings(), Server::About{u"1"_s},
                                        [&](Executor &executor, std::function<qint64()> utc) {
                                            return std::make_unique<SqliteStore>(
                                                    std::move(opened), executor, std::move(utc));
                                        });
    QVERIFY(!m_server->start({{u"tea"_s, u"127.0.0.1"_s, 0}}));
}

void TestRestart::stop()
{
    QSignalSpy stopped(m_server.get(), &Server::stopped);
    m_server->stop();
    QTRY_COMPARE(stopped.size(), 1);
    m_server.reset();
}

void TestRestart::messagesAreThereAgain()
{
    {
        Program ann(*m_server);
        QVERIFY(ann.logIn(u"ann"_s)["ok"_L1].toBool());
        QVERIFY(ann.say(u"main"_s, u"你好"_s, u"1"_s)["ok"_L1].toBool());
        QVERIFY(ann.say(u"main"_s, u"still here"_s, u"2"_s)["ok"_L1].toBool());
    }
    stop();
    start();
    Program bob(*m_server);
    const QJsonObject main = roomOf(bob.logIn(u"bob"_s), u"main"_s);
    QCOMPARE(main["first"_L1].toInt(), 1);
    QCOMPARE(main["last"_L1].toInt(), 2);
    QCOMPARE(main["unread"_L1].toInt(), 0); // bob was not there
    QCOMPARE(bob.history(u"main"_s), (QStringList{u"你好"_s, u"still here"_s}));
}

void TestRestart::aGuestComesBack()
{
    QString secret;
    {
        Program ann(*m_server);
        secret = ann.logIn(u"ann"_s)["resume"_L1].toString();
    }
    stop();
    start();
    Program ann(*m_server);
    QCOMPARE(ann.logIn(u"Ann"_s, secret)["resume"_L1].toString(), secret);
    // With the same secret once more: the same guest, not a name that is taken.
    Program again(*m_server);
    QCOMPARE(again.logIn(u"ann"_s, secret)["resume"_L1].toString(), secret);
}

void TestRestart::someoneElseDoesNotComeBackAsTheGuest()
{
    QString secret;
    {
        Program ann(*m_server);
        secret = ann.logIn(u"ann"_s)["resume"_L1].toString();
        ann.say(u"main"_s, u"mine"_s, u"1"_s);
    }
    stop();
    start();
    Program other(*m_server);
    const QJsonObject login = other.logIn(u"ann"_s, QString(32, u'0'));
    QVERIFY(login["ok"_L1].toBool()); // the name is free
    QVERIFY(login["resume"_L1].toString() != secret);
    const QJsonObject refused = other.ask({{"do"_L1, "edit"_L1},
                                           {"room"_L1, "main"_L1},
                                           {"seq"_L1, 1},
                                           {"text"_L1, "not mine"_L1}});
    QCOMPARE(refused["error"_L1].toString(), u"not-allowed"_s);
}

void TestRestart::unreadAndMentionsAreKept()
{
    QString secret;
    {
        Program ann(*m_server);
        Program bob(*m_server);
        secret = ann.logIn(u"ann"_s)["resume"_L1].toString();
        bob.logIn(u"bob"_s);
        bob.say(u"main"_s, u"one"_s, u"1"_s);
        bob.say(u"main"_s, u"two, @ann"_s, u"2"_s);
        QVERIFY(ann.ask({{"do"_L1, "read"_L1}, {"room"_L1, "main"_L1}, {"seq"_L1, 1}})["ok"_L1]
                        .toBool());
        bob.say(u"main"_s, u"three"_s, u"3"_s);
        ann.say(u"main"_s, u"my own"_s, u"1"_s);
    }
    stop();
    start();
    Program ann(*m_server);
    const QJsonObject main = roomOf(ann.logIn(u"ann"_s, secret), u"main"_s);
    QCOMPARE(main["read"_L1].toInt(), 1);
    QCOMPARE(main["unread"_L1].toInt(), 2);
    QCOMPARE(main["mentions"_L1].toInt(), 1);
}

void TestRestart::aRetryIsNotSaidTwice()
{
    QString secret;
    {
        Program ann(*m_server);
        secret = ann.logIn(u"ann"_s)["resume"_L1].toString();
        QCOMPARE(ann.say(u"main"_s, u"once"_s, u"c1"_s)["seq"_L1].toInt(), 1);
    }
    stop();
    start();
    Program ann(*m_server);
    ann.logIn(u"ann"_s, secret);
    QCOMPARE(ann.say(u"main"_s, u"once"_s, u"c1"_s)["seq"_L1].toInt(), 1);
    QCOMPARE(ann.say(u"main"_s, u"other"_s, u"c1"_s)["error"_L1].toString(), u"conflict"_s);
    QCOMPARE(ann.history(u"main"_s), QStringList{u"once"_s});
}

void TestRestart::numbersGoOn()
{
    for (int run = 1; run <= 3; ++run) {
        Program ann(*m_server);
        ann.logIn(u"ann"_s);
        QCOMPARE(ann.say(u"main"_s, u"x"_s, u"c"_s)["seq"_L1].toInt(), run);
        stop();
        start();
    }
}

void TestRestart::roomsAndTopicsAreKept()
{
    {
        Program ann(*m_server);
        ann.logIn(u"ann"_s);
        ann.ask({{"do"_L1, "create"_L1},
                 {"room"_L1, "Garten"_L1},
                 {"topic"_L1, "first"_L1},
                 {"retention"_L1, 7}});
        QVERIFY(ann.ask({{"do"_L1, "topic"_L1},
                         {"room"_L1, "garten"_L1},
                         {"text"_L1, "green tea"_L1}})["ok"_L1]
                        .toBool());
    }
    stop();
    start();
    Program bob(*m_server);
    bob.logIn(u"bob"_s);
    const QJsonObject room = bob.join(u"GARTEN"_s);
    QCOMPARE(room["room"_L1].toString(), u"Garten"_s);
    QCOMPARE(room["topic"_L1].toString(), u"green tea"_s);
    QCOMPARE(room["retention"_L1].toInt(), 7);
    QCOMPARE(bob.ask({{"do"_L1, "create"_L1}, {"room"_L1, "garten"_L1}})["error"_L1].toString(),
             u"already-exists"_s);
}

void TestRestart::privateConversationsAreKept()
{
    QString annsSecret;
    QString bobsSecret;
    {
        Program ann(*m_server);
        Program bob(*m_server);
        annsSecret = ann.logIn(u"ann"_s)["resume"_L1].toString();
        bobsSecret = bob.logIn(u"bob"_s)["resume"_L1].toString();
        ann.ask({{"do"_L1, "msg"_L1},
                 {"to"_L1, "bob"_L1},
                 {"text"_L1, "psst"_L1},
                 {"cid"_L1, "1"_L1}});
    }
    stop();
    start();
    Program ann(*m_server);
    Program bob(*m_server);
    QCOMPARE(roomOf(ann.logIn(u"ann"_s, annsSecret), u"@bob"_s)["unread"_L1].toInt(-1), 0);
    const QJsonObject conversation = roomOf(bob.logIn(u"bob"_s, bobsSecret), u"@ann"_s);
    QCOMPARE(conversation["unread"_L1].toInt(), 1);
    QCOMPARE(conversation["mentions"_L1].toInt(), 1);
    QCOMPARE(bob.history(u"@ann"_s), QStringList{u"psst"_s});
    QVERIFY(bob.say(u"@ann"_s, u"yes?"_s, u"1"_s)["ok"_L1].toBool());
    QCOMPARE(ann.history(u"@bob"_s), (QStringList{u"psst"_s, u"yes?"_s}));
    Program cat(*m_server);
    cat.logIn(u"cat"_s);
    QVERIFY(cat.ask({{"do"_L1, "search"_L1}, {"text"_L1, "psst"_L1}})["items"_L1]
                    .toArray()
                    .isEmpty());
}

void TestRestart::endedConversationsStayEnded()
{
    const QString secret = u"correct horse"_s;
    const auto message = [](const QString &to, const QString &cid) {
        return QJsonObject{{"do"_L1, "msg"_L1}, {"to"_L1, to}, {"text"_L1, cid}, {"cid"_L1, cid}};
    };
    {
        Program ann(*m_server);
        Program bob(*m_server);
        QVERIFY(ann.signUp(u"ann"_s, secret)["ok"_L1].toBool());
        QVERIFY(bob.signUp(u"bob"_s, secret)["ok"_L1].toBool());
        QVERIFY(ann.ask(message(u"bob"_s, u"1"_s))["ok"_L1].toBool());
        QVERIFY(bob.ask(message(u"ann"_s, u"2"_s))["ok"_L1].toBool());
        QVERIFY(ann.ask({{"do"_L1, "leave"_L1}, {"room"_L1, "@bob"_L1}})["ok"_L1].toBool());
    }
    stop();
    start();
    Program ann(*m_server);
    Program bob(*m_server);
    QVERIFY(roomOf(ann.logInWith(u"ann"_s, secret), u"@bob"_s).isEmpty());
    QVERIFY(!roomOf(bob.logInWith(u"bob"_s, secret), u"@ann"_s).isEmpty());
    QVERIFY(bob.ask(message(u"ann"_s, u"3"_s))["ok"_L1].toBool());
    QCOMPARE(ann.history(u"@bob"_s), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
}

void TestRestart::editsAndDeletionsAreKept()
{
    {
        Program ann(*m_server);
        ann.logIn(u"ann"_s);
        ann.say(u"main"_s, u"frist"_s, u"1"_s);
        ann.say(u"main"_s, u"secret"_s, u"2"_s);
        ann.ask({{"do"_L1, "edit"_L1},
                 {"room"_L1, "main"_L1},
                 {"seq"_L1, 1},
                 {"text"_L1, "first"_L1}});
        QVERIFY(ann.ask({{"do"_L1, "delete"_L1}, {"room"_L1, "main"_L1}, {"seq"_L1, 2}})["ok"_L1]
                        .toBool());
    }
    stop();
    start();
    Program bob(*m_server);
    bob.logIn(u"bob"_s);
    QCOMPARE(bob.history(u"main"_s), (QStringList{u"first"_s, u"-"_s, u"first"_s, QString()}));
    const auto found = [&](const char *word) {
        return bob.ask({{"do"_L1, "search"_L1}, {"text"_L1, QLatin1StringView(word)}})["items"_L1]
                .toArray()
                .size();
    };
    QCOMPARE(found("first"), 1);
    QCOMPARE(found("frist"), 0);
    QCOMPARE(found("secret"), 0);
}

void TestRestart::aRoomWithoutHistoryKeepsNone()
{
    {
        Program ann(*m_server);
        ann.logIn(u"ann"_s);
        ann.ask({{"do"_L1, "create"_L1}, {"room"_L1, "quiet"_L1}, {"retention"_L1, 0}});
        QCOMPARE(ann.say(u"quiet"_s, u"unrecorded"_s, u"1"_s)["seq"_L1].toInt(), 1);
    }
    stop();
    start();
    Program ann(*m_server);
    ann.logIn(u"ann"_s);
    QCOMPARE(ann.join(u"quiet"_s)["last"_L1].toInt(), 1);
    QVERIFY(ann.history(u"quiet"_s).isEmpty());
    QCOMPARE(ann.say(u"quiet"_s, u"again"_s, u"1"_s)["seq"_L1].toInt(), 2);
    QCOMPARE(ann.history(u"quiet"_s), QStringList{u"again"_s});
}

/// A guest of a later run is not taken for one of an earlier run, by whose cids and rights.
void TestRestart::idsAreNotGivenTwice()
{
    {
        Program ann(*m_server);
        ann.logIn(u"ann"_s);
        ann.say(u"main"_s, u"x"_s, u"c1"_s);
    }
    stop();
    start();
    Program bob(*m_server);
    bob.logIn(u"bob"_s);
    QCOMPARE(bob.say(u"main"_s, u"x"_s, u"c1"_s)["seq"_L1].toInt(), 2);
    QCOMPARE(bob.ask({{"do"_L1, "delete"_L1}, {"room"_L1, "main"_L1}, {"seq"_L1, 1}})["error"_L1]
                     .toString(),
             u"not-allowed"_s);
}

void TestRestart::accountsAndTheirRoomsAreKept()
{
    const QString secret = u"correct horse"_s;
    {
        Program ann(*m_server);
        QVERIFY(ann.signUp(u"ann"_s, secret)["user"_L1]["registered"_L1].toBool());
        Program bob(*m_server);
        bob.signUp(u"bob"_s, secret);
        ann.ask({{"do"_L1, "create"_L1}, {"room"_L1, "garden"_L1}});
        ann.say(u"garden"_s, u"mine"_s, u"1"_s);
        ann.ask({{"do"_L1, "msg"_L1},
                 {"to"_L1, "bob"_L1},
                 {"text"_L1, "psst"_L1},
                 {"cid"_L1, "2"_L1}});
        bob.ask({{"do"_L1, "logout"_L1}});
        ann.ask({{"do"_L1, "msg"_L1},
                 {"to"_L1, "bob"_L1},
                 {"text"_L1, "still there?"_L1},
                 {"cid"_L1, "3"_L1}});
    }
    stop();
    start();
    Program stranger(*m_server);
    QCOMPARE(stranger.logIn(u"ann"_s)["error"_L1].toString(), u"password-required"_s);
    QCOMPARE(stranger.logInWith(u"ann"_s, u"wrong password"_s)["error"_L1].toString(),
             u"wrong-password"_s);
    Program ann(*m_server);
    const QJsonObject login = ann.logInWith(u"Ann"_s, secret);
    QCOMPARE(roomOf(login, u"garden"_s)["last"_L1].toInt(), 1);
    QVERIFY(!roomOf(login, u"@bob"_s).isEmpty());
    QVERIFY(ann.ask({{"do"_L1, "edit"_L1},
                     {"room"_L1, "garden"_L1},
                     {"seq"_L1, 1},
                     {"text"_L1, "still mine"_L1}})["ok"_L1]
                    .toBool());
    Program bob(*m_server);
    const QJsonObject bobs = roomOf(bob.logInWith(u"bob"_s, secret), u"@ann"_s);
    QCOMPARE(bobs["unread"_L1].toInt(), 2);
    QCOMPARE(bobs["mentions"_L1].toInt(), 2);
    QVERIFY(!m_server->claimCode()->isEmpty()); // nobody has claimed it yet
}

void TestRestart::removedAccountsStayRemoved()
{
    const QString secret = u"correct horse"_s;
    const QString code = *m_server->claimCode();
    {
        Program ann(*m_server);
        ann.signUp(u"ann"_s, secret);
        QCOMPARE(ann.ask({{"do"_L1, "claim"_L1}, {"code"_L1, code}})["user"_L1]["role"_L1]
                         .toString(),
                 u"admin"_s);
        Program bob(*m_server);
        bob.signUp(u"bob"_s, secret);
        for (int i = 0; i < 20; ++i)
            bob.say(u"main"_s, u"mine"_s, QString::number(i));
        QVERIFY(ann.ask({{"do"_L1, "user-remove"_L1},
                         {"name"_L1, "bob"_L1},
                         {"erase"_L1, true}})["ok"_L1]
                        .toBool());
    }
    stop(); // before anything was erased, or in the middle of it
    start();
    QVERIFY(!m_server->claimCode());
    Program ann(*m_server);
    QCOMPARE(ann.logInWith(u"ann"_s, secret)["user"_L1]["role"_L1].toString(), u"admin"_s);
    QTRY_VERIFY(!ann.history(u"main"_s).contains(u"mine"_s));
    Program bob(*m_server);
    QCOMPARE(bob.logIn(u"bob"_s)["error"_L1].toString(), u"name-taken"_s);
    QCOMPARE(bob.logInWith(u"bob"_s, secret)["error"_L1].toString(), u"wrong-password"_s);
}

void TestRestart::rolesBansAndRulesAreKept()
{
    const QString secret = u"correct horse"_s;
    const auto inGarden = [](const QString &verb, QJsonObject fields) {
        fields["do"_L1] = verb;
        fields["room"_L1] = u"garden"_s;
        return fields;
    };
    {
        Program cat(*m_server);
        cat.signUp(u"cat"_s, secret);
        Program ann(*m_server);
        ann.signUp(u"ann"_s, secret);
        const QList<QJsonObject> requests{
                inGarden(u"create"_s, {{"key"_L1, "sesame"_L1}}),
                inGarden(u"role"_s, {{"name"_L1, "cat"_L1}, {"role"_L1, "moderator"_L1}}),
                inGarden(u"ban"_s, {{"name"_L1, "bob"_L1}, {"reason"_L1, "spam"_L1}}),
                inGarden(u"mute"_s, {{"name"_L1, "198.51.100.0/24"_L1}}),
                inGarden(u"room-set"_s,
                         {{"private"_L1, true}, {"read_only"_L1, true}, {"retention"_L1, 7}}),
                inGarden(u"level"_s, {{"level"_L1, "none"_L1}}),
        };
        for (const QJsonObject &request : requests) {
            const QJsonObject answer = ann.ask(request);
            QVERIFY2(answer["ok"_L1].toBool(), qPrintable(answer["text"_L1].toString()));
        }
    }
    stop();
    start();
    Program ann(*m_server);
    const QJsonObject garden = roomOf(ann.logInWith(u"ann"_s, secret), u"garden"_s);
    QCOMPARE(garden["role"_L1].toString(), u"owner"_s);
    QCOMPARE(garden["level"_L1].toString(), u"none"_s);
    QCOMPARE(garden["retention"_L1].toInt(), 7);
    for (const auto field : {"private"_L1, "key"_L1, "read_only"_L1})
        QVERIFY(garden[field].toBool());
    const QJsonArray bans = ann.ask(inGarden(u"bans"_s, {}))["bans"_L1].toArray();
    QCOMPARE(bans.size(), 2);
    QCOMPARE(bans.first()["subject"_L1].toString(), u"198.51.100.0/24"_s);
    QCOMPARE(bans.last()["reason"_L1].toString(), u"spam"_s);
    QCOMPARE(ann.ask(inGarden(u"audit"_s, {}))["entries"_L1].toArray().size(), 4);
    Program bob(*m_server);
    bob.logIn(u"bob"_s);
    QCOMPARE(bob.ask(inGarden(u"join"_s, {}))["error"_L1].toString(), u"banned"_s);
    Program cat(*m_server);
    cat.logInWith(u"cat"_s, secret);
    QCOMPARE(cat.ask(inGarden(u"join"_s, {}))["role"_L1].toString(), u"moderator"_s);
}

void TestRestart::ignoredPeopleStayIgnored()
{
    const QString secret = u"correct horse"_s;
    {
        Program ann(*m_server);
        ann.signUp(u"ann"_s, secret);
        Program bob(*m_server);
        bob.signUp(u"bob"_s, secret);
        ann.ask({{"do"_L1, "ignore"_L1}, {"name"_L1, "bob"_L1}});
    }
    stop();
    start();
    Program ann(*m_server);
    const QJsonObject login = ann.logInWith(u"ann"_s, secret);
    QCOMPARE(login["ignored"_L1].toArray(), QJsonArray{u"bob"_s});
    QVERIFY(ann.ask({{"do"_L1, "unignore"_L1}, {"name"_L1, "bob"_L1}})["ignored"_L1]
                    .toArray()
                    .isEmpty());
}

void TestRestart::withTheWholeHouseGoneTheEpochStays()
{
    const auto epoch = [this] {
        return Program(*m_server).ask({{"do"_L1, "hello"_L1}})["epoch"_L1].toString();
    };
    const QString before = epoch();
    QVERIFY(!before.isEmpty());
    stop();
    start();
    QCOMPARE(epoch(), before);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestRestart)
#include "tst_restart.moc"
