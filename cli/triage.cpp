#include "cli/commands.h"

namespace jedel::cli {

void add_triage(CLI::App&, int&) {}

}  // namespace jedel::cli
