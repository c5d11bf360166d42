#include "gui-client/app/clientapp.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/lockbutton.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/serverquestion.h"
#include "tests/gui-client/link/linkfixture.h"
#include "tests/support/tlsfront.h"

#include <QCheckBox>
#include <QDateTime>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace std::chrono_literals;
using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::FakeServer;
using test::TlsFront;
using test::TlsIdentity;

/// The client meets servers: what it asks, and what it keeps of the answers.
class TestMeetings : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void asksOnceAboutANewServer();
    void sendsNothingWhereItIsNotTrusted();
    void asksNothingWithALink();
    void asksAgainAboutAChangedKey();
    void recognisesTheKeyElsewhere();
    void endsTheSessionWithAChangedKey();
    void showsTheLock();
    void logsInByALinkOnlyWhenAsked();
    void comesBackToTheLastRoom();

private:
    void start(const Options &options = {});
    void login(const TlsFront &front);
    ServerQuestion *question() const { return m_app->loginWindow().findChild<ServerQuestion *>(); }
    QPushButton *button(const QString &text) const;
    QString addressOf(const TlsFront &front) const;
    QString message() const;

    std::unique_ptr<TlsIdentity> m_identity;
    std::unique_ptr<TlsIdentity> m_other;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<TlsFront> m_front;
    std::unique_ptr<test::FakeAlarms> m_alarms;
    std::unique_ptr<ClientApp> m_app;
};

void TestMeetings::initTestCase()
{
    m_identity = std::make_unique<TlsIdentity>(test::makeIdentity());
    m_other = std::make_unique<TlsIdentity>(test::makeIdentity());
}

void TestMeetings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FakeServer>();
    m_server->setFeatures({u"guests"_s, u"tls"_s});
    m_front = std::make_unique<TlsFront>(m_server->port());
    m_front->setIdentity(*m_identity);
    if (!m_front->moveAway())
        QSKIP("there is no network interface besides the loopback");
    start();
}

void TestMeetings::cleanup()
{
    m_app.reset();
    m_front.reset();
    m_server.reset();
}

void TestMeetings::start(const Options &options)
{
    m_app.reset();
    m_alarms = std::make_unique<test::FakeAlarms>();
    LinkTools tools = test::fixedTools(*m_alarms);
    tools.now = [] { return QDateTime(QDate(2026, 3, 3), QTime(12, 0)).toMSecsSinceEpoch(); };
    m_app = std::make_unique<ClientApp>(tools, m_folder->filePath(u"s.ini"_s));
    m_app->start(options);
}

void TestMeetings::login(const TlsFront &front)
{
    m_app->loginWindow().setAddress(addressOf(front));
    m_app->loginWindow().setName(u"ann"_s);
    for (auto *each : m_app->loginWindow().findChildren<QPushButton *>()) {
        if (each->text() == u"&Login"_s)
            QTest::mouseClick(each, Qt::LeftButton);
    }
}

QPushButton *TestMeetings::button(const QString &text) const
{
    for (auto *each : question()->findChildren<QPushButton *>()) {
        if (each->text().remove(u'&') == text)
            return each;
    }
    return nullptr;
}

QString TestMeetings::addressOf(const TlsFront &front) const
{
    return u"%1:%2"_s.arg(front.host()).arg(front.port());
}

QString TestMeetings::message() const
{
    for (const auto *label : m_app->loginWindow().findChildren<QLabel *>()) {
        if (label->frameShape() == QFrame::StyledPanel && !label->isHidden())
            return label->text();
    }
    return {};
}

void TestMeetings::asksOnceAboutANewServer()
{
    login(*m_front);
    QTRY_VERIFY(question());
    QVERIFY(!m_app->loginWindow().isBusy());
    const QString fingerprint = m_identity->fingerprint.grouped();
    const auto labels = question()->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(),
                        [&](const QLabel *label) { return label->text() == fingerprint; }));
    QVERIFY(m_server->take(u"login"_s).isEmpty());
    QTest::mouseClick(button(u"Trust and Connect"_s), Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
    QCOMPARE(m_server->take(u"login"_s).size(), 1);

    start();
    const int before = m_front->connections();
    login(*m_front);
    QTRY_VERIFY(m_app->chatWindow());
    QVERIFY(!question());
    QCOMPARE(m_front->connections(), before + 1); // and it was encrypted at once
}

void TestMeetings::sendsNothingWhereItIsNotTrusted()
{
    login(*m_front);
    QTRY_VERIFY(question());
    QTest::keyClick(question(), Qt::Key_Return); // Cancel is what Enter means
    QTRY_VERIFY(!question());
    QVERIFY(m_server->take(u"login"_s).isEmpty());
    QCOMPARE(m_app->loginWindow().name(), u"ann"_s);
    login(*m_front);
    QTRY_VERIFY(question()); // asked again
}

void TestMeetings::asksNothingWithALink()
{
    JoinLink link;
    link.host = m_front->host();
    link.port = m_front->port();
    link.fingerprint = m_identity->fingerprint;
    m_app->loginWindow().setLink(link);
    m_app->loginWindow().setName(u"ann"_s);
    emit m_app->loginWindow().loginRequested(m_app->loginWindow().request());
    QTRY_VERIFY(m_app->chatWindow());
    QVERIFY(!question());
    QVERIFY(m_front->plainBytes().isEmpty());

    start(); // and the link has not to be used again
    login(*m_front);
    QTRY_VERIFY(m_app->chatWindow());
    QVERIFY(m_front->plainBytes().isEmpty());
}

void TestMeetings::asksAgainAboutAChangedKey()
{
    login(*m_front);
    QTRY_VERIFY(question());
    QTest::mouseClick(button(u"Trust and Connect"_s), Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
    start();
    m_server->take(u"login"_s);
    m_front->setIdentity(*m_other);
    login(*m_front);
    QTRY_VERIFY(question());
    QPushButton *trust = button(u"Trust the New Key"_s);
    QVERIFY(trust && !trust->isEnabled());
    QVERIFY(m_server->take(u"login"_s).isEmpty());
    question()->findChild<QCheckBox *>()->setChecked(true);
    QVERIFY(trust->isEnabled());
    QTest::mouseClick(trust, Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
    start();
    m_front->setIdentity(*m_identity); // which is the changed one now
    login(*m_front);
    QTRY_VERIFY(question());
    QVERIFY(button(u"Trust the New Key"_s));
}

void TestMeetings::recognisesTheKeyElsewhere()
{
    login(*m_front);
    QTRY_VERIFY(question());
    QTest::mouseClick(button(u"Trust and Connect"_s), Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
    start();
    TlsFront second(m_server->port());
    QVERIFY(second.moveAway());
    second.setIdentity(*m_identity);
    login(second);
    QTRY_VERIFY(question());
    const auto labels = question()->findChildren<QLabel *>();
    const QString known = u"\u201cFake\u201d, which you know from "_s + addressOf(*m_front);
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(),
                        [&](const QLabel *label) { return label->text().contains(known); }));
    QTest::mouseClick(button(u"Connect"_s), Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
}

void TestMeetings::endsTheSessionWithAChangedKey()
{
    login(*m_front);
    QTRY_VERIFY(question());
    QTest::mouseClick(button(u"Trust and Connect"_s), Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
    m_front->setIdentity(*m_other);
    m_front->drop();
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Waiting);
    m_alarms->advance(5s);
    QTRY_VERIFY(!m_app->chatWindow());
    QVERIFY(!question());
    QVERIFY2(message().contains(u"key"_s), qPrintable(message()));
    login(*m_front); // now the question is in place
    QTRY_VERIFY(question());
}

void TestMeetings::showsTheLock()
{
    login(*m_front);
    QTRY_VERIFY(question());
    QTest::mouseClick(button(u"Trust and Connect"_s), Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
    QCOMPARE(m_app->chatWindow()->lock()->accessibleName(),
             u"Encrypted; you trusted this key on 3 March 2026."_s);
    start();
    m_server->setFeatures({});
    TlsFront plain(m_server->port());
    login(plain);
    QTRY_VERIFY(m_app->chatWindow());
    QVERIFY(m_app->chatWindow()->lock()->accessibleName().startsWith(u"Not encrypted"_s));
}

void TestMeetings::logsInByALinkOnlyWhenAsked()
{
    Options options;
    options.name = u"ann"_s;
    options.link = JoinLink{.host = m_front->host(),
                            .port = m_front->port(),
                            .room = u"garden"_s,
                            .fingerprint = m_identity->fingerprint,
                            .code = u"ABC-1"_s};
    start(options);
    QCOMPARE(m_app->loginWindow().address(), addressOf(*m_front));
    QVERIFY(!m_app->loginWindow().isBusy());
    QCOMPARE(m_front->connections(), 0);
    emit m_app->loginWindow().loginRequested(m_app->loginWindow().request());
    QTRY_VERIFY(m_app->chatWindow());
    QCOMPARE(m_server->take(u"login"_s).first().fields.text("invite"_L1), u"ABC-1"_s);
    QTRY_COMPARE(m_app->model()->currentRoom(), u"garden"_s);
}

void TestMeetings::comesBackToTheLastRoom()
{
    logsInByALinkOnlyWhenAsked();
    m_app->quit();
    start();
    m_server->take(u"join"_s);
    login(*m_front);
    QTRY_VERIFY(m_app->chatWindow());
    QTRY_COMPARE(m_app->model()->currentRoom(), u"garden"_s);
}

QTEST_MAIN(TestMeetings)
#include "tst_meetings.moc"
