#include "server/core/passworddesk.h"

#include "shared/limits.h"
#include "tests/support/manualexecutor.h"

#include <QStringList>
#include <QTest>

#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

using Line = FairQueue::Line;

/// Notes what is asked for, and answers when it is told to.
class SlowPasswords : public Passwords
{
public:
    void hash(const QString &password, std::function<void(Result<QByteArray>)> then) override
    {
        begun.append(password);
        m_open.push_back([then] { then(QByteArray("hash")); });
    }
    void verify(const QString &password, const QByteArray &,
                std::function<void(Result<bool>)> then) override
    {
        begun.append(password);
        m_open.push_back([then] { then(true); });
    }

    qsizetype atWork() const { return std::ssize(m_open); }
    /// Answers the oldest; false: there is none.
    bool answerOne()
    {
        if (m_open.empty())
            return false;
        const auto answer = m_open.front();
        m_open.erase(m_open.begin());
        answer();
        return true;
    }

    QStringList begun;

private:
    std::vector<std::function<void()>> m_open;
};

Requester stranger(quint64 share, SessionId session = 1)
{
    return {session, {.counted = {0, share}}, {0, share}, Line::Strangers};
}

Requester known(quint64 share, SessionId session = 1)
{
    return {session, {.counted = {0, share}}, {0, share}, Line::Known};
}

} // namespace

/// Who is hashed for, with a pool that answers when it is told to.
class TestPasswordDesk : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_outcomes.clear();
        m_passwords = std::make_unique<SlowPasswords>();
        m_desk = std::make_unique<PasswordDesk>(
                *m_passwords, [this](std::function<void()> task) { m_later.post(task); });
    }

    void asManyAtOnceAsThereAreThreads();
    void manyAddressesDoNotKeepOneOut();
    void aShareHasARate_data();
    void aShareHasARate();
    void theTimeThatIsToldIsTrue();
    void strangersDoNotUseUpWhatTheKnownMayAsk();
    void theShellHasNoRate();
    void whoIsOustedIsTold();
    void aSessionGivesItsPlacesBack();
    void nothingIsAnsweredInside();

private:
    void ask(const Requester &who, const QString &what)
    {
        m_desk->verify(who, what, {}, [this, what](const Result<bool> &right) {
            m_outcomes.append(right ? what : what + u' ' + errorName(right.error().code));
            m_retry = right ? -1 : right.error().retryMs;
        });
    }
    /// All that are under way, and those behind them.
    void answerAll()
    {
        m_later.run();
        while (m_passwords->answerOne()) {
        }
        m_later.run();
    }

    ManualExecutor m_later;
    std::unique_ptr<SlowPasswords> m_passwords;
    std::unique_ptr<PasswordDesk> m_desk;
    QStringList m_outcomes;
    int m_retry = -1;
};

void TestPasswordDesk::asManyAtOnceAsThereAreThreads()
{
    for (int i = 0; i < 5; ++i)
        ask(stranger(1), QString::number(i));
    QCOMPARE(m_passwords->atWork(), limits::hashesAtOnce);
    QCOMPARE(m_desk->waiting(), 5 - limits::hashesAtOnce);
    m_passwords->answerOne();
    QCOMPARE(m_passwords->atWork(), limits::hashesAtOnce);
    answerAll();
    QCOMPARE(m_outcomes, (QStringList{u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
}

/// 72 strangers at 9 addresses, who ask again as soon as they are answered.
void TestPasswordDesk::manyAddressesDoNotKeepOneOut()
{
    for (quint64 i = 0; i < 72; ++i)
        ask(stranger(i % 9), u"flood"_s);
    const auto turnsUntil = [this](const QString &what) {
        int turns = 0;
        while (!m_outcomes.contains(what) && turns < 1000) {
            m_passwords->answerOne();
            ask(stranger(quint64(++turns) % 9), u"flood"_s);
        }
        return turns;
    };
    ask(stranger(100), u"someone"_s);
    QVERIFY(turnsUntil(u"someone"_s) <= 9 + limits::hashesAtOnce + 1);
    // Who was there before waits for nobody but those at work.
    ask(known(100), u"the owner"_s);
    QVERIFY(turnsUntil(u"the owner"_s) <= limits::hashesAtOnce + 1);
}

void TestPasswordDesk::aShareHasARate_data()
{
    QTest::addColumn<int>("times");
    QTest::addColumn<bool>("refused");
    QTest::newRow("limit - 1") << limits::hashBurst - 1 << false;
    QTest::newRow("limit") << limits::hashBurst << false;
    QTest::newRow("limit + 1") << limits::hashBurst + 1 << true;
}

void TestPasswordDesk::aShareHasARate()
{
    QFETCH(const int, times);
    for (int i = 0; i < times; ++i) {
        ask(stranger(1), QString::number(i));
        answerAll();
    }
    QTEST(m_outcomes.last().endsWith(u" slow-down"_s), "refused");
    ask(stranger(2), u"elsewhere"_s);
    answerAll();
    QCOMPARE(m_outcomes.last(), u"elsewhere"_s);
}

void TestPasswordDesk::theTimeThatIsToldIsTrue()
{
    for (int i = 0; i <= limits::hashBurst; ++i) {
        ask(stranger(1), u"x"_s);
        answerAll();
    }
    const int retry = m_retry;
    QVERIFY(retry > 0);
    m_desk->setTime(retry - 1);
    ask(stranger(1), u"x"_s);
    answerAll();
    QCOMPARE(m_outcomes.last(), u"x slow-down"_s);
    m_desk->setTime(retry);
    ask(stranger(1), u"x"_s);
    answerAll();
    QCOMPARE(m_outcomes.last(), u"x"_s);
}

void TestPasswordDesk::strangersDoNotUseUpWhatTheKnownMayAsk()
{
    for (int i = 0; i < 10 * limits::hashBurst; ++i) {
        ask(stranger(1), u"flood"_s);
        answerAll();
    }
    ask(known(1), u"the owner"_s);
    answerAll();
    QCOMPARE(m_outcomes.last(), u"the owner"_s);
}

void TestPasswordDesk::theShellHasNoRate()
{
    for (int i = 0; i < 10 * limits::hashBurst; ++i) {
        ask(Requester(), u"shell"_s);
        answerAll();
    }
    QCOMPARE(m_outcomes.count(u"shell"_s), 10 * limits::hashBurst);
    for (int i = 0; i < 2 * limits::hashesWaiting; ++i)
        ask(Requester(), u"many"_s);
    answerAll();
    QCOMPARE(m_outcomes.count(u"many"_s), 2 * limits::hashesWaiting);
}

void TestPasswordDesk::whoIsOustedIsTold()
{
    // As many as there are places; two are at work.
    for (int i = 0; i < limits::hashesWaiting + limits::hashesAtOnce; ++i)
        ask(stranger(quint64(i)), u"stranger"_s);
    QCOMPARE(m_desk->waiting(), limits::hashesWaiting);
    ask(stranger(9999), u"one too many"_s);
    m_later.run();
    QCOMPARE(m_outcomes, QStringList{u"one too many slow-down"_s});
    QVERIFY(m_retry > 0);
    ask(known(9999), u"the owner"_s);
    m_later.run();
    QCOMPARE(m_outcomes.last(), u"stranger slow-down"_s);
    QVERIFY(m_retry > 0);
    m_passwords->answerOne();
    m_passwords->answerOne();
    m_passwords->answerOne();
    QCOMPARE(m_outcomes.last(), u"the owner"_s);
}

void TestPasswordDesk::aSessionGivesItsPlacesBack()
{
    for (int i = 0; i < limits::hashesAtOnce; ++i)
        ask(stranger(1, 7), u"at work"_s);
    for (int i = 0; i < limits::hashesWaitingOfShare; ++i)
        ask(stranger(1, 7), u"waits"_s);
    ask(stranger(1, 8), u"other"_s);
    m_later.run();
    QCOMPARE(m_outcomes, QStringList{u"other slow-down"_s}); // no place
    m_outcomes.clear();
    m_desk->withdraw(7);
    QCOMPARE(m_desk->waiting(), 0);
    QVERIFY(m_outcomes.isEmpty()); // not from inside
    m_later.run();
    QCOMPARE(m_outcomes, QStringList(limits::hashesWaitingOfShare, u"waits closing"_s));
    m_outcomes.clear();
    ask(stranger(1, 8), u"other"_s);
    answerAll();
    QCOMPARE(m_outcomes, (QStringList{u"at work"_s, u"at work"_s, u"other"_s}));
}

void TestPasswordDesk::nothingIsAnsweredInside()
{
    for (int i = 0; i < 2 * limits::hashBurst; ++i)
        ask(stranger(1), u"x"_s);
    QVERIFY(m_outcomes.isEmpty());
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestPasswordDesk)
#include "tst_passworddesk.moc"
