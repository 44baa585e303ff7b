#pragma once
// The words of a report in one language, from assets/strings/report.toml.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/result.h"

namespace jedel::exercise {

using jedel::Language;

class Texts {
public:
    static Result<Texts> load(const std::string& install_folder, Language language);
    /// The text of a key; the key itself when there is none, so that a gap is seen.
    [[nodiscard]] const std::string& operator()(const std::string& key) const {
        const auto it = texts_.find(key);
        return it != texts_.end() ? it->second : key;
    }
    [[nodiscard]] Language language() const { return language_; }
    /// "1-санат", "Категория 1", "Category 1"; short where a picture has little room.
    [[nodiscard]] std::string category(std::size_t number, bool brief = false) const;

private:
    Language language_ = Language::en;
    std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace jedel::exercise
