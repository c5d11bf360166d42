#include "server/core/store.h"
#include "server/commands/dispatcher.h" // bad

#include <QSqlDatabase>
#include <QThread>
