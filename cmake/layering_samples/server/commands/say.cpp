#include "server/core/room.h"
#include "server/dialects/dialect.h" // bad
