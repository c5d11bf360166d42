#include "shared/limits.h"
#include "tests/server/store/sqliterig.h"
#include "tests/server/store/storecontract.h"

#include <QTest>

namespace teahouse::server {

/// The contract, kept by the durable store.
class TestSqliteStore : public StoreContract
{
    Q_OBJECT

protected:
    int auditKept() const override { return limits::audit; }
    std::unique_ptr<Store> makeStore(Executor &executor, std::function<qint64()> clock,
                                     QString) override
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = openStore(m_folder->path(), executor, std::move(clock));
        m_epoch = store->epoch();
        m_sqlite = store.get();
        return store;
    }

    QString epoch() const override { return m_epoch; }

    void settle() override
    {
        executor().run();
        while (hasStore() && !m_sqlite->isIdle()) {
            waitALittle();
            executor().run();
        }
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    SqliteStore *m_sqlite = nullptr;
    QString m_epoch;
};

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestSqliteStore)
#include "tst_sqlitestore.moc"
