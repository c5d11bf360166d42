#include "gui-client/link/serverlink.h" // bad
#include "server/core/room.h" // bad

#include <QTest>
