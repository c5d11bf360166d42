#include "gui-client/app/commandline.h"
#include "gui-client/app/openlink.h"

#include <QDesktopServices>
#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

/// Stands in for the browser.
class UrlCatcher : public QObject
{
    Q_OBJECT

public:
    QList<QUrl> caught;

public slots:
    void take(const QUrl &url) { caught.append(url); }
};

class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void takesOptions();
    void takesALink();
    void printsTexts();
    void refuses_data();
    void refuses();
    void knowsWhatNeedsNoDisplay();
    void opensHarmlessLinksOnly();

private:
    static std::variant<Options, PrintAndExit> parse(const QStringList &arguments)
    {
        return parseCommandLine(QStringList(u"teahouse"_s) + arguments);
    }
};

void TestCommandLine::takesOptions()
{
    const auto none = std::get<Options>(parse({}));
    QVERIFY(!none.isComplete());
    const auto some = std::get<Options>(parse({u"--server"_s, u"a:1"_s}));
    QVERIFY(!some.isComplete());
    const auto all = std::get<Options>(parse({u"--server=[::1]:6000"_s, u"--name"_s, u"老王"_s,
                                              u"--room"_s, u"garden"_s, u"--profile"_s, u"w-1"_s}));
    QVERIFY(all.isComplete());
    QCOMPARE(all.server, u"[::1]:6000"_s);
    QCOMPARE(all.name, u"老王"_s);
    QCOMPARE(all.room, u"garden"_s);
    QCOMPARE(all.profile, u"w-1"_s);
}

void TestCommandLine::takesALink()
{
    const auto options = std::get<Options>(
            parse({u"teahouse://tea.local:6000/garden"_s, u"--name"_s, u"ann"_s}));
    QVERIFY(options.link);
    QCOMPARE(options.link->host, u"tea.local"_s);
    QCOMPARE(options.link->port, 6000);
    QCOMPARE(options.link->room, u"garden"_s);
    QVERIFY(!options.isComplete()); // a link logs in nowhere by itself
    QVERIFY(!std::get<Options>(parse({})).link);
}

void TestCommandLine::printsTexts()
{
    const auto help = std::get<PrintAndExit>(parse({u"--help"_s}));
    QCOMPARE(help.exitCode, 0);
    for (const QString &option : {u"--server"_s, u"--name"_s, u"--room"_s, u"--profile"_s})
        QVERIFY(help.text.contains(option));
    const auto version = std::get<PrintAndExit>(parse({u"--version"_s}));
    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.text.endsWith(u'\n'));
}

void TestCommandLine::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{u"--nonsense"_s};
    QTest::newRow("no value") << QStringList{u"--name"_s};
    QTest::newRow("argument") << QStringList{u"example.org"_s};
    QTest::newRow("bad link") << QStringList{u"teahouse://host?fp=x"_s};
    QTest::newRow("two links") << QStringList{u"teahouse://a"_s, u"teahouse://b"_s};
    QTest::newRow("link and server") << QStringList{u"teahouse://a"_s, u"--server"_s, u"b"_s};
    QTest::newRow("bad port") << QStringList{u"--server"_s, u"a:0"_s};
    QTest::newRow("empty server") << QStringList{u"--server"_s, u""_s};
    QTest::newRow("path as profile") << QStringList{u"--profile"_s, u"../x"_s};
    QTest::newRow("empty profile") << QStringList{u"--profile"_s, u""_s};
}

void TestCommandLine::refuses()
{
    QFETCH(QStringList, arguments);
    const auto parsed = parse(arguments);
    QVERIFY(std::holds_alternative<PrintAndExit>(parsed));
    const auto text = std::get<PrintAndExit>(parsed);
    QCOMPARE(text.exitCode, 2);
    QVERIFY(text.text.contains(u"--help"_s));
}

void TestCommandLine::knowsWhatNeedsNoDisplay()
{
    const char *help[] = {"teahouse", "--name", "x", "--help"};
    QVERIFY(wantsTextOnly(4, help));
    QVERIFY(!wantsTextOnly(3, help));
}

void TestCommandLine::opensHarmlessLinksOnly()
{
    UrlCatcher catcher;
    const QStringList schemes{u"http"_s,       u"https"_s, u"mailto"_s, u"file"_s,
                              u"javascript"_s, u"ftp"_s,   u"smb"_s,    u"teahouse"_s};
    for (const QString &scheme : schemes)
        QDesktopServices::setUrlHandler(scheme, &catcher, "take");
    for (const QString &url :
         {u"file:///etc/passwd"_s, u"FILE:///x"_s, u"javascript:alert(1)"_s, u"ftp://a/b"_s,
          u"smb://a/b"_s, u"teahouse://a"_s, u"/etc/passwd"_s, u""_s, u"http://a b/"_s})
        QVERIFY2(!openLink(QUrl(url)), qPrintable(url));
    QVERIFY(catcher.caught.isEmpty());
    QVERIFY(openLink(QUrl(u"HTTPS://example.org/茶"_s)));
    QVERIFY(openLink(QUrl(u"http://example.org"_s)));
    QVERIFY(openLink(QUrl(u"mailto:ann@example.org"_s)));
    QCOMPARE(catcher.caught.size(), 3);
    for (const QString &scheme : schemes)
        QDesktopServices::unsetUrlHandler(scheme);
}

QTEST_MAIN(TestCommandLine)
#include "tst_commandline.moc"
