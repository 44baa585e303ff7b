#include "dispatch/exercise/texts.h"

#include <array>

#include "base/placeholders.h"
#include "base/toml_row.h"

namespace jedel::exercise {

Result<Texts> Texts::load(const std::string& install_folder, Language language) {
    const std::string path = install_folder + "/assets/strings/report.toml";
    const auto parsed = read_toml(path);
    if (!parsed) return parsed.error();
    Texts out;
    out.language_ = language;
    for (const auto& [key, node] : *parsed) {
        const toml::table* one = node.as_table();
        const auto value = one != nullptr ? (*one)[name_of(language)].value<std::string>()
                                          : std::nullopt;
        if (!value) {
            return Error{.message = "expected kk, ru and en texts",
                         .where = path,
                         .line = line_of(node),
                         .field = std::string{key.str()}};
        }
        out.texts_.emplace(std::string{key.str()}, *value);
    }
    return out;
}

std::string Texts::category(std::size_t number, bool brief) const {
    const std::string digits = std::to_string(number);
    const std::array<std::string_view, 1> arguments{digits};
    return fill_placeholders((*this)(brief ? "report.category_short" : "report.category_number"),
                             arguments);
}

}  // namespace jedel::exercise
