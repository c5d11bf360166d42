#include <unicode/uchar.h> // bad
// #include "server/core/room.h" is only mentioned
