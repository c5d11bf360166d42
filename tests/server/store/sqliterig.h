#pragma once

#include "server/store/sqlitestore.h"
#include "tests/support/manualexecutor.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

namespace teahouse::server {

/// Opens the store of a folder, with a deadline that no test meets by chance.
inline std::unique_ptr<SqliteStore> openStore(const QString &folder, Executor &executor,
                                              std::function<qint64()> clock,
                                              SqliteStoreSetup setup = {
                                                      .deadline = std::chrono::minutes(5)})
{
    auto file = StoreFile::open(folder);
    if (const auto *text = std::get_if<QString>(&file))
        qFatal("%s", qPrintable(*text));
    return std::make_unique<SqliteStore>(std::get<std::unique_ptr<StoreFile>>(std::move(file)),
                                         executor, std::move(clock), std::move(setup));
}

/// Lets the store's threads go on, and their answers arrive.
inline void waitALittle()
{
    QCoreApplication::processEvents();
    QThread::usleep(20);
}

} // namespace teahouse::server
