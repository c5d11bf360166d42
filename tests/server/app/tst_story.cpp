#include "server/store/sqlitestore.h"
#include "tests/support/nativeschema.h"
#include "tests/support/testserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>

namespace teahouse::server {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Three days in one house, with a night between them in which the server is started anew: who is
/// told what, who has missed what, and who may do what, looked at step by step.
class TestStory : public QObject
{
    Q_OBJECT

private slots:
    void threeDays();
};

namespace {

constexpr auto patience = 10s;

/// One house over several starts; its clock moves only when it is told to.
class World
{
public:
    void start()
    {
        m_server = std::make_unique<TestServer>(
                HouseSettings{limits::rooms, limits::announceUpTo},
                [this](Executor &executor, std::function<qint64()> clock) {
                    auto file = StoreFile::open(m_folder.path());
                    if (const auto *problem = std::get_if<QString>(&file))
                        qFatal("%s", qPrintable(*problem));
                    SqliteStoreSetup setup;
                    setup.deadline = 5min; // the machine may be busy
                    return std::make_unique<SqliteStore>(
                            std::get<std::unique_ptr<StoreFile>>(std::move(file)), executor,
                            std::move(clock), setup);
                },
                m_now);
    }
    void stop()
    {
        m_now = m_server->now;
        m_server.reset();
    }

    TestServer &server() { return *m_server; }

    void pass(std::chrono::milliseconds time)
    {
        m_server->now += time.count();
        m_server->house.tick(m_server->now);
    }

    /// A word that no message has been sent with, of whatever day.
    QString nextCid() { return QString::number(++m_lastCid); }

    /// Runs what waits, at these peers, until `done` or nothing more can come.
    bool waitFor(const QList<TestPeer *> &peers, const std::function<bool()> &done)
    {
        return QTest::qWaitFor(
                [&] {
                    server::settle(*m_server, peers);
                    return done();
                },
                int(std::chrono::milliseconds(patience).count()));
    }
    void settle(const QList<TestPeer *> &peers) { server::settle(*m_server, peers); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<TestServer> m_server;
    qint64 m_now = 1'700'000'000'000;
    int m_lastCid = 0;
};

/// A program at the native door.
class Program
{
public:
    Program(World &world, quint16 port) : m_world(world), m_peer(world.server(), u"tea"_s, port) { }

    QJsonObject ask(QJsonObject request)
    {
        const QString id = QString::number(++m_lastId);
        request["id"_L1] = id;
        m_peer.feed(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
        QJsonObject reply;
        const bool came = m_world.waitFor({&m_peer}, [&] {
            collect();
            for (qsizetype i = 0; i < m_lines.size(); ++i) {
                if (m_lines.at(i)["re"_L1].toString() == id) {
                    reply = m_lines.takeAt(i);
                    return true;
                }
            }
            return false;
        });
        return came ? reply : QJsonObject{{"error"_L1, "no answer"_L1}};
    }
    /// The same, and what came of it in one word: "ok" or the error's code.
    QString tries(const QJsonObject &request)
    {
        const QJsonObject reply = ask(request);
        return reply["ok"_L1].toBool() ? u"ok"_s : reply["error"_L1].toString();
    }
    QJsonObject logIn(const QString &name, const QString &password = {}, const QString &resume = {})
    {
        QJsonObject request{{"do"_L1, "login"_L1}, {"name"_L1, name}};
        if (!password.isEmpty())
            request["password"_L1] = password;
        if (!resume.isEmpty())
            request["resume"_L1] = resume;
        return ask(request);
    }
    QString says(const QString &room, const QString &text)
    {
        return tries({{"do"_L1, "say"_L1},
                      {"room"_L1, room},
                      {"text"_L1, text},
                      {"cid"_L1, m_world.nextCid()}});
    }
    QString whispers(const QString &to, const QString &text)
    {
        return tries({{"do"_L1, "msg"_L1},
                      {"to"_L1, to},
                      {"text"_L1, text},
                      {"cid"_L1, m_world.nextCid()}});
    }
    /// What was said in a room, oldest first: `NAME: TEXT`, of what is gone "-", else the kind.
    QStringList history(const QString &room)
    {
        QStringList lines;
        const QJsonArray items = ask({{"do"_L1, "history"_L1}, {"room"_L1, room}})["items"_L1]
                                         .toArray();
        for (const QJsonValue item : items) {
            const QString kind = item["kind"_L1].toString();
            if (kind == "message"_L1)
                lines += item["from"_L1].toString() + u": "_s + item["text"_L1].toString();
            else
                lines += kind == "gone"_L1 ? u"-"_s : kind;
        }
        return lines;
    }
    /// Events that have come since this was asked last, of one kind.
    QList<QJsonObject> events(const QString &kind)
    {
        m_world.settle({&m_peer});
        collect();
        QList<QJsonObject> found;
        m_lines.removeIf([&](const QJsonObject &line) {
            if (line["ev"_L1].toString() != kind)
                return false;
            found.append(line);
            return true;
        });
        return found;
    }
    /// Waits for one of them.
    QJsonObject event(const QString &kind)
    {
        QList<QJsonObject> found;
        const bool came = m_world.waitFor({&m_peer}, [&] {
            found = events(kind);
            return !found.isEmpty();
        });
        return came ? found.first() : QJsonObject();
    }
    bool isClosed() const { return m_peer.isClosed(); }
    void leave() { m_peer.hangUp(); }
    TestPeer &peer() { return m_peer; }

private:
    void collect()
    {
        for (const QByteArray &piece : m_peer.take())
            m_bytes += piece;
        for (qsizetype end = 0; (end = m_bytes.indexOf('\n')) >= 0;) {
            const QByteArray line = m_bytes.first(end);
            m_bytes.remove(0, end + 1);
            if (!line.startsWith('{'))
                continue; // the greeting for people
            if (const QString faults = schemaFaults(line); !faults.isEmpty())
                qFatal("%s: %s", line.constData(), qPrintable(faults));
            m_lines.append(QJsonDocument::fromJson(line).object());
        }
    }

    World &m_world;
    TestPeer m_peer;
    QByteArray m_bytes;
    QList<QJsonObject> m_lines;
    int m_lastId = 0;
};

QJsonObject roomOf(const QJsonObject &welcome, const QString &name)
{
    const QJsonArray rooms = welcome["rooms"_L1].toArray();
    for (const QJsonValue room : rooms) {
        if (room["room"_L1].toString() == name)
            return room.toObject();
    }
    return {};
}

QString code(const QJsonObject &reply)
{
    return reply["ok"_L1].toBool() ? u"ok"_s : reply["error"_L1].toString();
}

} // namespace

void TestStory::threeDays()
{
    World world;
    const auto join = [](const QString &room) {
        return QJsonObject{{"do"_L1, "join"_L1}, {"room"_L1, room}};
    };
    QString resumeOfGil;
    QString strangersName;

    // --- The first day: everybody is here -------------------------------------------------------
    {
        world.start();
        TestServer &server = world.server();
        const QString claimCode = server.house.makeClaimCode();
        Program boss(world, 1);
        Program ann(world, 2);
        Program cat(world, 3);
        Program gil(world, 4);
        for (const auto &[program, name] :
             {std::pair(&boss, u"boss"_s), {&ann, u"ann"_s}, {&cat, u"cat"_s}}) {
            QCOMPARE(code(program->logIn(name)), u"ok"_s);
            const QJsonObject user = program->ask({{"do"_L1, "register"_L1},
                                                   {"password"_L1, name + u"'s tea"_s}})["user"_L1]
                                             .toObject();
            QVERIFY(user["registered"_L1].toBool());
        }
        resumeOfGil = gil.logIn(u"gil"_s)["resume"_L1].toString();
        QVERIFY(!resumeOfGil.isEmpty());

        // Only who has the code becomes administrator, and only once.
        QCOMPARE(ann.tries({{"do"_L1, "claim"_L1}, {"code"_L1, "guessed"_L1}}), u"not-allowed"_s);
        QCOMPARE(gil.tries({{"do"_L1, "claim"_L1}, {"code"_L1, claimCode}}), u"not-allowed"_s);
        QCOMPARE(boss.tries({{"do"_L1, "claim"_L1}, {"code"_L1, claimCode}}), u"ok"_s);
        QVERIFY(cat.tries({{"do"_L1, "claim"_L1}, {"code"_L1, claimCode}}) != u"ok"_s);

        // Ann's garden: cat is to look after it, gil is let in.
        const QJsonObject garden = ann.ask({{"do"_L1, "create"_L1},
                                            {"room"_L1, "garden"_L1},
                                            {"topic"_L1, "tea plants"_L1},
                                            {"private"_L1, true}});
        QCOMPARE(garden["role"_L1].toString(), u"owner"_s);
        QVERIFY(garden["private"_L1].toBool());
        QCOMPARE(cat.tries(join(u"garden"_s)), u"invite-required"_s);
        QCOMPARE(cat.tries(
                         {{"do"_L1, "invite"_L1}, {"room"_L1, "garden"_L1}, {"name"_L1, "cat"_L1}}),
                 u"not-member"_s);
        QCOMPARE(ann.tries({{"do"_L1, "role"_L1},
                            {"room"_L1, "garden"_L1},
                            {"name"_L1, "cat"_L1},
                            {"role"_L1, "moderator"_L1}}),
                 u"ok"_s);
        const QJsonObject catInGarden = cat.ask(join(u"garden"_s));
        QCOMPARE(catInGarden["role"_L1].toString(), u"moderator"_s);
        QCOMPARE(ann.tries({{"do"_L1, "role"_L1},
                            {"room"_L1, "garden"_L1},
                            {"name"_L1, "gil"_L1},
                            {"role"_L1, "member"_L1}}),
                 u"bad-request"_s); // a guest has no role
        QCOMPARE(cat.tries(
                         {{"do"_L1, "invite"_L1}, {"room"_L1, "garden"_L1}, {"name"_L1, "gil"_L1}}),
                 u"ok"_s);
        QVERIFY(gil.event(u"notice"_s)["text"_L1].toString().contains(u"garden"));
        QCOMPARE(gil.tries(join(u"garden"_s)), u"ok"_s);

        // The administrator is above all, in rooms too; nobody below an owner gives roles.
        QCOMPARE(cat.tries({{"do"_L1, "role"_L1},
                            {"room"_L1, "garden"_L1},
                            {"name"_L1, "cat"_L1},
                            {"role"_L1, "owner"_L1}}),
                 u"not-allowed"_s);
        QCOMPARE(cat.tries({{"do"_L1, "kick"_L1}, {"room"_L1, "garden"_L1}, {"name"_L1, "ann"_L1}}),
                 u"not-allowed"_s);

        QCOMPARE(ann.says(u"garden"_s, u"welcome"_s), u"ok"_s);
        QCOMPARE(gil.says(u"garden"_s, u"weeds everywhere"_s), u"ok"_s);
        QCOMPARE(boss.says(u"main"_s, u"good evening"_s), u"ok"_s);
        QCOMPARE(ann.tries({{"do"_L1, "read"_L1}, {"room"_L1, "main"_L1}, {"seq"_L1, 1}}), u"ok"_s);

        // Cat does not want to hear gil; what he says in private does not count for her.
        QCOMPARE(cat.ask({{"do"_L1, "ignore"_L1}, {"name"_L1, "gil"_L1}})["ignored"_L1].toArray(),
                 QJsonArray{u"gil"_s});
        QCOMPARE(gil.whispers(u"cat"_s, u"psst"_s), u"ok"_s);
        world.settle({&boss.peer(), &ann.peer(), &cat.peer(), &gil.peer()});
        for (Program *program : {&boss, &ann, &cat, &gil})
            program->leave();
    }
    world.stop();

    // --- The second day: ann is away, and things happen -----------------------------------------
    {
        world.start();
        world.pass(20h);
        Program cat(world, 3);
        Program gil(world, 4);
        Program boss(world, 1);
        QCOMPARE(code(cat.logIn(u"cat"_s)), u"password-required"_s);
        QCOMPARE(code(cat.logIn(u"cat"_s, u"not her tea"_s)), u"wrong-password"_s);
        QCOMPARE(code(cat.logIn(u"nobody"_s, u"not her tea"_s)), u"wrong-password"_s);
        const QJsonObject welcome = cat.logIn(u"cat"_s, u"cat's tea"_s);
        QCOMPARE(code(welcome), u"ok"_s);
        QCOMPARE(welcome["ignored"_L1].toArray(), QJsonArray{u"gil"_s});
        QCOMPARE(roomOf(welcome, u"garden"_s)["role"_L1].toString(), u"moderator"_s);
        QCOMPARE(roomOf(welcome, u"@gil"_s)["unread"_L1].toInt(), 0);
        QCOMPARE(roomOf(welcome, u"@gil"_s)["mentions"_L1].toInt(), 0);
        QCOMPARE(code(boss.logIn(u"boss"_s, u"boss's tea"_s)), u"ok"_s);

        // Gil is the same guest by his secret, and his rooms are not kept.
        const QJsonObject gilsWelcome = gil.logIn(u"gil"_s, {}, resumeOfGil);
        QCOMPARE(code(gilsWelcome), u"ok"_s);
        QVERIFY(!roomOf(gilsWelcome, u"@cat"_s).isEmpty());
        QCOMPARE(gil.says(u"main"_s, u"@ann where are you"_s), u"ok"_s);
        QCOMPARE(cat.says(u"main"_s, u"ann is away"_s), u"ok"_s);
        QCOMPARE(cat.says(u"garden"_s, u"I have watered"_s), u"ok"_s);
        QCOMPARE(cat.whispers(u"ann"_s, u"the garden is fine"_s), u"ok"_s);
        QCOMPARE(cat.whispers(u"ann"_s, u"gil is not"_s), u"ok"_s);

        // A moderator takes away what a guest has said, and keeps him out.
        const QStringList before = cat.history(u"garden"_s);
        const QString weeds = u"gil: weeds everywhere"_s;
        const qsizetype weedsAt = before.indexOf(weeds);
        QVERIFY2(weedsAt >= 0, qPrintable(before.join(u" | ")));
        QCOMPARE(gil.tries({{"do"_L1, "delete"_L1}, {"room"_L1, "garden"_L1}, {"seq"_L1, 1}}),
                 u"not-member"_s);
        QCOMPARE(cat.tries({{"do"_L1, "delete"_L1},
                            {"room"_L1, "garden"_L1},
                            {"seq"_L1, static_cast<int>(weedsAt) + 1}}),
                 u"ok"_s);
        QVERIFY(!cat.history(u"garden"_s).contains(weeds));
        QCOMPARE(cat.tries({{"do"_L1, "ban"_L1},
                            {"room"_L1, "garden"_L1},
                            {"name"_L1, "gil"_L1},
                            {"reason"_L1, "weeds"_L1}}),
                 u"ok"_s);
        const QJsonObject refused = gil.ask(join(u"garden"_s));
        QCOMPARE(code(refused), u"banned"_s);
        QCOMPARE(refused["reason"_L1].toString(), u"weeds"_s);
        QCOMPARE(
                gil.tries({{"do"_L1, "unban"_L1}, {"room"_L1, "garden"_L1}, {"name"_L1, "gil"_L1}}),
                u"not-member"_s);

        // Somebody without a name is silenced by the address, for a day.
        TestPeer stranger(world.server(), u"line"_s, 9);
        stranger.feed("buy my tea\n");
        QVERIFY(world.waitFor({&stranger, &boss.peer()}, [&] {
            for (const QJsonObject &item : boss.events(u"item"_s)) {
                if (item["text"_L1].toString() == u"buy my tea")
                    strangersName = item["from"_L1].toString();
            }
            return !strangersName.isEmpty();
        }));
        QCOMPARE(
                cat.tries(
                        {{"do"_L1, "mute"_L1}, {"room"_L1, "main"_L1}, {"name"_L1, strangersName}}),
                u"not-allowed"_s);
        const qint64 tomorrow = world.server().now + std::chrono::milliseconds(24h).count();
        QCOMPARE(boss.tries({{"do"_L1, "mute"_L1},
                             {"room"_L1, "main"_L1},
                             {"name"_L1, strangersName},
                             {"until"_L1, tomorrow},
                             {"reason"_L1, "advertising"_L1}}),
                 u"ok"_s);
        const QStringList soFar = boss.history(u"main"_s);
        stranger.feed("buy two\n");
        world.settle({&stranger, &boss.peer()});
        QCOMPARE(boss.history(u"main"_s), soFar);
        stranger.hangUp();

        world.settle({&boss.peer(), &cat.peer(), &gil.peer()});
        for (Program *program : {&boss, &cat, &gil})
            program->leave();
    }
    world.stop();

    // --- The third day: ann is back, at two devices ---------------------------------------------
    {
        world.start();
        world.pass(25h);
        Program ann(world, 2);
        Program pad(world, 12);
        const QJsonObject welcome = ann.logIn(u"ann"_s, u"ann's tea"_s);
        QCOMPARE(code(welcome), u"ok"_s);
        const QJsonObject mainRoom = roomOf(welcome, u"main"_s);
        QCOMPARE(mainRoom["read"_L1].toInt(), 1);
        QCOMPARE(mainRoom["unread"_L1].toInt(), 3);
        QCOMPARE(mainRoom["mentions"_L1].toInt(), 2);
        const QJsonObject garden = roomOf(welcome, u"garden"_s);
        QCOMPARE(garden["role"_L1].toString(), u"owner"_s);
        QCOMPARE(garden["unread"_L1].toInt(), 1); // what gil said is gone
        const QJsonObject cats = roomOf(welcome, u"@cat"_s);
        QCOMPARE(cats["unread"_L1].toInt(), 2);
        QCOMPARE(cats["mentions"_L1].toInt(), 2);
        QCOMPARE(ann.history(u"@cat"_s),
                 (QStringList{u"cat: the garden is fine"_s, u"cat: gil is not"_s}));

        // The second device knows the same, and hears what the first has read.
        QCOMPARE(roomOf(pad.logIn(u"ann"_s, u"ann's tea"_s), u"@cat"_s)["unread"_L1].toInt(), 2);
        QCOMPARE(ann.tries({{"do"_L1, "read"_L1}, {"room"_L1, "@cat"_L1}, {"seq"_L1, 2}}), u"ok"_s);
        QCOMPARE(pad.event(u"read"_s)["room"_L1].toString(), u"@cat"_s);

        // The secret of a guest is valid for a day; the next gil is somebody else. A ban by name
        // meets him all the same.
        Program gil(world, 4);
        const QJsonObject nextGil = gil.logIn(u"gil"_s, {}, resumeOfGil);
        QCOMPARE(code(nextGil), u"ok"_s);
        QVERIFY(roomOf(nextGil, u"@cat"_s).isEmpty());
        QCOMPARE(gil.tries({{"do"_L1, "history"_L1}, {"room"_L1, "@cat"_L1}}), u"no-such-room"_s);
        QCOMPARE(gil.tries(join(u"garden"_s)), u"banned"_s);
        QCOMPARE(
                ann.tries({{"do"_L1, "unban"_L1}, {"room"_L1, "garden"_L1}, {"name"_L1, "gil"_L1}}),
                u"ok"_s);
        QCOMPARE(gil.tries(join(u"garden"_s)), u"invite-required"_s);
        QCOMPARE(ann.tries({{"do"_L1, "room-set"_L1},
                            {"room"_L1, "garden"_L1},
                            {"private"_L1, false}}),
                 u"ok"_s);
        QCOMPARE(gil.tries(join(u"garden"_s)), u"ok"_s);
        QCOMPARE(ann.tries({{"do"_L1, "room-set"_L1},
                            {"room"_L1, "garden"_L1},
                            {"read_only"_L1, true}}),
                 u"ok"_s);
        QCOMPARE(gil.says(u"garden"_s, u"may I?"_s), u"not-allowed"_s);
        QCOMPARE(ann.says(u"garden"_s, u"no"_s), u"ok"_s);

        // The day is over: the stranger may speak again.
        TestPeer stranger(world.server(), u"line"_s, 9);
        stranger.feed("buy three\n");
        QVERIFY(world.waitFor({&stranger, &ann.peer()}, [&] {
            const QList<QJsonObject> items = ann.events(u"item"_s);
            return std::any_of(items.begin(), items.end(), [](const QJsonObject &item) {
                return item["text"_L1].toString() == u"buy three";
            });
        }));

        // What was done with powers over others stands in the log, newest first.
        Program boss(world, 1);
        QCOMPARE(code(boss.logIn(u"boss"_s, u"boss's tea"_s)), u"ok"_s);
        QCOMPARE(pad.tries({{"do"_L1, "audit"_L1}}), u"not-allowed"_s);
        QStringList done;
        const QJsonArray entries = boss.ask({{"do"_L1, "audit"_L1}})["entries"_L1].toArray();
        for (const QJsonValue entry : entries)
            done.prepend(u"%1 %2 %3"_s.arg(entry["by"_L1].toString(), entry["verb"_L1].toString(),
                                           entry["target"_L1].toString()));
        QCOMPARE(
                done,
                (QStringList{u"boss claim boss"_s, u"ann role cat"_s, u"cat invite gil"_s,
                             u"cat delete gil"_s, u"cat ban gil"_s, u"boss mute "_s + strangersName,
                             u"ann unban gil"_s, u"ann room-set "_s, u"ann room-set "_s}));

        // Another password ends the other device, and the old one is of no use.
        QCOMPARE(ann.tries({{"do"_L1, "passwd"_L1},
                            {"old"_L1, "ann's tea"_L1},
                            {"password"_L1, "ann's other tea"_L1}}),
                 u"ok"_s);
        QCOMPARE(pad.event(u"closing"_s)["code"_L1].toString(), u"password-changed"_s);
        Program again(world, 13);
        QCOMPARE(code(again.logIn(u"ann"_s, u"ann's tea"_s)), u"wrong-password"_s);
        QCOMPARE(code(again.logIn(u"ann"_s, u"ann's other tea"_s)), u"ok"_s);

        // A removed account is gone, its name stays its own.
        QCOMPARE(boss.tries({{"do"_L1, "user-remove"_L1}, {"name"_L1, "cat"_L1}}), u"ok"_s);
        Program cat(world, 3);
        QCOMPARE(code(cat.logIn(u"cat"_s, u"cat's tea"_s)), u"wrong-password"_s);
        QCOMPARE(code(cat.logIn(u"cat"_s)), u"name-taken"_s);
    }
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestStory)
#include "tst_story.moc"
