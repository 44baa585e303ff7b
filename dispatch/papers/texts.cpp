#include "dispatch/papers/texts.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/placeholders.h"
#include "base/toml_row.h"

namespace jedel::papers {

Result<Texts> Texts::load(const std::string& install_folder, Language language) {
    const std::string folder = install_folder + "/assets/strings";
    std::error_code error;
    Texts out;
    out.language_ = language;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.path().extension() != ".toml") continue;
        const auto parsed = read_toml(entry.path().string());
        if (!parsed) return parsed.error();
        for (const auto& [key, node] : *parsed) {
            const toml::table* one = node.as_table();
            const auto text = one != nullptr ? (*one)[name_of(language)].value<std::string>()
                                             : std::nullopt;
            if (!text) {
                return error_at(&node, entry.path().string(), key.str(),
                                "expected kk, ru and en texts");
            }
            out.texts_.emplace(std::string{key.str()}, *text);
        }
    }
    if (error) return Error{.message = "cannot be read: " + error.message(), .where = folder};
    return out;
}

std::string Texts::operator()(std::string_view key) const {
    const auto it = texts_.find(key);
    return it != texts_.end() ? it->second : "[" + std::string{key} + "]";
}

std::string Texts::operator()(std::string_view key,
                              std::initializer_list<std::string_view> arguments) const {
    return fill_placeholders((*this)(key), {arguments.begin(), arguments.size()});
}

const std::string& Texts::of(const triage::LocalText& text) const {
    if (language_ == Language::kk) return text.kk;
    return language_ == Language::ru ? text.ru : text.en;
}

const std::string& Texts::of(const Organisation& organisation) const {
    const std::string& own = language_ == Language::kk   ? organisation.name_kk
                             : language_ == Language::ru ? organisation.name_ru
                                                         : organisation.name_en;
    if (!own.empty()) return own;
    return organisation.name_ru.empty() ? organisation.name_kk : organisation.name_ru;
}

std::string Texts::number(std::string text) const {
    if (language_ != Language::en) std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

}  // namespace jedel::papers
