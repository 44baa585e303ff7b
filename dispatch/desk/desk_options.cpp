#include "dispatch/desk/desk_options.h"

#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/number.h"
#include "base/toml_row.h"
#include "dispatch/core/people/seat.h"

namespace jedel {

std::string help_of(const DeskOption& option) {
    constexpr std::string_view seats = "{seats}";
    std::string text = option.help;
    if (const auto at = text.find(seats); at != std::string::npos) {
        text.replace(at, seats.size(), seat_names());
    }
    return text;
}

Result<DeskSettings> load_desk_settings(const std::string& user_data_folder) {
    const std::string path = user_data_folder + "/settings.toml";
    std::error_code ignored;
    if (user_data_folder.empty() || !std::filesystem::exists(path, ignored)) {
        return DeskSettings{};
    }
    const auto table = read_toml(path);
    if (!table) return table.error();
    TomlRow row{*table, path};
    row.only({"desk"});
    const auto desk = row.whole("desk", 0, desk_max, 0);
    if (row.error()) return *row.error();
    return DeskSettings{.desk = static_cast<DeskNo>(desk)};
}

Result<DeskNo> desk_number(const std::string& given, const std::string& user_data_folder) {
    if (given.empty()) {
        const auto settings = load_desk_settings(user_data_folder);
        if (!settings) return settings.error();
        return settings->desk;
    }
    const auto number = read_number<DeskNo>(given);
    if (!number || *number > desk_max) {
        return Error{.message = "expected a whole number from 0 to " + std::to_string(desk_max) +
                                ", found '" + given + "'",
                     .field = "--desk"};
    }
    return *number;
}

}  // namespace jedel
