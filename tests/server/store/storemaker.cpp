#include "tests/server/store/storemaker.h"

#include <QCoreApplication>
#include <QThread>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// No two makers of one store use the same.
int lastCid = 0;

} // namespace

StoreMaker::StoreMaker(const QString &folder)
{
    auto file = StoreFile::open(folder);
    if (const auto *text = std::get_if<QString>(&file))
        qFatal("%s", qPrintable(*text));
    m_store = std::make_unique<SqliteStore>(
            std::get<std::unique_ptr<StoreFile>>(std::move(file)), m_executor,
            [this] { return m_now; }, SqliteStoreSetup{.deadline = std::chrono::minutes(5)});
    m_store->takeState();
}

void StoreMaker::put(const RoomRecord &room)
{
    m_store->putRoom(room, {});
    settle();
}

quint64 StoreMaker::add(RoomId room, UserId sender, const Item &item)
{
    quint64 seq = 0;
    m_store->append(
            {.room = room, .sender = sender, .cid = QString::number(++lastCid), .item = item},
            [&seq](const Result<Appended> &result) {
                if (result)
                    seq = result->seq;
            });
    m_now += 1000;
    settle();
    return seq;
}

quint64 StoreMaker::say(RoomId room, const QString &from, const QString &text)
{
    return add(room, 1, message(from, text));
}

void StoreMaker::tick()
{
    m_store->tick();
    settle();
}

void StoreMaker::settle()
{
    do {
        QCoreApplication::processEvents();
        m_executor.run();
        QThread::usleep(50);
    } while (!m_store->isIdle());
    m_executor.run();
}

Item StoreMaker::message(const QString &from, const QString &text)
{
    Item item;
    item.from = from;
    item.text = text;
    return item;
}

} // namespace teahouse::server
