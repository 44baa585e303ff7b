// The room of the console's tests, built into this program too.
#include "tests/console/room.cpp"  // NOLINT(bugprone-suspicious-include)
