#include "server/app/joinlinks.h"
#include "server/app/qrtext.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

const QList<QHostAddress> addresses{QHostAddress(u"127.0.0.1"_s),    QHostAddress(u"fd00::5"_s),
                                    QHostAddress(u"10.0.0.5"_s),     QHostAddress(u"203.0.113.7"_s),
                                    QHostAddress(u"fe80::1%eth0"_s), QHostAddress(u"::1"_s),
                                    QHostAddress(u"192.168.1.2"_s),  QHostAddress(u"2001:db8::1"_s),
                                    QHostAddress(u"10.0.0.5"_s)};

} // namespace

/// By what a door is reached, and the code that a telephone reads.
class TestJoinLinks : public QObject
{
    Q_OBJECT

private slots:
    void links_data()
    {
        QTest::addColumn<QString>("boundTo");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isAnnounced");
        QTest::addColumn<QStringList>("links");
        const QStringList ipv4{u"teahouse://10.0.0.5"_s, u"teahouse://192.168.1.2"_s};
        const QStringList ipv6{u"teahouse://[fd00::5]"_s};
        QTest::newRow("everywhere") << QString() << QString() << false << ipv4 + ipv6;
        QTest::newRow("all of IPv6") << u"::"_s << QString() << false << ipv6;
        QTest::newRow("all of IPv4") << u"0.0.0.0"_s << QString() << false << ipv4;
        QTest::newRow("one") << u"127.0.0.1"_s << QString() << false
                             << QStringList{u"teahouse://127.0.0.1"_s};
        QTest::newRow("host") << QString() << u"chat.example.org"_s << true
                              << QStringList{u"teahouse://chat.example.org"_s};
        QTest::newRow("announced") << u"0.0.0.0"_s << QString() << true
                                   << ipv4 + QStringList{u"teahouse://teapot.local"_s};
    }

    void links()
    {
        QFETCH(const QString, boundTo);
        QFETCH(const QString, host);
        QFETCH(const bool, isAnnounced);
        QFETCH(const QStringList, links);
        QStringList found;
        for (const JoinLink &link : joinLinks(
                     {u"tea"_s, boundTo, 5005},
                     {host, addresses, u"teapot"_s, isAnnounced ? Announced::Yes : Announced::No}))
            found += linkText(link);
        QCOMPARE(found, links);
    }

    void hosts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::newRow("name") << u"Chat.example.org"_s << u"chat.example.org"_s;
        QTest::newRow("IPv4") << u"10.0.0.5"_s << u"10.0.0.5"_s;
        QTest::newRow("IPv6") << u"fd00::5"_s << u"fd00::5"_s;
        QTest::newRow("IPv6 in brackets") << u"[fd00::5]"_s << u"fd00::5"_s;
        QTest::newRow("with a port") << u"chat.example.org:80"_s << QString();
        QTest::newRow("with a path") << u"chat/a"_s << QString();
        QTest::newRow("with a user") << u"a@b"_s << QString();
        QTest::newRow("blanks") << u"a b"_s << QString();
        QTest::newRow("empty") << QString() << QString();
    }

    void hosts()
    {
        QFETCH(const QString, text);
        QTEST(linkHost(text), "host");
    }

    /// Of version 1 a code has 21 modules: 29 with its quiet zone, in 15 lines of half blocks.
    void drawsCodes()
    {
        const QStringList lines = qrText(u"teahouse://a"_s).split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 15);
        const QString off = u"\x1b[0m"_s;
        for (const QString &line : lines) {
            QVERIFY(line.startsWith(u"\x1b[38;5;16;48;5;231m"_s));
            QVERIFY(line.endsWith(off));
        }
        const auto modules = [&](int line) {
            const QString text = lines.at(line);
            return text.sliced(text.indexOf(u'm') + 1).chopped(off.size());
        };
        QCOMPARE(modules(0), QString(29, u' '));
        QCOMPARE(modules(1), QString(29, u' '));
        // The finder pattern's first two rows: a bar of seven, then its sides.
        QVERIFY(modules(2).startsWith(u"    █▀▀▀▀▀█"_s));
        QVERIFY(modules(2).endsWith(u"█▀▀▀▀▀█    "_s));
    }

    void whatIsTooLongHasNoCode() { QVERIFY(qrText(QString(5000, u'a')).isEmpty()); }
};

QTEST_GUILESS_MAIN(TestJoinLinks)
#include "tst_joinlinks.moc"
