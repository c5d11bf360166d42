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

QTEST_GUILESS_MAIN(TestLinkFinder)
#include "tst_linkfinder.moc"
