#include "server/core/store.h"
#include "server/commands/dispatcher.h" // bad

#include <QSqlDatabase> // bad
#include <QThread>
#include <sqlite3.h>
