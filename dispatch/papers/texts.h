#pragma once
// The words of the papers in one language, from all files of assets/strings.

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/result.h"
#include "dispatch/city/organisations.h"
#include "triage/protocol.h"

namespace jedel::papers {

class Texts {
public:
    static Result<Texts> load(const std::string& install_folder, Language language);
    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] bool has(std::string_view key) const { return texts_.contains(key); }
    /// The text of a key; "[KEY]" where there is none, so that a gap is seen on the paper.
    [[nodiscard]] std::string operator()(std::string_view key) const;
    /// With {0}, {1}, … replaced.
    [[nodiscard]] std::string operator()(std::string_view key,
                                         std::initializer_list<std::string_view> arguments) const;
    /// The text of an enumerator: "PREFIX.NAME".
    template <NamedEnum E>
    [[nodiscard]] std::string of(std::string_view prefix, E value) const {
        return (*this)(std::string{prefix} + "." + std::string{name_of(value)});
    }
    [[nodiscard]] const std::string& of(const triage::LocalText& text) const;
    [[nodiscard]] const std::string& of(const Organisation& organisation) const;
    /// A number with the decimal mark of the language.
    [[nodiscard]] std::string number(std::string text) const;

private:
    Language language_ = Language::kk;
    std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace jedel::papers
