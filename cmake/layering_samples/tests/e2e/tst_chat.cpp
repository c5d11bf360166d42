#include "gui-client/link/serverlink.h"
#include "server/core/room.h"
