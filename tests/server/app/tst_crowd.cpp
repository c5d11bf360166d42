#include "server/app/server.h"
#include "tests/server/app/crowdmodel.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <map>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

constexpr int crowdSize = 200;

const QByteArrayList texts = {"hi",
                              "what is said here, is heard there",
                              "\"quotes\" and \\ a backslash",
                              "\xe4\xbd\xa0\xe5\xa5\xbd \xf0\x9f\x8d\xb5",
                              "{\"do\":\"logout\"}",
                              "ann: I quit",
                              QByteArray(2000, 'x')};

bool isNamed(const QByteArray &door)
{
    return door == "tea" || door == "wx" || door == "native";
}

/// Runs the loop until it is so, without the pauses of QTRY_VERIFY; false after 5 s.
bool waitUntil(const std::function<bool()> &isSo)
{
    QDeadlineTimer deadline(5000);
    QTimer alarm; // so that waiting for events ends in any case
    alarm.start(100);
    while (!isSo()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

/// The parts of native lines that no model can know.
QByteArray normalized(const QByteArray &bytes)
{
    static const QRegularExpression time(u"\"time\":\"[^\"]*\""_s);
    static const QRegularExpression resume(u"\"resume\":\"[0-9a-f]{32}\""_s);
    static const QRegularExpression cid(u"\"cid\":\"[^\"]*\""_s);
    QString text = QString::fromUtf8(bytes);
    text.replace(time, u"\"time\":\"T\""_s);
    text.replace(resume, u"\"resume\":\"R\""_s);
    text.replace(cid, u"\"cid\":\"c\""_s);
    return text.toUtf8();
}

} // namespace

/// Two hundred people at every door, and at all of them together, come, speak and go in random
/// order, in pieces and all at once; a model predicts every byte that each of them receives.
/// TEAHOUSE_SOAK_SECONDS lets the mixed crowd go on for so long.
class TestCrowd : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        Settings settings;
        settings.flood = false;
        server = std::make_unique<Server>(settings, Server::About{u"1"_s});
        QList<ListenSpec> doors;
        for (const char *door : {"tea", "wx", "line", "nul", "relay", "guest", "echo", "echo-addr"})
            doors.append({QString::fromLatin1(door), u"127.0.0.1"_s, 0});
        QCOMPARE(server->start(doors), std::nullopt);
        model = CrowdModel();
        sockets.clear();
        received.clear();
        random.seed(qEnvironmentVariableIntValue("TEAHOUSE_SEED"));
        observe();
    }

    void cleanup()
    {
        sockets.clear();
        observer.reset();
        server.reset();
    }

    void crowd_data()
    {
        QTest::addColumn<QByteArrayList>("doors");
        const QByteArrayList all = {"tea", "wx", "native", "line", "nul", "relay", "guest"};
        for (const QByteArray &door : all)
            QTest::newRow(door.constData()) << QByteArrayList{door};
        QTest::newRow("all doors") << all;
    }

    void crowd()
    {
        QFETCH(QByteArrayList, doors);
        const int soak = qEnvironmentVariableIntValue("TEAHOUSE_SOAK_SECONDS");
        QElapsedTimer timer;
        timer.start();
        int comings = 0;
        const auto goesOn = [&] {
            return comings < crowdSize || (doors.size() > 1 && timer.elapsed() < soak * 1000);
        };
        while (goesOn()) {
            const int fate = random.bounded(100);
            if (sockets.size() < 5 || (fate < 45 && sockets.size() < crowdSize - 1)) {
                join(doors.at(random.bounded(doors.size())));
                ++comings;
            } else if (fate < 85) {
                speak(anybody());
            } else {
                leave(anybody());
            }
            if (QTest::currentTestFailed())
                return;
        }
        while (!sockets.empty() && !QTest::currentTestFailed())
            leave(anybody());
    }

    void echoes_data()
    {
        QTest::addColumn<QByteArray>("door");
        QTest::newRow("echo") << QByteArray("echo");
        QTest::newRow("echo-addr") << QByteArray("echo-addr");
    }

    void echoes()
    {
        QFETCH(QByteArray, door);
        std::vector<std::unique_ptr<QTcpSocket>> clients;
        for (int i = 0; i < crowdSize; ++i) {
            clients.push_back(connectTo(door));
            clients.back()->write("text ");
        }
        std::vector<quint16> ports;
        for (const auto &client : clients) {
            QVERIFY(waitUntil([&] { return client->state() == QAbstractSocket::ConnectedState; }));
            ports.push_back(client->localPort());
        }
        for (int i = crowdSize - 1; i >= 0; --i)
            clients[size_t(i)]->write(QByteArray::number(i) + '\0' + "and what nobody wants");
        for (int i = 0; i < crowdSize; ++i) {
            QTcpSocket &client = *clients[size_t(i)];
            const QByteArray port = QByteArray::number(ports[size_t(i)]);
            const QByteArray prefix = door == "echo" ? QByteArray()
                                                     : "('127.0.0.1', " + port + "): ";
            QVERIFY(waitUntil([&] { return client.state() == QAbstractSocket::UnconnectedState; }));
            QCOMPARE(client.readAll(), prefix + "text " + QByteArray::number(i) + '\0');
        }
    }

private:
    std::unique_ptr<QTcpSocket> connectTo(const QByteArray &door)
    {
        auto socket = std::make_unique<QTcpSocket>();
        const QString dialect = QString::fromLatin1(door == "native" ? "tea" : door);
        for (const ListenSpec &listening : server->listening()) {
            if (listening.dialect == dialect)
                socket->connectToHost(listening.host, listening.port);
        }
        return socket;
    }

    /// A native session that tells who is here: the model cannot know the names that the server
    /// gives to those who have none.
    void observe()
    {
        observer = connectTo("native");
        observer->write("{\"do\":\"login\",\"name\":\"observer\"}\n");
        QByteArray answer;
        QTRY_VERIFY((answer += observer->readAll()).contains("\"user\""));
        model.join(0, {"native", "observer", "observer"});
        model.members().at(0).expected.clear();
    }

    QByteArray newestName()
    {
        QByteArray answer;
        observer->readAll();
        observer->write("{\"do\":\"who\",\"limit\":200}\n");
        waitUntil([&] { return (answer += observer->readAll()).contains("\"users\""); });
        static const QRegularExpression name(u"\"name\":\"([^\"]*)\""_s);
        auto names = name.globalMatch(QString::fromUtf8(answer.mid(answer.indexOf("\"users\""))));
        QString newest;
        while (names.hasNext())
            newest = names.next().captured(1);
        return newest.toUtf8();
    }

    void join(const QByteArray &door)
    {
        const int id = ++lastId;
        QTcpSocket &socket = *(sockets[id] = connectTo(door));
        received[id] = {};
        QVERIFY(waitUntil([&] { return socket.state() == QAbstractSocket::ConnectedState; }));
        CrowdModel::Member member{door, "p" + QByteArray::number(id), {}, 0, {}};
        member.host = member.name;
        if (door == "tea" || door == "wx")
            send(socket, "login " + member.name + "\n");
        else if (door == "native")
            send(socket, "{\"do\":\"login\",\"name\":\"" + member.name + "\"}\n");
        if (!isNamed(door)) {
            member.host = "127.0.0.1";
            member.port = socket.localPort();
            const QByteArray before = lastAnonymous;
            QVERIFY(waitUntil([&] {
                lastAnonymous = newestName();
                return lastAnonymous.startsWith("guest~") && lastAnonymous != before;
            }));
            member.name = lastAnonymous;
        }
        model.join(id, member);
        check();
    }

    void speak(int id)
    {
        const CrowdModel::Member &member = model.members().at(id);
        const QByteArray text = texts.at(random.bounded(texts.size()));
        const QByteArray lineEnd = random.bounded(2) == 0 ? "\n" : "\r\n";
        QTcpSocket &socket = *sockets.at(id);
        if (member.door == "tea" || member.door == "wx")
            send(socket, "say " + text + lineEnd);
        else if (member.door == "native")
            send(socket,
                 "{\"do\":\"say\",\"room\":\"main\",\"cid\":\"" + QByteArray::number(++lastCid)
                         + "\",\"text\":\""
                         + QByteArray(text).replace('\\', "\\\\").replace('"', "\\\"") + "\"}\n");
        else if (member.door == "nul")
            send(socket, text + '\0');
        else
            send(socket, text + lineEnd);
        model.speak(id, text, member.door == "nul" ? QByteArray() : lineEnd);
        check();
    }

    void leave(int id)
    {
        QTcpSocket &socket = *sockets.at(id);
        if (random.bounded(2) == 0)
            socket.abort();
        else
            socket.disconnectFromHost();
        model.leave(id);
        check();
        sockets.erase(id);
        received.erase(id);
    }

    /// In one piece, or cut somewhere.
    void send(QTcpSocket &socket, const QByteArray &bytes)
    {
        const qsizetype cut = random.bounded(3) == 0 ? random.bounded(bytes.size()) : 0;
        socket.write(bytes.first(cut));
        socket.flush();
        socket.write(bytes.sliced(cut));
    }

    /// Everybody has received what the model says, and nothing else.
    void check()
    {
        for (auto &[id, member] : model.members()) {
            if (id == 0)
                continue;
            QTcpSocket &socket = *sockets.at(id);
            QByteArray &got = received[id];
            const auto arrived = [&, native = member.door == "native"] {
                got += socket.readAll();
                return native ? normalized(got) : got;
            };
            QVERIFY2(waitUntil([&] { return arrived().size() >= member.expected.size(); }),
                     got.constData());
            QCOMPARE(arrived(), member.expected);
            got.clear();
            member.expected.clear();
        }
        model.members().at(0).expected.clear();
    }

    int anybody()
    {
        auto chosen = sockets.begin();
        std::advance(chosen, random.bounded(int(sockets.size())));
        return chosen->first;
    }

    std::unique_ptr<Server> server;
    std::unique_ptr<QTcpSocket> observer;
    CrowdModel model;
    std::map<int, std::unique_ptr<QTcpSocket>> sockets;
    std::map<int, QByteArray> received;
    QByteArray lastAnonymous;
    QRandomGenerator random;
    int lastId = 0;
    int lastCid = 0;
};

QTEST_GUILESS_MAIN(TestCrowd)
#include "tst_crowd.moc"
