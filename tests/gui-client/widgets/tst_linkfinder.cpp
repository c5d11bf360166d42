#include "gui-client/widgets/linkfinder.h"

#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestLinkFinder : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void opensWhatIsShown_data();
    void opensWhatIsShown();
};

void TestLinkFinder::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QString &text, const QStringList &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("none", u"no link: http://"_s, {});
    row("plain", u"see http://a.org/b?c=d#e now"_s, {u"http://a.org/b?c=d#e"_s});
    row("full stop", u"see https://a.org/."_s, {u"https://a.org/"_s});
    row("question", u"https://a.org?!"_s, {u"https://a.org"_s});
    row("brackets around", u"(https://a.org/b)"_s, {u"https://a.org/b"_s});
    row("brackets inside", u"https://a.org/Tea_(drink), yes"_s, {u"https://a.org/Tea_(drink)"_s});
    row("brackets both", u"(https://a.org/Tea_(drink))"_s, {u"https://a.org/Tea_(drink)"_s});
    row("angle", u"<https://a.org/b>"_s, {u"https://a.org/b"_s});
    row("quotes", u"\"https://a.org/b\""_s, {u"https://a.org/b"_s});
    row("chinese stop", u"看https://a.org/茶。好"_s, {u"https://a.org/茶"_s});
    row("chinese brackets", u"（https://a.org/b）好"_s, {u"https://a.org/b"_s});
    row("chinese comma", u"https://a.org/b，好"_s, {u"https://a.org/b"_s});
    row("two", u"http://a.org http://b.org"_s, {u"http://a.org"_s, u"http://b.org"_s});
    row("mail", u"mailto:ann@a.org."_s, {u"mailto:ann@a.org"_s});
    row("mail without address", u"mailto:ann"_s, {});
    row("other schemes", u"javascript:alert(1) file:///etc/passwd ftp://a.org"_s, {});
    row("inside a word", u"xhttp://a.org"_s, {});
    row("upper case", u"HTTPS://A.org"_s, {u"HTTPS://A.org"_s});
    row("Chinese behind a host", u"看https://example.com这个链接"_s, {u"https://example.com"_s});
    row("Japanese behind a host", u"https://example.comを見て"_s, {u"https://example.com"_s});
    row("Korean behind a host", u"https://example.com을 보세요"_s, {u"https://example.com"_s});
    row("Thai around", u"ดูhttps://example.comนะ"_s, {u"https://example.com"_s});
    row("Chinese behind a port", u"https://example.com:8080这个"_s,
        {u"https://example.com:8080"_s});
    row("Chinese behind a word", u"https://a.org/page这个链接"_s, {u"https://a.org/page"_s});
    row("Chinese behind a bracket", u"https://a.org/Tea_(drink)很好"_s,
        {u"https://a.org/Tea_(drink)"_s});
    row("Chinese behind a full stop", u"https://a.org/b.这里"_s, {u"https://a.org/b"_s});
    row("Chinese in a path", u"https://a.org/wiki/茶文化?q=茶&l=1#历史 好"_s,
        {u"https://a.org/wiki/茶文化?q=茶&l=1#历史"_s});
    row("mixed in a path", u"https://a.org/茶tea茶/x好"_s, {u"https://a.org/茶tea茶/x"_s});
    row("Chinese behind a number", u"http://192.168.1.2这个"_s, {u"http://192.168.1.2"_s});
    row("Chinese behind a computer nearby", u"http://localhost这个"_s, {u"http://localhost"_s});
    row("Chinese behind part of a host", u"https://abc中文.com"_s, {});
    row("letters behind", u"https://bücher.example/ä."_s, {u"https://bücher.example/ä"_s});
    row("commas", u"https://a.example,https://b.example"_s,
        {u"https://a.example"_s, u"https://b.example"_s});
    row("commas behind paths", u"见,https://a.example/x,http://b.example/y;mailto:c@d.example"_s,
        {u"https://a.example/x"_s, u"http://b.example/y"_s, u"mailto:c@d.example"_s});
    row("semicolons", u"https://a.example;https://b.example"_s,
        {u"https://a.example"_s, u"https://b.example"_s});
    row("a link in a path", u"https://a.example/web/https://b.example/"_s,
        {u"https://a.example/web/https://b.example/"_s});
    row("full-width signs", u"，https://a.example。【https://b.example】《https://c.example》"_s,
        {u"https://a.example"_s, u"https://b.example"_s, u"https://c.example"_s});
    row("full-width quotes", u"“https://a.example”「https://b.example/x」"_s,
        {u"https://a.example"_s, u"https://b.example/x"_s});
    row("full-width colon", u"网址：https://a.example；好！"_s, {u"https://a.example"_s});
    row("brackets and quotes", u"[https://a.example] 'https://b.example'"_s,
        {u"https://a.example"_s, u"https://b.example"_s});
    row("Markdown", u"**https://a.example** _https://b.example_"_s,
        {u"https://a.example"_s, u"https://b.example"_s});
    row("IPv6", u"http://[::1]:80/x好"_s, {u"http://[::1]:80/x"_s});
    row("no port", u"https://a.example: see"_s, {u"https://a.example"_s});
    row("Chinese host", u"看https://例子.中国/路径。"_s, {u"https://例子.中国/路径"_s});
    row("Chinese host, Chinese behind", u"https://例子.中国这个链接"_s, {u"https://例子.中国"_s});
    row("Chinese host of ASCII's", u"https://例子.cn这个链接"_s, {u"https://例子.cn"_s});
    row("Chinese without a domain", u"https://这个链接 https://这个.链接"_s, {});
    row("a user's name", u"https://good.example@evil.example"_s, {});
    row("a user's name and password", u"https://good.example:pw@evil.example/"_s, {});
    row("a user's name and port", u"https://good.example:80@evil.example/"_s, {});
    row("an encoded user's name", u"https://good.example%40evil.example"_s, {});
    row("an encoded host", u"https://ex%61mple.com"_s, {});
    row("backslash", u"https://good.example\\@evil.example"_s, {});
    row("at in a path", u"https://a.example/@ann"_s, {u"https://a.example/@ann"_s});
    row("mixed scripts", u"https://p\u0430ypal.example"_s, {});
    row("Cyrillic alone", u"https://\u0440\u0430\u0443\u0440\u0430\u04CF.com"_s, {});
    row("Greek", u"https://\u03BF\u03BF.com"_s, {});
    row("letters like Latin ones", u"https://g\u0131thub.com"_s, {});
    row("full-width letters", u"https://ｅｘａｍｐｌｅ.com"_s, {});
    row("invisible in a host", u"https://good.example\u200B.evil.example"_s, {});
    row("joined", u"https://good\u200D.example"_s, {});
    row("soft hyphen", u"https://go\u00ADod.example"_s, {});
    row("invisible in a path", u"https://a.org/b\u200Bc"_s, {u"https://a.org/b"_s});
    row("turned around", u"https://a.org/\u202Egpj.exe"_s, {u"https://a.org/"_s});
    row("a number in disguise", u"http://2130706433/ http://0x7f.1/ http://010.0.0.1/"_s, {});
    row("many dots", u"https://a..example https://... https://.a.example"_s, {});
    row("mail, Chinese behind", u"mailto:ann@a.org谢谢"_s, {u"mailto:ann@a.org"_s});
    row("isolate ends", u"http://a.org\u2069 x"_s, {u"http://a.org"_s});
}

void TestLinkFinder::finds()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    QStringList found;
    for (const Link &link : findLinks(text))
        found.append(text.mid(link.start, link.length));
    QCOMPARE(found, expected);
}

void TestLinkFinder::opensWhatIsShown_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("opened");
    const auto row = [](const char *name, const QString &text, const QByteArray &opened) {
        QTest::newRow(name) << text << opened;
    };
    row("Chinese behind", u"看https://example.com这个链接"_s, "https://example.com");
    row("upper case", u"HTTPS://Example.COM/A"_s, "https://example.com/A");
    row("Chinese host", u"https://例子.中国"_s, "https://xn--fsqu00a.xn--fiqs8s");
    row("umlaut", u"https://bücher.example"_s, "https://xn--bcher-kva.example");
    row("path", u"https://a.org/茶"_s, "https://a.org/%E8%8C%B6");
    row("percent", u"https://a.org/%40b%2Fc"_s, "https://a.org/%40b%2Fc");
    row("mail", u"mailto:ann@a.org"_s, "mailto:ann@a.org");
}

void TestLinkFinder::opensWhatIsShown()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, opened);
    const QList<Link> links = findLinks(text);
    QCOMPARE(links.size(), 1);
    QCOMPARE(links.first().url.toEncoded(), opened);
}

QTEST_GUILESS_MAIN(TestLinkFinder)
#include "tst_linkfinder.moc"
