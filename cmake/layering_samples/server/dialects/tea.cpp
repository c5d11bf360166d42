#include "server/dialects/dialect.h"
#include "server/core/room.h" // bad
