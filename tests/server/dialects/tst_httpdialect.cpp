#include "server/dialects/dialectregistry.h"
#include "server/dialects/httpdialect.h"

#include <QRandomGenerator>
#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'700'000'000'000; // Tue, 14 Nov 2023 22:13:20 GMT
const QByteArray nothing = QByteArrayLiteral("no answer    ");
const QByteArray request = QByteArrayLiteral("GET / HTTP/1.1\r\nHost: 10.0.0.5:5005\r\n\r\n");

} // namespace

/// The page for browsers, and all that is refused.
class TestHttpDialect : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_registry.setSite({"<p>page</p>", {u"teapot"_s, u"chat.example.org"_s}});
    }

    void givesThePage()
    {
        const QByteArray answer = ask(request);
        QCOMPARE(answer,
                 QByteArray("HTTP/1.1 200 OK\r\n"
                            "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n"
                            "Content-Type: text/html; charset=utf-8\r\n"
                            "Content-Length: 11\r\n"
                            "Content-Security-Policy: default-src 'none'; "
                            "style-src 'unsafe-inline'\r\n"
                            "X-Content-Type-Options: nosniff\r\n"
                            "Referrer-Policy: no-referrer\r\n"
                            "Cache-Control: no-store\r\n"
                            "Connection: close\r\n"
                            "\r\n"
                            "<p>page</p>"));
    }

    void aHeadHasNoBody()
    {
        QByteArray wanted = ask(request);
        wanted.chop(qstrlen("<p>page</p>"));
        QCOMPARE(ask("HEAD" + request.sliced(3)), wanted);
    }

    void answersOnceWhereverItIsSplit()
    {
        const QByteArray wanted = ask(request);
        for (qsizetype cut = 0; cut <= request.size(); ++cut) {
            const auto dialect = make();
            dialect->feed(QByteArrayView(request).first(cut));
            if (cut < request.size())
                QVERIFY(std::holds_alternative<NeedMore>(dialect->next()));
            dialect->feed(QByteArrayView(request).sliced(cut));
            const Decoded decoded = dialect->next();
            QVERIFY(std::holds_alternative<Answered>(decoded));
            QCOMPARE(std::get<Answered>(decoded).bytes, wanted);
            dialect->feed(request);
            QVERIFY(std::holds_alternative<NeedMore>(dialect->next()));
        }
    }

    void judges_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &head, int status) {
            QTest::newRow(name) << head << status;
        };
        const QByteArray host = "Host: localhost\r\n";
        row("HTTP/1.0", "GET / HTTP/1.0\r\n" + host + "\r\n", 200);
        row("HTTP/1.9", "GET / HTTP/1.9\r\n" + host + "\r\n", 200);
        row("fields", "GET / HTTP/1.1\r\nUser-Agent: a\r\n" + host + "Accept:\t*/* \r\n\r\n", 200);
        row("absolute", "GET http://localhost:5005/ HTTP/1.1\r\n" + host + "\r\n", 200);
        row("absolute, no path", "GET HTTP://10.0.0.5 HTTP/1.1\r\n" + host + "\r\n", 200);
        row("no length", "GET / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n", 200);
        row("pipelined", request + request, 200);
        row("a body that is a request", "GET / HTTP/1.1\r\n" + host + "\r\nlogin ann\r\n", 200);
        row("another path", "GET /favicon.ico HTTP/1.1\r\n" + host + "\r\n", 404);
        row("a query", "GET /?a HTTP/1.1\r\n" + host + "\r\n", 404);
        row("dots", "GET /../etc/passwd HTTP/1.1\r\n" + host + "\r\n", 404);
        row("absolute, another path", "GET http://localhost/a HTTP/1.1\r\n" + host + "\r\n", 404);
        row("POST", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nlogin", 405);
        row("PUT", "PUT / HTTP/1.1\r\n" + host + "\r\n", 405);
        row("OPTIONS", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 405);
        row("unknown", "BREW / HTTP/1.1\r\n" + host + "\r\n", 405);
        row("get", "get / HTTP/1.1\r\n" + host + "\r\n", 405);
        row("GET with a body", "GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nlogin", 413);
        row("chunked", "GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n", 413);
        row("another's host", "GET / HTTP/1.1\r\nHost: evil.example.com\r\n\r\n", 421);
        row("absolute, another's", "GET http://evil.example.com/ HTTP/1.1\r\n" + host + "\r\n",
            421);
        row("another's before a body", "POST / HTTP/1.1\r\nHost: evil.example.com\r\n\r\n", 421);
        row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
        row("HTTP/1.0, no Host", "GET / HTTP/1.0\r\n\r\n", 400);
        row("two Hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400);
        row("obs-fold", "GET / HTTP/1.1\r\n" + host + "A: b\r\n c\r\n\r\n", 400);
        row("a blank before the colon", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400);
        row("no colon", "GET / HTTP/1.1\r\n" + host + "nonsense\r\n\r\n", 400);
        row("no name", "GET / HTTP/1.1\r\n" + host + ": value\r\n\r\n", 400);
        row("a bare CR", "GET / HTTP/1.1\r\n" + host + "A: b\rC: d\r\n\r\n", 400);
        row("a bare LF", "GET / HTTP/1.1\n" + host + "\r\n", 400);
        row("NUL", "GET / HTTP/1.1\r\n" + host + QByteArray("A: \0\r\n\r\n", 8), 400);
        row("two lengths that say nothing",
            "GET / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400);
        row("HTTP/0.9", "GET /\r\n", 400);
        row("two blanks", "GET  / HTTP/1.1\r\n" + host + "\r\n", 400);
        row("a blank in the target", "GET / a HTTP/1.1\r\n" + host + "\r\n", 400);
        row("not HTTP", "GET / HTTP/x.y\r\n", 400);
        row("HTTP/2", "GET / HTTP/2.0\r\n", 505);
        row("an empty line first", "\r\n" + request, 400);
        row("a line feed first", "\n" + request, 400);
    }

    void judges()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const int, status);
        const QByteArray answer = ask(head);
        QCOMPARE(answer.first(13), "HTTP/1.1 " + QByteArray::number(status) + ' ');
        QVERIFY(answer.contains("Connection: close\r\n"));
        QCOMPARE(answer.contains("<p>page</p>"), status == 200);
        QCOMPARE(answer.contains("Allow: GET, HEAD\r\n"), status == 405);
    }

    /// Whatever is altered in a request, there is one answer at most, wherever it is split, and
    /// the page for none but whole heads.
    void standsWhatIsAltered()
    {
        QRandomGenerator random(5);
        const QByteArray fine = "GET / HTTP/1.1\r\nHost: 10.0.0.5\r\nContent-Length: 0\r\n\r\n";
        int pages = 0;
        int refusals = 0;
        for (int round = 0; round < 20'000; ++round) {
            QByteArray head = fine;
            for (int change = random.bounded(6); change >= 0; --change)
                alter(head, random);
            const QByteArray whole = ask(head);
            const auto dialect = make();
            const qsizetype cut = random.bounded(head.size() + 1);
            dialect->feed(QByteArrayView(head).first(cut));
            const Decoded early = dialect->next();
            dialect->feed(QByteArrayView(head).sliced(cut));
            const Decoded late = dialect->next();
            const auto *answered = std::get_if<Answered>(&early);
            QVERIFY(!answered || std::holds_alternative<NeedMore>(late));
            if (!answered)
                answered = std::get_if<Answered>(&late);
            QCOMPARE(answered ? answered->bytes : nothing, whole);
            QCOMPARE(whole.count("HTTP/1.1 "), whole == nothing ? 0 : 1);
            pages += whole.startsWith("HTTP/1.1 200 ") ? 1 : 0;
            refusals += whole.startsWith("HTTP/1.1 4") ? 1 : 0;
        }
        QVERIFY(pages > 100 && refusals > 100);
    }

    void sizes_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        const QByteArray start = "GET / HTTP/1.1\r\nHost: localhost\r\n";
        const auto padded = [&](qsizetype size) {
            const QByteArray head = start + "A: ";
            return head + QByteArray(size - head.size() - 4, 'a') + "\r\n\r\n";
        };
        QTest::newRow("largest") << padded(HttpDialect::mostBytes) << 200;
        QTest::newRow("too large") << padded(HttpDialect::mostBytes + 1) << 431;
        QTest::newRow("endless") << QByteArray(20'000, 'G') << 431;
        QTest::newRow("most lines")
                << start + QByteArray("A: b\r\n").repeated(HttpDialect::mostLines - 2) + "\r\n"
                << 200;
        QTest::newRow("too many lines")
                << start + QByteArray("A: b\r\n").repeated(HttpDialect::mostLines - 1) + "\r\n"
                << 431;
    }

    void sizes()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const int, status);
        QCOMPARE(ask(head).first(12), "HTTP/1.1 " + QByteArray::number(status));
    }

    void ownHosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("isOwn");
        for (const char *own :
             {"10.0.0.5", "203.0.113.7:5005", "[::1]", "[2001:db8::1]:5005", "[fe80::1%25eth0]",
              "localhost", "LOCALHOST:80", "printer", "teapot", "Teapot.", "chat.example.org",
              "office.local", "office.local.", "a.lan", "a.home.arpa", "a.internal", "localhost:"})
            QTest::newRow(own) << QByteArray(own) << true;
        for (const char *others : {"",
                                   "example.org",
                                   "evil.example.com",
                                   "chat.example.org.evil.com",
                                   "local.evil.com",
                                   "a.local.com",
                                   "10.0.0.5.nip.io",
                                   "10.0.0",
                                   "1.2.3.4.5",
                                   "10.0.0.256",
                                   "[evil.com]",
                                   "[::1",
                                   "[::1]evil",
                                   "[::1]:a",
                                   "localhost:a",
                                   "localhost:123456",
                                   "a b",
                                   "a@b",
                                   "user@localhost",
                                   "a/b",
                                   "a,b",
                                   ":",
                                   ":80",
                                   "."})
            QTest::newRow(qPrintable(u"not "_s + QLatin1StringView(others)))
                    << QByteArray(others) << false;
    }

    void ownHosts()
    {
        QFETCH(const QByteArray, host);
        QFETCH(const bool, isOwn);
        QCOMPARE(isOwnHost(host, {u"teapot"_s, u"chat.example.org"_s}), isOwn);
    }

    void saysWhyItEnds()
    {
        const auto dialect = make();
        QVERIFY(dialect->farewell({ClosingCode::Timeout, {}}).startsWith("HTTP/1.1 408 "));
        QVERIFY(dialect->farewell({ClosingCode::ServerFull, {}}).startsWith("HTTP/1.1 503 "));
        dialect->feed(request);
        QVERIFY(std::holds_alternative<Answered>(dialect->next()));
        QVERIFY(dialect->farewell({ClosingCode::Timeout, {}}).isEmpty());
    }

    void hasTenSeconds()
    {
        QCOMPARE(make()->deadline(), std::chrono::milliseconds(10'000));
        QCOMPARE(m_registry.make(u"tea"_s, {})->deadline(),
                 std::chrono::milliseconds(limits::loginDeadline));
    }

    void isNoListenersName() { QVERIFY(!DialectRegistry::knows(u"http"_s)); }

    void thePageEscapesWhatItSays()
    {
        const auto key = Fingerprint::fromSha256(QByteArray(32, 'k'));
        const QString page = QString::fromUtf8(joinPage(
                {u"<script>alert(1)</script> & \"co\""_s,
                 {{.host = u"10.0.0.5"_s, .port = 5006, .fingerprint = key, .code = u"secret"_s},
                  {.host = u"fd00::1"_s}},
                 key}));
        QVERIFY(!page.contains(u"<script"_s));
        QVERIFY(page.contains(u"&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;"_s));
        QVERIFY(page.contains(u"<a href=\"teahouse://10.0.0.5:5006\">"_s));
        QVERIFY(page.contains(u"<code>telnet fd00::1 5005</code>"_s));
        QVERIFY(page.contains(key->grouped()));
        QVERIFY(!page.contains(key->text()) && !page.contains(u"secret"_s));
        QVERIFY(page.contains(u"lang=\"en\""_s) && page.contains(u"lang=\"zh-CN\""_s));
        QVERIFY(!page.contains(u"http"_s) && !page.contains(u"url("_s)); // nothing from outside
    }

    void thePageOfAServerWithoutAddresses()
    {
        const QString page = QString::fromUtf8(
                joinPage({.serverName = u"Teahouse"_s, .links = {}}));
        QVERIFY(page.contains(u"use the address that your browser shows"_s));
        QVERIFY(page.contains(u"浏览器地址栏"_s));
        QVERIFY(!page.contains(u"<ul>"_s) && !page.contains(u"<h2>"_s));
    }

private:
    std::unique_ptr<Dialect> make() const { return m_registry.make(u"http"_s, {}); }

    QByteArray ask(const QByteArray &bytes) const
    {
        const auto dialect = make();
        dialect->feed(bytes);
        const Decoded decoded = dialect->next();
        const auto *answered = std::get_if<Answered>(&decoded);
        return answered ? answered->bytes : nothing;
    }

    /// A byte is changed, taken away or put in, or a part of it is repeated.
    static void alter(QByteArray &head, QRandomGenerator &random)
    {
        const qsizetype place = random.bounded(std::max<qsizetype>(head.size(), 1));
        const auto byte = static_cast<char>(random.bounded(256));
        switch (random.bounded(4)) {
        case 0:
            head.replace(place, 1, QByteArray(1, byte));
            break;
        case 1:
            head.remove(place, 1);
            break;
        case 2:
            head.insert(place, byte);
            break;
        default:
            head.insert(place, head.first(place));
        }
    }

    DialectRegistry m_registry{{.server = {u"Teahouse"_s, [] { return now; }}}};
};

QTEST_GUILESS_MAIN(TestHttpDialect)
#include "tst_httpdialect.moc"
