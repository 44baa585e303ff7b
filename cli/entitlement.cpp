#include "cli/commands.h"

namespace jedel::cli {

void add_entitlement(CLI::App&, int&) {}

}  // namespace jedel::cli
