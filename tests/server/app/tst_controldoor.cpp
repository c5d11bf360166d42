#include "server/app/controldoor.h"
#include "tests/server/net/fakeclock.h"

#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// The socket for administration, with clients that behave badly.
class TestControlDoor : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clients.clear();
        m_answers.clear();
        m_asked.clear();
        m_door = std::make_unique<ControlDoor>(
                m_deadlines, [this](const QJsonObject &request, const auto &then) {
                    m_asked += request.value("do"_L1).toString();
                    m_answers.push_back(then);
                });
        QVERIFY2(m_door->open(m_folder->path()), qPrintable(m_door->errorText()));
    }
    void cleanup()
    {
        m_clients.clear();
        m_door.reset();
    }

    void oneRequest()
    {
        QLocalSocket &client = call();
        client.write("{\"do\":\"list\"}\n{\"do\":\"again\"}\n");
        QTRY_COMPARE(m_asked, QStringList{u"list"_s});
        pass(ControlDoor::patience * 10); // how long it takes is up to the server
        m_answers[0]({{u"ok"_s, true}});
        QTRY_VERIFY(client.canReadLine());
        QCOMPARE(client.readAll(), "{\"ok\":true}\n");
        QTRY_COMPARE(client.state(), QLocalSocket::UnconnectedState);
        QTRY_COMPARE(m_door->connections(), 0);
        QCOMPARE(m_asked.size(), 1);
    }

    void theAnswerComesTooLate()
    {
        QLocalSocket &client = call();
        client.write("{}\n");
        QTRY_COMPARE(m_asked.size(), 1);
        client.abort();
        QTRY_COMPARE(m_door->connections(), 0);
        m_answers[0]({{u"ok"_s, true}});
    }

    void silentOnesAreClosed()
    {
        QLocalSocket &silent = call();
        QLocalSocket &slow = call();
        slow.write("{\"do\":");
        QTRY_COMPARE(m_door->connections(), 2);
        QTRY_COMPARE(slow.bytesToWrite(), 0);
        pass(ControlDoor::patience - std::chrono::milliseconds(1));
        QCOMPARE(m_door->connections(), 2);
        pass(std::chrono::milliseconds(1));
        QTRY_COMPARE(m_door->connections(), 0);
        QTRY_COMPARE(silent.state(), QLocalSocket::UnconnectedState);
        QTRY_COMPARE(slow.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(m_asked, QStringList());
    }

    void aLongLine_data()
    {
        QTest::addColumn<int>("more");
        QTest::addColumn<bool>("taken");
        QTest::newRow("limit - 1") << -1 << true;
        QTest::newRow("limit") << 0 << true;
        QTest::newRow("limit + 1") << 1 << false;
    }

    void aLongLine()
    {
        QFETCH(int, more);
        QFETCH(bool, taken);
        QLocalSocket &client = call();
        const QByteArray head = "{\"do\":\"x\"";
        const auto blanks = ControlDoor::mostBytes + more - head.size() - 2;
        client.write(head + QByteArray(blanks, ' ') + "}\n");
        if (taken)
            QTRY_COMPARE(m_asked, QStringList{u"x"_s});
        else
            QTRY_COMPARE(client.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(m_asked.size(), taken ? 1 : 0);
    }

    /// Further ones wait, and are served when there is room.
    void manyAtOnce()
    {
        for (int i = 0; i < ControlDoor::mostConnections + 5; ++i)
            call().write("{\"do\":\"x\"}\n");
        QTRY_COMPARE(m_asked.size(), ControlDoor::mostConnections);
        QCOMPARE(m_door->connections(), ControlDoor::mostConnections);
        for (int i = 0; i < ControlDoor::mostConnections + 5; ++i) {
            QTRY_VERIFY(m_asked.size() > i);
            m_answers[size_t(i)]({{u"ok"_s, true}});
        }
        QTRY_COMPARE(m_door->connections(), 0);
        QCOMPARE(m_asked.size(), ControlDoor::mostConnections + 5);
    }

    /// Those who say nothing, or half of something, keep nobody out.
    void silentOnesGiveWay()
    {
        constexpr int many = 10 * ControlDoor::mostConnections;
        for (int i = 0; i < many; ++i)
            call().write(i % 2 == 0 ? "" : "{\"do\":");
        QLocalSocket &client = call();
        client.write("{\"do\":\"list\"}\n");
        QTRY_COMPARE(m_asked, QStringList{u"list"_s});
        for (int i = 0; i < many; ++i)
            call();
        QTRY_COMPARE(m_clients[size_t(many) + 1]->state(), QLocalSocket::UnconnectedState);
        m_answers[0]({{u"ok"_s, true}}); // whoever has asked keeps its place
        QTRY_VERIFY(client.canReadLine());
        QVERIFY(m_door->connections() <= ControlDoor::mostConnections);
    }

private:
    QLocalSocket &call()
    {
        QLocalSocket &client = *m_clients.emplace_back(std::make_unique<QLocalSocket>());
        client.connectToServer(ControlDoor::path(m_folder->path()));
        return client;
    }

    void pass(std::chrono::milliseconds time)
    {
        m_clock.advance(time);
        m_deadlines.fire();
    }

    FakeClock m_clock;
    Deadlines m_deadlines{m_clock};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ControlDoor> m_door;
    std::vector<std::unique_ptr<QLocalSocket>> m_clients;
    std::vector<std::function<void(QJsonObject)>> m_answers;
    QStringList m_asked;
};

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestControlDoor)
#include "tst_controldoor.moc"
