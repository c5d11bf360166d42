#include "server/app/announcer.h"
#include "tests/server/net/fakeclock.h"
#include "tests/support/fakeavahi.h"
#include "tests/support/privatebus.h"

#include <QTest>

#include <memory>

using namespace teahouse;
using namespace teahouse::server;
using namespace teahouse::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The announcer against a stand-in of avahi-daemon on a bus of the test's own.
class TestAnnouncer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void announcesTheDoor();
    void tellsTheKey();
    void tellsAnotherKeyLater();
    void cutsTheName();
    void updatesOncePerMinute();
    void leavesWhatHasNotChanged();
    void takesAnotherNameThanThisHostHas();
    void takesAnotherNameThanTheNetworkHas();
    void givesWayLater();
    void waitsForTheHostName();
    void saysOnceThatAvahiIsAway();
    void comesBackWithAvahi();
    void saysOnceThatThereIsNoBus();
    void comesBackWithTheBus();
    void endsWithTheServer();

private:
    void announce(const Announcer::Door &door = {u"Office"_s, 5005, std::nullopt});
    QStringList names() const;

    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<FakeAvahi> m_avahi;
    FakeClock m_clock;
    std::unique_ptr<Announcer> m_announcer;
};

namespace {

QStringList warnings;

void remember(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type == QtWarningMsg && text.contains(u"announced"_s))
        warnings.append(text);
}

} // namespace

void TestAnnouncer::init()
{
    warnings.clear();
    m_bus = std::make_unique<PrivateBus>();
    QVERIFY2(m_bus->start(), "dbus-daemon does not start: install the package dbus");
    m_avahi = std::make_unique<FakeAvahi>(m_bus->address());
}

void TestAnnouncer::cleanup()
{
    m_announcer.reset();
    m_avahi.reset();
    m_bus.reset();
    qInstallMessageHandler(nullptr);
}

void TestAnnouncer::announce(const Announcer::Door &door)
{
    m_announcer = std::make_unique<Announcer>(m_clock, door, m_bus->address());
}

/// Of what is announced.
QStringList TestAnnouncer::names() const
{
    QStringList names;
    for (const FakeAvahi::Service &service : m_avahi->announced())
        names.append(service.name);
    return names;
}

void TestAnnouncer::announcesTheDoor()
{
    QVERIFY(m_avahi->start());
    announce();
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
    QTRY_COMPARE(m_announcer->announcedAs(), u"Office"_s);
    const FakeAvahi::Service service = m_avahi->announced().constFirst();
    QCOMPARE(service.interface, -1);
    QCOMPARE(service.protocol, -1);
    QCOMPARE(service.host, QString());
    QCOMPARE(service.port, 5005);
    QCOMPARE(service.txt, QByteArrayList({"v=1", "name=Office", "n=0"}));
}

void TestAnnouncer::tellsTheKey()
{
    QVERIFY(m_avahi->start());
    const auto key = Fingerprint::fromSha256(QByteArray(32, '\x5a'));
    announce({u"Office"_s, 5005, key});
    QTRY_COMPARE(m_avahi->announced().size(), 1);
    QVERIFY(m_avahi->announced().constFirst().txt.contains("fp=" + key->shortText().toLatin1()));
}

void TestAnnouncer::tellsAnotherKeyLater()
{
    QVERIFY(m_avahi->start());
    announce();
    QTRY_COMPARE(m_announcer->announcedAs(), u"Office"_s);
    const auto key = Fingerprint::fromSha256(QByteArray(32, '\x5a'));
    m_announcer->setKey(key);
    m_clock.advance(1min);
    m_announcer->tick(0);
    QTRY_VERIFY(
            m_avahi->announced().constFirst().txt.contains("fp=" + key->shortText().toLatin1()));
}

void TestAnnouncer::cutsTheName()
{
    QVERIFY(m_avahi->start());
    announce({u"茶"_s.repeated(64), 5005, std::nullopt});
    QTRY_COMPARE(names(), QStringList{u"茶"_s.repeated(21)}); // 63 bytes
}

void TestAnnouncer::updatesOncePerMinute()
{
    QVERIFY(m_avahi->start());
    announce();
    QTRY_COMPARE(m_announcer->announcedAs(), u"Office"_s);
    const auto people = [this] { return m_avahi->announced().constFirst().txt.at(2); };
    m_clock.advance(59s);
    m_announcer->tick(3);
    m_clock.advance(1s);
    m_announcer->tick(4);
    QTRY_COMPARE(people(), "n=4");
    QCOMPARE(m_avahi->calls.count(u"UpdateServiceTxt"_s), 1);
    m_clock.advance(59s);
    m_announcer->tick(5);
    m_clock.advance(1s);
    m_announcer->tick(6);
    QTRY_COMPARE(people(), "n=6");
    QCOMPARE(m_avahi->calls.count(u"UpdateServiceTxt"_s), 2);
}

void TestAnnouncer::leavesWhatHasNotChanged()
{
    QVERIFY(m_avahi->start());
    announce();
    QTRY_COMPARE(m_announcer->announcedAs(), u"Office"_s);
    for (int minute = 0; minute < 10; ++minute) {
        m_clock.advance(1min);
        m_announcer->tick(0);
    }
    m_clock.advance(1min);
    m_announcer->tick(1);
    QTRY_COMPARE(m_avahi->calls.constLast(), u"UpdateServiceTxt"_s);
    QCOMPARE(m_avahi->calls.count(u"UpdateServiceTxt"_s), 1);
}

void TestAnnouncer::takesAnotherNameThanThisHostHas()
{
    QVERIFY(m_avahi->start());
    m_avahi->takeLocally(u"Office"_s);
    m_avahi->takeLocally(u"Office #2"_s);
    announce();
    QTRY_COMPARE(names(), QStringList{u"Office #3"_s});
    QVERIFY(m_avahi->announced().constFirst().txt.contains("name=Office")); // its own stays
}

void TestAnnouncer::takesAnotherNameThanTheNetworkHas()
{
    QVERIFY(m_avahi->start());
    m_avahi->take(u"Office"_s);
    announce();
    QTRY_COMPARE(names(), QStringList{u"Office #2"_s});
    QTRY_COMPARE(m_announcer->announcedAs(), u"Office #2"_s);
}

void TestAnnouncer::givesWayLater()
{
    QVERIFY(m_avahi->start());
    announce();
    QTRY_COMPARE(m_announcer->announcedAs(), u"Office"_s);
    m_avahi->collide();
    QTRY_COMPARE(names(), QStringList{u"Office #2"_s});
}

void TestAnnouncer::waitsForTheHostName()
{
    QVERIFY(m_avahi->start(FakeAvahi::Registering));
    announce();
    QTRY_COMPARE(m_avahi->calls, QStringList{u"GetState"_s});
    m_avahi->setState(FakeAvahi::Running);
    QTRY_COMPARE(names(), QStringList{u"Office"_s});
}

void TestAnnouncer::saysOnceThatAvahiIsAway()
{
    qInstallMessageHandler(remember);
    announce();
    QTRY_COMPARE(warnings.size(), 1);
    QVERIFY(warnings.constFirst().contains(u"avahi-daemon does not run"_s));
    QVERIFY(warnings.constFirst().contains(u"server.announce=off"_s));
    for (int minute = 0; minute < 5; ++minute) {
        m_clock.advance(1min);
        m_announcer->tick(0);
        QCoreApplication::processEvents();
    }
    QVERIFY(m_avahi->start()); // it is noticed
    QTRY_COMPARE(m_announcer->announcedAs(), u"Office"_s);
    QCOMPARE(warnings.size(), 1);
}

void TestAnnouncer::comesBackWithAvahi()
{
    qInstallMessageHandler(remember);
    QVERIFY(m_avahi->start());
    announce();
    QTRY_COMPARE(m_announcer->announcedAs(), u"Office"_s);
    for (int times = 1; times <= 2; ++times) {
        m_avahi->stop();
        QTRY_COMPARE(m_announcer->announcedAs(), QString());
        QCOMPARE(warnings.size(), times);
        QVERIFY(m_avahi->start());
        QTRY_COMPARE(names(), QStringList{u"Office"_s});
        QTRY_COMPARE(m_announcer->announcedAs(), u"Office"_s);
    }
}

void TestAnnouncer::saysOnceThatThereIsNoBus()
{
    qInstallMessageHandler(remember);
    m_bus->stop();
    announce();
    QTRY_COMPARE(warnings.size(), 1);
    QVERIFY(warnings.constFirst().contains(u"Install dbus and avahi-daemon"_s));
    QVERIFY(m_bus->start());
    QVERIFY(m_avahi->start());
    const auto isThere = [this] {
        m_clock.advance(1min);
        m_announcer->tick(0);
        return m_announcer->announcedAs() == "Office"_L1;
    };
    QTRY_VERIFY(isThere());
    QCOMPARE(warnings.size(), 1);
}

void TestAnnouncer::comesBackWithTheBus()
{
    QVERIFY(m_avahi->start());
    announce();
    QTRY_COMPARE(m_announcer->announcedAs(), u"Office"_s);
    m_bus->stop();
    QTRY_COMPARE(m_announcer->announcedAs(), QString());
    m_avahi->stop();
    QVERIFY(m_bus->start());
    QVERIFY(m_avahi->start());
    m_announcer->tick(0); // too early
    const auto isThere = [this] {
        m_clock.advance(1min);
        m_announcer->tick(0);
        return m_announcer->announcedAs() == "Office"_L1;
    };
    QTRY_VERIFY(isThere());
    QCOMPARE(names(), QStringList{u"Office"_s});
}

/// In the middle of anything, too.
void TestAnnouncer::endsWithTheServer()
{
    QVERIFY(m_avahi->start());
    announce();
    m_announcer.reset(); // connecting
    announce();
    QTRY_VERIFY(!m_avahi->calls.isEmpty());
    m_announcer.reset(); // calling
    QVERIFY(m_avahi->calls.contains(u"GetState"_s));
}

QTEST_GUILESS_MAIN(TestAnnouncer)
#include "tst_announcer.moc"
