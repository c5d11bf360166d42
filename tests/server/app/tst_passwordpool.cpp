#include "server/app/passwordpool.h"
#include "server/net/poller.h"

#include <QTest>

#include <optional>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// The threads that hash, with the least cost.
class TestPasswordPool : public QObject
{
    Q_OBJECT

private slots:
    void hashesAreVerified();
    void normalFormsAreOnePassword();
    void emptyHashIsNobodys();
    void brokenHashIsNobodys();
    void everythingIsAnsweredLater();
    void whatWaitsIsBounded();
    void destroyingDropsAnswers();

private:
    static QByteArray hash(PasswordPool &pool, const QString &password);
    static bool verify(PasswordPool &pool, const QString &password, const QByteArray &hash);

    Poller m_poller;
};

QByteArray TestPasswordPool::hash(PasswordPool &pool, const QString &password)
{
    QByteArray made;
    pool.hash(password, [&](const Result<QByteArray> &result) { made = *result; });
    if (!QTest::qWaitFor([&] { return !made.isEmpty(); }))
        QTest::qFail("no hash", __FILE__, __LINE__);
    return made;
}

bool TestPasswordPool::verify(PasswordPool &pool, const QString &password, const QByteArray &hash)
{
    std::optional<bool> isRight;
    pool.verify(password, hash, [&](const Result<bool> &result) { isRight = *result; });
    if (!QTest::qWaitFor([&] { return isRight.has_value(); }))
        QTest::qFail("no answer", __FILE__, __LINE__);
    return isRight.value_or(false);
}

void TestPasswordPool::hashesAreVerified()
{
    PasswordPool pool(m_poller, HashCost::least());
    const QByteArray made = hash(pool, u"correct horse 🐎"_s);
    QVERIFY(made.startsWith("$argon2id$"));
    QVERIFY(made != hash(pool, u"correct horse 🐎"_s)); // salted
    QVERIFY(verify(pool, u"correct horse 🐎"_s, made));
    QVERIFY(!verify(pool, u"correct horse"_s, made));
    QVERIFY(!verify(pool, {}, made));
}

void TestPasswordPool::normalFormsAreOnePassword()
{
    PasswordPool pool(m_poller, HashCost::least());
    QVERIFY(verify(pool, u"cafe\u0301 au lait"_s, hash(pool, u"caf\u00e9 au lait"_s)));
}

void TestPasswordPool::emptyHashIsNobodys()
{
    PasswordPool pool(m_poller, HashCost::least());
    QVERIFY(!verify(pool, u"anything"_s, {}));
    QVERIFY(!verify(pool, {}, {}));
}

void TestPasswordPool::brokenHashIsNobodys()
{
    PasswordPool pool(m_poller, HashCost::least());
    QVERIFY(!verify(pool, u"anything"_s, "$argon2id$v=19$nonsense"));
    QVERIFY(!verify(pool, u"anything"_s, QByteArray(1000, 'x')));
}

void TestPasswordPool::everythingIsAnsweredLater()
{
    PasswordPool pool(m_poller, HashCost::least());
    int answers = 0;
    pool.hash(u"a password"_s, [&](const Result<QByteArray> &) { ++answers; });
    pool.verify(u"a password"_s, {}, [&](const Result<bool> &) { ++answers; });
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 2);
}

/// What runs and what waits is as much as the pool takes; what comes then is refused at once.
void TestPasswordPool::whatWaitsIsBounded()
{
    PasswordPool pool(m_poller, HashCost::interactive());
    constexpr int sent = PasswordPool::threads + static_cast<int>(PasswordPool::mostWaiting) + 10;
    int refused = 0;
    for (int i = 0; i < sent; ++i)
        pool.hash(u"a password"_s, [&](const Result<QByteArray> &result) {
            if (!result && result.error().code == ErrorCode::SlowDown)
                ++refused;
        });
    QTRY_VERIFY(refused >= 10);
    QVERIFY(refused <= 10 + PasswordPool::threads);
}

void TestPasswordPool::destroyingDropsAnswers()
{
    bool told = false;
    {
        PasswordPool pool(m_poller, HashCost::least());
        for (int i = 0; i < 10; ++i)
            pool.hash(u"a password"_s, [&](const Result<QByteArray> &) { told = true; });
    }
    QCoreApplication::processEvents();
    QVERIFY(!told);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestPasswordPool)
#include "tst_passwordpool.moc"
