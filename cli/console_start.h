#pragma once
// Starting the window's program, which lies beside this one.

#include <string>
#include <vector>

namespace jedel::cli {

/// Becomes jedel-console with these arguments (the first is its name). Returns 1, with one line
/// said, only where there is no display or no such program.
int start_console(const std::vector<std::string>& arguments);

}  // namespace jedel::cli
