#include "gui-client/widgets/searchpane.h"
#include "gui-client/widgets/transcriptview.h"
#include "server/app/server.h"
#include "server/store/sqlitestore.h"
#include "tests/e2e/people.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace std::chrono_literals;
using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::isOnline, test::lines, test::LinePerson, test::say, test::startClient;

/// What the server keeps, as people at the client meet it: what was said long ago, what was found,
/// changed and not read; before and after the server was started again on its data folder.
class TestKept : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void changesReachEverybody();
    void findsWhatWasSaidLongAgo();
    void goesOnAfterARestart();
    void keepsPositionsOverARestart();

private:
    void startServer(quint16 port);
    void restartServer();
    void converse(int count);
    static const TranscriptRow *rowOf(const test::Client &who, const QString &text);

    std::unique_ptr<QTemporaryDir> m_data;
    std::unique_ptr<server::Server> m_server;
    quint16 m_port = 0;
};

void TestKept::startServer(quint16 port)
{
    auto file = server::StoreFile::open(m_data->path());
    QVERIFY(std::holds_alternative<std::unique_ptr<server::StoreFile>>(file));
    auto &opened = std::get<std::unique_ptr<server::StoreFile>>(file);
    server::Settings settings;
    settings.flood = false;
    settings.perAddress = false;
    m_server = std::make_unique<server::Server>(
            settings, server::Server::About{u"test"_s},
            [&](server::Executor &executor, std::function<qint64()> utc) {
                return std::make_unique<server::SqliteStore>(std::move(opened), executor,
                                                             std::move(utc));
            });
    const auto failure = m_server->start({{u"tea"_s, u"127.0.0.1"_s, port}});
    QVERIFY2(!failure, failure ? qPrintable(failure->text) : "");
    m_port = m_server->listening().constFirst().port;
}

void TestKept::restartServer()
{
    QSignalSpy stopped(m_server.get(), &server::Server::stopped);
    m_server->stop();
    QTRY_COMPARE(stopped.size(), 1);
    m_server.reset();
    startServer(m_port);
}

void TestKept::init()
{
    m_data = std::make_unique<QTemporaryDir>();
    startServer(0);
}

void TestKept::cleanup()
{
    m_server.reset();
    m_data.reset();
}

/// Bob says so many lines; the first is what will be searched for.
void TestKept::converse(int count)
{
    LinePerson bob(m_port);
    bob.type(u"login bob"_s);
    bob.type(u"say 昨天的龙井茶在哪里？ Where is the Plum cake?"_s);
    for (int i = 2; i <= count; ++i)
        bob.type(u"say %1"_s.arg(i));
    QTRY_VERIFY(bob.heard().contains(u"bob: %1"_s.arg(count)));
    bob.type(u"logout"_s);
}

/// The message with a text, once the server has it.
const TranscriptRow *TestKept::rowOf(const test::Client &who, const QString &text)
{
    for (int i = 0; i < who.transcript()->rowCount(); ++i) {
        const TranscriptRow &row = who.transcript()->row(i);
        if (row.text == text && row.seq > 0)
            return &row;
    }
    return nullptr;
}

void TestKept::changesReachEverybody()
{
    const auto ann = startClient(u"ann"_s, m_port);
    const auto carl = startClient(u"carl"_s, m_port);
    QTRY_VERIFY(isOnline(*ann) && isOnline(*carl));
    say(*ann, u"gren tea"_s);
    say(*ann, u"never mind"_s);
    QTRY_COMPARE(lines(*carl), QStringList({u"ann: gren tea"_s, u"ann: never mind"_s}));
    QTRY_VERIFY(rowOf(*ann, u"never mind"_s));
    const quint64 tea = rowOf(*ann, u"gren tea"_s)->seq;
    const quint64 mind = rowOf(*ann, u"never mind"_s)->seq;
    ann->view()->startEditing(tea);
    say(*ann, u"green tea"_s);
    QTRY_COMPARE(lines(*carl).first(), u"ann: green tea"_s);
    QVERIFY(rowOf(*carl, u"green tea"_s)->edited);
    emit ann->app->chatWindow()->eraseRequested(u"main"_s, mind);
    QTRY_COMPARE(lines(*carl), QStringList(u"ann: green tea"_s));
    QCOMPARE(carl->transcript()->row(*carl->transcript()->rowAt(mind)).kind, RowKind::Gone);
    // Somebody who comes later sees the same.
    const auto dora = startClient(u"dora"_s, m_port);
    QTRY_VERIFY(isOnline(*dora));
    QTRY_COMPARE(lines(*dora), QStringList(u"ann: green tea"_s));
    // Carl may not change what is ann's, and is told.
    QSignalSpy refused(&carl->app->session(), &ChatSession::requestFailed);
    emit carl->app->chatWindow()->editRequested(u"main"_s, tea, u"my tea"_s);
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(lines(*dora), QStringList(u"ann: green tea"_s));
}

void TestKept::findsWhatWasSaidLongAgo()
{
    converse(700);
    const auto ann = startClient(u"ann"_s, m_port);
    QTRY_VERIFY(isOnline(*ann));
    QTRY_VERIFY(lines(*ann).contains(u"bob: 700"_s));
    SearchModel *search = ann->app->model()->search();
    TranscriptView *view = ann->view()->transcript();
    for (const QString &words : {u"茶"_s, u"龙井"_s, u"plum CAKE"_s}) {
        SearchQuery query;
        query.text = words;
        query.from = u"bob"_s;
        search->start(query);
        QTRY_COMPARE(search->state(), SearchModel::State::Done);
        QVERIFY2(search->rowCount() == 1, qPrintable(words));
    }
    const quint64 seq = search->index(0).data(SearchModel::SeqRole).toULongLong();
    SearchPane *pane = ann->app->chatWindow()->searchPane();
    emit pane->chosen(u"main"_s, seq);
    QTRY_COMPARE(view->found(), seq);
    QVERIFY(!view->rowRect(*ann->transcript()->rowAt(seq)).isEmpty());
    QVERIFY(!ann->transcript()->isKnown(seq + 300)); // what is in between is not loaded
    emit pane->backRequested();
    QTRY_VERIFY(view->isAtNewest());
    SearchQuery nothing;
    nothing.text = u"coffee"_s;
    search->start(nothing);
    QTRY_COMPARE(search->state(), SearchModel::State::Done);
    QCOMPARE(search->rowCount(), 0);
}

void TestKept::goesOnAfterARestart()
{
    converse(150);
    const auto ann = startClient(u"ann"_s, m_port);
    QTRY_VERIFY(isOnline(*ann));
    QTRY_VERIFY(lines(*ann).contains(u"bob: 150"_s));
    say(*ann, u"before"_s);
    QTRY_VERIFY(rowOf(*ann, u"before"_s));
    restartServer();
    QTRY_COMPARE(ann->app->session().link().state(), ServerLink::State::Waiting);
    say(*ann, u"while it was away"_s);
    converse(20);
    ann->alarms.advance(2s);
    QTRY_VERIFY(isOnline(*ann));
    QTRY_VERIFY(lines(*ann).contains(u"ann: while it was away"_s));
    QTRY_VERIFY(lines(*ann).contains(u"bob: 20"_s));
    const QStringList seen = lines(*ann);
    QCOMPARE(seen.count(u"ann: before"_s), 1);
    QCOMPARE(seen.count(u"ann: while it was away"_s), 1);
    QCOMPARE(seen.count(u"bob: 150"_s), 1);
    SearchQuery query;
    query.text = u"before"_s;
    ann->app->model()->search()->start(query);
    QTRY_COMPARE(ann->app->model()->search()->rowCount(), 1);
}

void TestKept::keepsPositionsOverARestart()
{
    const auto ann = startClient(u"ann"_s, m_port);
    QTRY_VERIFY(isOnline(*ann));
    LinePerson bob(m_port);
    bob.type(u"login bob"_s);
    bob.type(u"say seen"_s);
    QTRY_COMPARE(lines(*ann), QStringList(u"bob: seen"_s));
    ChatModel *model = ann->app->model();
    model->setActive(true);
    QTRY_COMPARE(model->totalUnread(), 0);
    // A question that is answered behind it: the position has arrived.
    ann->alarms.advance(2s);
    say(*ann, u"so it is"_s);
    QTRY_VERIFY(bob.heard().contains(u"ann: so it is"_s));
    ann->alarms.advance(2s);
    model->setActive(false);
    QTRY_VERIFY(rowOf(*ann, u"so it is"_s));
    restartServer();
    converse(30);
    QTRY_COMPARE(ann->app->session().link().state(), ServerLink::State::Waiting);
    ann->alarms.advance(2s);
    QTRY_VERIFY(isOnline(*ann));
    QTRY_COMPARE(model->totalUnread(), 30);
    QTRY_VERIFY(ann->transcript()->markerRow());
    QVERIFY(ann->transcript()->row(*ann->transcript()->markerRow()).text.contains(u"Plum"_s));
    model->setActive(true);
    QCOMPARE(model->totalUnread(), 0);
}

QTEST_MAIN(TestKept)
#include "tst_kept.moc"
