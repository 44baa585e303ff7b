#pragma once
// Where the program's own files lie.

#include <string>

#include "base/result.h"

namespace jedel {

/// The folder that holds `data/` and `assets/`: $JEDEL_HOME, else the nearest one above the
/// running program (also ../share/jedel). Error when there is none.
Result<std::string> install_folder();
/// $XDG_DATA_HOME/jedel or ~/.local/share/jedel; created when missing.
Result<std::string> user_data_folder();
/// Reads a whole file; the error names it and why.
Result<std::string> read_file(const std::string& path);
/// Writes a file through a temporary one beside it, so that a reader sees the old or the new.
Result<void> write_file(const std::string& path, std::string_view bytes);

}  // namespace jedel
