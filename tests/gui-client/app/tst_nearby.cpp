#include "gui-client/app/nearby.h"
#include "tests/support/fakealarms.h"
#include "tests/support/fakeavahi.h"
#include "tests/support/privatebus.h"

#include <QDBusMessage>
#include <QTest>

#include <memory>

using namespace teahouse;
using namespace teahouse::client;
using namespace teahouse::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The search against a stand-in of avahi-daemon on a bus of the test's own.
class TestNearby : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void findsWhoIsThere();
    void findsWhoComes();
    void losesWhoGoes();
    void followsWhatIsSaid();
    void countsAServiceOnce();
    void namesTheInterfaceOfALinkLocalAddress();
    void endsItsPatience();
    void isUnavailableWithoutAvahi();
    void comesBackWithAvahi();
    void isUnavailableWithoutABus();
    void stopsListening();
    void passesOverOthersSignals();
    void boundsWhatIsFollowed();

private:
    using State = NearbyModel::State;

    static FakeAvahi::Service office(int interface = 2, int protocol = 0);
    QStringList names() const;

    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<FakeAvahi> m_avahi;
    FakeAlarms m_alarms;
    NearbyModel m_model;
    std::unique_ptr<Nearby> m_nearby;
};

FakeAvahi::Service TestNearby::office(int interface, int protocol)
{
    return {interface,
            protocol,
            u"Office"_s,
            u"box.local"_s,
            protocol == 0 ? u"10.0.0.5"_s : u"2001:db8::5"_s,
            5005,
            {"v=1", "name=Office", "n=3"}};
}

QStringList TestNearby::names() const
{
    QStringList names;
    for (int row = 0; row < m_model.rowCount(); ++row)
        names.append(m_model.index(row).data().toString());
    return names;
}

void TestNearby::init()
{
    m_bus = std::make_unique<PrivateBus>();
    QVERIFY2(m_bus->start(), "dbus-daemon does not start: install the package dbus");
    m_avahi = std::make_unique<FakeAvahi>(m_bus->address());
    m_nearby = std::make_unique<Nearby>(m_model, m_alarms.factory(), m_bus->address());
}

void TestNearby::cleanup()
{
    m_nearby->stop();
    QCOMPARE(m_model.rowCount(), 0);
    m_nearby.reset();
    m_avahi.reset();
    m_bus.reset();
}

void TestNearby::findsWhoIsThere()
{
    QVERIFY(m_avahi->start());
    m_avahi->publish(office());
    m_nearby->start();
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
    QCOMPARE(m_model.index(0).data(NearbyModel::AddressRole).toString(), u"10.0.0.5"_s);
    QCOMPARE(m_model.index(0).data(NearbyModel::PeopleRole).toInt(), 3);
}

void TestNearby::findsWhoComes()
{
    QVERIFY(m_avahi->start());
    m_nearby->start();
    QTRY_COMPARE(m_avahi->browsers(), 1);
    m_avahi->publish(office());
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
}

void TestNearby::losesWhoGoes()
{
    QVERIFY(m_avahi->start());
    m_avahi->publish(office());
    m_nearby->start();
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
    m_avahi->withdraw(office());
    QTRY_COMPARE(names(), QStringList());
    QTRY_COMPARE(m_avahi->resolvers(), 0);
}

void TestNearby::followsWhatIsSaid()
{
    QVERIFY(m_avahi->start());
    m_avahi->publish(office());
    m_nearby->start();
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
    FakeAvahi::Service changed = office();
    changed.txt = {"v=1", "name=Office", "n=9"};
    m_avahi->publish(changed);
    QTRY_COMPARE(m_model.index(0).data(NearbyModel::PeopleRole).toInt(), 9);
    QCOMPARE(m_avahi->resolvers(), 1);
}

void TestNearby::countsAServiceOnce()
{
    QVERIFY(m_avahi->start());
    for (const int interface : {2, 3}) {
        for (const int protocol : {0, 1})
            m_avahi->publish(office(interface, protocol));
    }
    m_nearby->start();
    QTRY_COMPARE(m_avahi->resolvers(), 4);
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
    m_avahi->withdraw(office(2, 0));
    QTRY_COMPARE(m_avahi->resolvers(), 3);
    QCOMPARE(names(), QStringList{u"Office"_s});
}

void TestNearby::namesTheInterfaceOfALinkLocalAddress()
{
    QVERIFY(m_avahi->start());
    FakeAvahi::Service service = office(1, 1); // the first interface is lo
    service.address = u"fe80::5"_s;
    m_avahi->publish(service);
    m_nearby->start();
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
    QCOMPARE(m_model.index(0).data(NearbyModel::AddressRole).toString(), u"fe80::5%lo"_s);
}

void TestNearby::endsItsPatience()
{
    QVERIFY(m_avahi->start());
    m_nearby->start();
    QTRY_COMPARE(m_model.state(), State::Searching);
    m_alarms.advance(1999ms);
    QCOMPARE(m_model.state(), State::Searching);
    m_alarms.advance(1ms);
    QCOMPARE(m_model.state(), State::Searched);
}

void TestNearby::isUnavailableWithoutAvahi()
{
    QVERIFY(m_avahi->start(FakeAvahi::Registering));
    m_nearby->start();
    QTRY_COMPARE(m_avahi->calls, QStringList{u"GetState"_s});
    m_alarms.advance(1min);
    QCOMPARE(m_model.state(), State::Unavailable);
    m_avahi->setState(FakeAvahi::Running);
    QTRY_COMPARE(m_model.state(), State::Searching);
}

void TestNearby::comesBackWithAvahi()
{
    QVERIFY(m_avahi->start());
    m_avahi->publish(office());
    m_nearby->start();
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
    m_avahi->stop();
    QTRY_COMPARE(m_model.state(), State::Unavailable);
    QCOMPARE(names(), QStringList());
    QVERIFY(m_avahi->start());
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
}

void TestNearby::isUnavailableWithoutABus()
{
    m_bus->stop();
    m_nearby->start();
    QVERIFY(m_bus->start());
    QVERIFY(m_avahi->start());
    const auto isThere = [this] {
        m_alarms.advance(Nearby::pause);
        return m_model.state() != State::Unavailable;
    };
    QTRY_VERIFY(isThere());
}

void TestNearby::stopsListening()
{
    QVERIFY(m_avahi->start());
    m_avahi->publish(office());
    m_nearby->start();
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
    m_nearby->stop();
    QCOMPARE(m_model.state(), State::Unavailable);
    QCOMPARE(names(), QStringList());
    m_nearby->start();
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
}

/// Any program may send signals by a bus.
void TestNearby::passesOverOthersSignals()
{
    QVERIFY(m_avahi->start());
    m_nearby->start();
    QTRY_COMPARE(m_avahi->browsers(), 1);
    QDBusConnection other = QDBusConnection::connectToBus(m_bus->address(), u"other"_s);
    QDBusMessage forged = QDBusMessage::createSignal(
            u"/Client1/ServiceBrowser1"_s, u"org.freedesktop.Avahi.ServiceBrowser"_s, u"ItemNew"_s);
    forged.setArguments({2, 0, u"Evil"_s, u"_teahouse._tcp"_s, u"local"_s, 0u});
    QVERIFY(other.send(forged));
    QDBusConnection::disconnectFromBus(u"other"_s);
    m_avahi->publish(office());
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
    QCOMPARE(m_avahi->calls.count(u"ServiceResolverNew"_s), 1);
}

void TestNearby::boundsWhatIsFollowed()
{
    QVERIFY(m_avahi->start());
    for (int i = 0; i < 300; ++i) {
        FakeAvahi::Service service = office();
        service.name = u"Office %1"_s.arg(i);
        m_avahi->publish(service);
    }
    m_nearby->start();
    QTRY_COMPARE(m_avahi->resolvers(), Nearby::mostSights);
    QTRY_COMPARE(m_model.rowCount(), NearbyModel::most);
    m_alarms.advance(2s);
    QCOMPARE(m_avahi->resolvers(), Nearby::mostSights);
}

QTEST_GUILESS_MAIN(TestNearby)
#include "tst_nearby.moc"
