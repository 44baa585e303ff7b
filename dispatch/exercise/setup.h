#pragma once
// From file names to a replay that is ready to run.

#include <memory>
#include <string>

#include "dispatch/exercise/replay.h"

namespace jedel::exercise {

struct ReplayFiles {
    std::string install_folder;  ///< holds data/protocol, data/lexicon, data/law
    std::string log;
    std::string mapping;
    std::string city_folder;
};

/// Reads and checks everything; each error is one line that names file, line and field.
Result<std::shared_ptr<const ReplayInput>> load_replay(const ReplayFiles& files);

/// A mapping with its findings checked against the rule table.
Result<Mapping> load_mapping(const std::string& path, const triage::Protocol& protocol);

}  // namespace jedel::exercise
