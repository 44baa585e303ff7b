#include "cli/commands.h"

namespace jedel::cli {

void add_replay(CLI::App&, int&) {}

}  // namespace jedel::cli
