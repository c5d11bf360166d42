#include "server/core/room.h"
#include "shared/item.h"
#include "server/net/connection.h" // bad
#include "server/dialects/dialect.h" // bad
#include "gui-client/models/room.h" // bad
#include "shared/avahi/avahidaemon.h" // bad

#include <QTimer> // bad
#include <QDateTime>
#include <QSqlQuery> // bad
#include <thread> // bad

QDateTime now() { return QDateTime::currentDateTimeUtc(); } // bad
auto fast = std::chrono::steady_clock::now(); // bad
void constr(int); // not the translator
