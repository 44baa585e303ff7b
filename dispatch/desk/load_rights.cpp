#include "dispatch/desk/load_rights.h"

#include "base/install.h"
#include "base/toml_row.h"
#include "dispatch/core/commands.h"

namespace jedel {

namespace {

template <std::size_t... I>
bool is_kind(std::string_view name, std::index_sequence<I...>) {
    return ((std::variant_alternative_t<I, Command>::kind == name) || ...);
}

/// A mistyped name would take a right away without a word.
bool is_right(std::string_view name) {
    return name == "*" || name == right::lower_category || name == right::own_calls ||
           name == right::erase_person ||
           is_kind(name, std::make_index_sequence<std::variant_size_v<Command>>{});
}

Rights::Row read_row(TomlRow& row) {
    row.only({"seat", "from", "may", "source", "approved"});
    Rights::Row out;
    out.seat = row.name<Seat>("seat");
    out.from_day = row.day("from");
    out.source = row.text("source");
    out.may = row.texts("may");
    if (!row.has("may")) row.fail("may", "missing; expected a list of commands");
    for (const std::string& name : out.may) {
        if (is_right(name)) continue;
        row.fail("may", "expected the name of a command, lower_category, own_calls or "
                        "erase_person, found '" + name + "'");
    }
    return out;
}

}  // namespace

Result<Rights> parse_rights(std::string_view text, const std::string& file) {
    const auto table = parse_toml(text, file);
    if (!table) return table.error();
    std::vector<Rights::Row> out;
    const auto done =
        each_row(*table, file, "right", [&](TomlRow& row) { out.push_back(read_row(row)); });
    if (!done) return done.error();
    return Rights{std::move(out)};
}

Result<Rights> load_rights(const std::string& install_folder) {
    const std::string file = install_folder + "/data/law/rights.toml";
    const auto text = read_file(file);
    if (!text) return text.error();
    return parse_rights(*text, file);
}

}  // namespace jedel
