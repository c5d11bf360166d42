#include "server/commands/dispatcher.h"
#include "server/dialects/dialect.h"
#include "server/dialects/tea.h" // bad
#include "server/store/memorystore.h" // bad

#include <QTcpServer>
#include <QWidget> // bad
