#pragma once
// Everything the window needs, loaded and opened before it opens; each failure is one clear line.

#include <memory>
#include <string>

#include "console/console.h"
#include "console/options.h"

namespace jedel::console {

/// What was loaded; immutable.
struct Loaded {
    std::string install_folder;
    ConsoleParts parts;
    std::string journal_url;
    std::shared_ptr<const Rights> rights;
    DeskNo desk = 0;
    FixRetention keep_fixes;
};

/// Reads city, protocol, lexicon, law, strings, register. Touches no journal.
Result<Loaded> load_everything(const Options& options);

/// Where a register of the insured may come from.
struct RegisterFiles {
    std::string given;  ///< CSV or JSON of --register; empty: none
    std::string city_folder, install_folder, data_folder;
};
/// The SQLite table of the insured, imported where needed: the file that was given; else the
/// city's own register.csv; else what was imported before; else, for the training city, its
/// made-up people. Empty: there is none, and every status is unknown.
Result<std::string> prepare_register(const RegisterFiles& files);

/// Protocol, lexicon and cards below the install folder; the first error names file, line, field.
Result<RuleTables> read_rule_tables(const std::string& install_folder);

}  // namespace jedel::console
