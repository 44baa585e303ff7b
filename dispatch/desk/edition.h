#pragma once
// Rules, words and laws as they are installed; where one cannot be read, as they could be last
// time. A slip of the pen in a table costs nobody the room.

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace jedel {

/// The parts of an installation, folders and files, that one reader reads as one since they must
/// fit one another. What is kept is what that reader read, and no more: another file of the folder
/// may be wrong. Readers of more parts and of fewer keep theirs apart, under `name`.
namespace edition {
struct Parts {
    const char* name;
    std::initializer_list<const char*> paths;
};
/// Rules with the words and cards that name their findings.
inline constexpr Parts rules{
    "rules", {"data/protocol", "data/lexicon", "data/complaints", "data/cards"}};
inline constexpr Parts rules_and_words{
    "rules-and-words", {"data/protocol", "data/lexicon", "data/complaints"}};
inline constexpr Parts rules_alone{"rules-alone", {"data/protocol"}};
inline constexpr Parts law{
    "law", {"data/law/amounts.toml", "data/law/insurance.toml", "data/law/packages.toml",
            "data/law/diseases.toml", "data/law/follow_up.toml", "data/law/ways.toml",
            "data/law/plan.toml", "data/law/calendar.toml"}};
inline constexpr Parts questions{"questions", {"data/law/questions.toml"}};
inline constexpr Parts rights{"rights", {"data/law/rights.toml"}};
inline constexpr Parts retention{"retention", {"data/law/retention.toml"}};
inline constexpr Parts cover{"cover", {"data/law/cover.toml"}};
inline constexpr Parts fleet{
    "fleet", {"data/law/recommendation.toml", "data/law/speeds.toml", "data/law/dispatch.toml",
              "data/law/category4.toml", "data/law/hospital_profiles.toml", "data/law/watch.toml",
              "data/law/advice.toml", "data/law/aviation.toml"}};
inline constexpr Parts replay{
    "replay", {"data/protocol", "data/lexicon", "data/complaints", "data/law/recommendation.toml",
               "data/law/speeds.toml", "data/law/dispatch.toml", "data/law/category4.toml",
               "data/law/cover.toml", "data/law/hospital_profiles.toml", "data/law/watch.toml",
               "data/law/advice.toml", "data/law/aviation.toml"}};
inline constexpr Parts strings{"strings", {"assets/strings"}};
}  // namespace edition

/// Not thread-safe.
class Edition {
public:
    /// `kept`: the folder for what could be read; empty: nothing is kept.
    Edition(std::string installed, std::string kept)
        : installed_(std::move(installed)), kept_(std::move(kept)) {}
    /// Keeps in the user's data folder (XDG), where there is one.
    static Edition of_user(const std::string& installed);

    /// What `read(folder)` gives for the installed parts, which are kept then; if it fails, what it
    /// gives for those kept last, and the failure stands in `faults`. Both fail: the first error.
    template <class Read>
    auto load(const edition::Parts& parts, Read&& read) -> decltype(read(std::string{})) {
        auto now = read(installed_);
        if (now) {
            keep(parts);
            return now;
        }
        if (kept_.empty()) return now;
        auto before = read(kept_ + "/" + parts.name);
        if (!before) return now;
        faults_.push_back(now.error());
        return before;
    }
    /// What is wrong with the installed files, by file and line, until somebody mends it.
    [[nodiscard]] const std::vector<Error>& faults() const { return faults_; }
    /// The same on stderr, a line each, after the program's name.
    void say_faults(const char* program) const;

private:
    void keep(const edition::Parts& parts) const;
    std::string installed_, kept_;
    std::vector<Error> faults_;
};

}  // namespace jedel
