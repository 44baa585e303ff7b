#include "cli/commands.h"

namespace jedel::cli {

void add_journal(CLI::App&, int&) {}

}  // namespace jedel::cli
