#include "gui-client/link/serverlink.h" // bad
#include "server/core/room.h" // bad
#include "shared/names.h"

#include <QAbstractListModel>
#include <QColor> // bad
