#include "gui-client/app/nearby.h"

#include <QCoreApplication>

#include <cstdio>

using namespace teahouse;
using namespace teahouse::client;

namespace {

void print(const char *what, const QModelIndex &row)
{
    std::printf("%s %s %s %s\n", what, qPrintable(row.data(NearbyModel::NameRole).toString()),
                qPrintable(row.data(NearbyModel::AddressRole).toString()),
                row.data(NearbyModel::FalseRole).toBool() ? "false" : "true");
    std::fflush(stdout);
}

} // namespace

/// Prints which servers nearby the client sees come and go, a line each: `seen NAME ADDRESS
/// true|false`, `gone NAME ADDRESS true|false`; false where it is not what it claims. With a
/// fingerprint as its argument every server is taken for a known one that has this key.
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    NearbyModel model;
    if (const auto key = Fingerprint::parse(QCoreApplication::arguments().value(1)))
        model.setKnownKeys([key](const QString &) { return QList<Fingerprint>{*key}; });
    QObject::connect(&model, &NearbyModel::rowsInserted, &model,
                     [&](const QModelIndex &, int row) { print("seen", model.index(row)); });
    QObject::connect(&model, &NearbyModel::rowsAboutToBeRemoved, &model,
                     [&](const QModelIndex &, int row) { print("gone", model.index(row)); });
    Nearby nearby(model, eventLoopAlarms());
    nearby.start();
    return QCoreApplication::exec();
}
