#include "shared/joinlink.h"

#include <QTest>

using namespace teahouse;
using namespace Qt::StringLiterals;

class TestJoinLink : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void comesBackTheSame_data();
    void comesBackTheSame();
};

namespace {

const QString key = u"4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ"_s;

void addLinks()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<JoinLink>("link");
    const auto fingerprint = Fingerprint::parse(key);
    QTest::newRow("host") << u"teahouse://tea.lan"_s << JoinLink{.host = u"tea.lan"_s};
    QTest::newRow("port") << u"teahouse://10.0.0.5:6000"_s
                          << JoinLink{.host = u"10.0.0.5"_s, .port = 6000};
    QTest::newRow("room") << u"teahouse://tea.lan/main"_s
                          << JoinLink{.host = u"tea.lan"_s, .room = u"main"_s};
    QTest::newRow("Chinese room") << u"teahouse://tea.lan/%E8%8C%B6%E5%AE%A4"_s
                                  << JoinLink{.host = u"tea.lan"_s, .room = u"茶室"_s};
    QTest::newRow("IPv6") << u"teahouse://[fd00::5]:6000/main"_s
                          << JoinLink{.host = u"fd00::5"_s, .port = 6000, .room = u"main"_s};
    QTest::newRow("all") << u"teahouse://tea.lan:6000/main?fp=%1&code=abcd-efgh"_s.arg(key)
                         << JoinLink{.host = u"tea.lan"_s,
                                     .port = 6000,
                                     .room = u"main"_s,
                                     .fingerprint = fingerprint,
                                     .code = u"abcd-efgh"_s};
    QTest::newRow("no room, but a key")
            << u"teahouse://tea.lan?fp=%1"_s.arg(key)
            << JoinLink{.host = u"tea.lan"_s, .fingerprint = fingerprint};
}

} // namespace

void TestJoinLink::reads_data()
{
    addLinks();
    QTest::newRow("blanks around it")
            << u"  teahouse://tea.lan \n"_s << JoinLink{.host = u"tea.lan"_s};
    QTest::newRow("capitals") << u"TEAHOUSE://Tea.LAN"_s << JoinLink{.host = u"tea.lan"_s};
    QTest::newRow("slash without room")
            << u"teahouse://tea.lan/"_s << JoinLink{.host = u"tea.lan"_s};
    QTest::newRow("room as typed")
            << u"teahouse://tea.lan/茶室"_s << JoinLink{.host = u"tea.lan"_s, .room = u"茶室"_s};
    QTest::newRow("host in Chinese")
            << u"teahouse://茶.lan"_s << JoinLink{.host = u"xn--cl1a.lan"_s};
    QTest::newRow("unknown key") << u"teahouse://tea.lan?x=1"_s << JoinLink{.host = u"tea.lan"_s};
}

void TestJoinLink::reads()
{
    QFETCH(const QString, text);
    QFETCH(const JoinLink, link);
    const auto parsed = parseJoinLink(text);
    QVERIFY(std::holds_alternative<JoinLink>(parsed));
    QCOMPARE(std::get<JoinLink>(parsed), link);
}

void TestJoinLink::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<LinkFault>("fault");
    const auto row = [](const char *name, const QString &text, LinkFault fault) {
        QTest::newRow(name) << text << fault;
    };
    row("an address", u"tea.lan:5005"_s, LinkFault::NoLink);
    row("another scheme", u"https://tea.lan"_s, LinkFault::NoLink);
    row("no host", u"teahouse:///main"_s, LinkFault::BadForm);
    row("no slashes", u"teahouse:tea.lan"_s, LinkFault::BadForm);
    row("somebody at the host", u"teahouse://office@evil.example"_s, LinkFault::BadForm);
    row("a password", u"teahouse://a:b@tea.lan"_s, LinkFault::BadForm);
    row("a fragment", u"teahouse://tea.lan#main"_s, LinkFault::BadForm);
    row("port 0", u"teahouse://tea.lan:0"_s, LinkFault::BadForm);
    row("port too large", u"teahouse://tea.lan:65536"_s, LinkFault::BadForm);
    row("a host with a blank", u"teahouse://tea lan"_s, LinkFault::BadForm);
    row("a host with a slash", u"teahouse://tea%2Flan"_s, LinkFault::BadForm);
    row("a line end in the host", u"teahouse://tea%0Alan"_s, LinkFault::BadForm);
    row("too long", u"teahouse://tea.lan/"_s + QString(JoinLink::longest, u'a'),
        LinkFault::BadForm);
    row("two rooms", u"teahouse://tea.lan/a/b"_s, LinkFault::BadRoom);
    row("a conversation", u"teahouse://tea.lan/@ann"_s, LinkFault::BadRoom);
    row("a direction mark in the room", u"teahouse://tea.lan/a%E2%80%AEb"_s, LinkFault::BadRoom);
    row("a line end in the room", u"teahouse://tea.lan/a%0Asay"_s, LinkFault::BadRoom);
    row("half a fingerprint", u"teahouse://tea.lan?fp=4OYM"_s, LinkFault::BadFingerprint);
    row("an empty fingerprint", u"teahouse://tea.lan?fp="_s, LinkFault::BadFingerprint);
    row("two fingerprints", u"teahouse://tea.lan?fp=%1&fp=%1"_s.arg(key),
        LinkFault::BadFingerprint);
    row("an empty code", u"teahouse://tea.lan?code="_s, LinkFault::BadCode);
    row("two codes", u"teahouse://tea.lan?code=a&code=b"_s, LinkFault::BadCode);
    row("a code with a line end", u"teahouse://tea.lan?code=a%0Ab"_s, LinkFault::BadCode);
    row("a long code", u"teahouse://tea.lan?code="_s + QString(65, u'a'), LinkFault::BadCode);
}

void TestJoinLink::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const LinkFault, fault);
    const auto parsed = parseJoinLink(text);
    QVERIFY(std::holds_alternative<LinkFault>(parsed));
    QCOMPARE(std::get<LinkFault>(parsed), fault);
}

void TestJoinLink::comesBackTheSame_data()
{
    addLinks();
}

void TestJoinLink::comesBackTheSame()
{
    QFETCH(const QString, text);
    QFETCH(const JoinLink, link);
    QCOMPARE(linkText(link), text);
}

QTEST_GUILESS_MAIN(TestJoinLink)
#include "tst_joinlink.moc"
