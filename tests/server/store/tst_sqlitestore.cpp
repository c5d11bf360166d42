#include "server/store/sqlitestore.h"
#include "tests/server/store/storecontract.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// The contract, kept by the durable store.
class TestSqliteStore : public StoreContract
{
    Q_OBJECT

protected:
    std::unique_ptr<Store> makeStore(Executor &executor, std::function<qint64()> clock,
                                     QString) override
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto file = StoreFile::open(m_folder->path());
        if (const auto *text = std::get_if<QString>(&file))
            qFatal("%s", qPrintable(*text));
        auto store = std::make_unique<SqliteStore>(
                std::get<std::unique_ptr<StoreFile>>(std::move(file)), executor, std::move(clock),
                SqliteStoreSetup{.deadline = std::chrono::minutes(5)});
        m_epoch = store->epoch();
        m_sqlite = store.get();
        return store;
    }

    QString epoch() const override { return m_epoch; }

    void settle() override
    {
        do {
            QCoreApplication::processEvents();
            executor().run();
            QThread::usleep(50);
        } while (hasStore() && !m_sqlite->isIdle());
        executor().run();
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    SqliteStore *m_sqlite = nullptr;
    QString m_epoch;
};

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestSqliteStore)
#include "tst_sqlitestore.moc"
