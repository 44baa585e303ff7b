#include "console/text/text.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <system_error>

#include "base/install.h"
#include "base/placeholders.h"
#include "base/toml_row.h"

namespace jedel::console {

namespace {

/// Forms of a noun behind its number: Kazakh has one, which needs no choice.
constexpr std::array<std::ptrdiff_t, 3> forms_of_language{1, 3, 2};

/// The arguments a text asks for; nullopt: a noun without the forms of its language.
std::optional<std::set<std::string>> placeholders(std::string_view text, Language language) {
    std::set<std::string> found;
    for (std::size_t at = text.find('{'); at != std::string_view::npos;
         at = text.find('{', at + 1)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) break;
        const std::string_view inside = text.substr(at + 1, end - at - 1);
        const std::size_t bar = inside.find('|');
        found.insert(std::string{inside.substr(0, bar)});
        if (bar == std::string_view::npos) continue;
        const std::ptrdiff_t forms = std::count(inside.begin(), inside.end(), '|');
        if (forms < 2 || forms != forms_of_language[static_cast<std::size_t>(language)]) {
            return std::nullopt;
        }
    }
    return found;
}

}  // namespace

Result<TextTable> TextTable::parse(std::span<const StringsFile> files) {
    TextTable table;
    for (const StringsFile& file : files) {
        const auto document = parse_toml(file.text, file.name);
        if (!document) return document.error();
        for (const auto& [key, node] : *document) {
            const auto fault = [&, line = line_of(node),
                                field = std::string{key.str()}](const std::string& message) {
                return Error{.message = message, .where = file.name, .line = line, .field = field};
            };
            const toml::table* entry = node.as_table();
            if (entry == nullptr) return fault("expected a table with kk, ru and en");
            Row row;
            for (const Language language : all_languages) {
                const std::string name{name_of(language)};
                const auto text = (*entry)[name].value<std::string>();
                if (!text || text->empty()) return fault("expected a text for " + name);
                row[static_cast<std::size_t>(language)] = *text;
            }
            const auto expected = placeholders(row[0], Language::kk);
            for (const Language language : all_languages) {
                const auto found = placeholders(row[static_cast<std::size_t>(language)], language);
                if (!found) {
                    return fault("expected {N|…} with one, few and many in ru, one and other in "
                                 "en, none in kk");
                }
                if (found != expected) return fault("placeholders differ between the languages");
            }
            if (!table.rows_.emplace(std::string{key.str()}, std::move(row)).second) {
                return fault("this key stands in another file too");
            }
        }
    }
    return table;
}

Result<TextTable> TextTable::load(const std::string& folder) {
    std::error_code error;
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.path().extension() == ".toml") paths.push_back(entry.path().string());
    }
    if (error) return Error{.message = "cannot be read: " + error.message(), .where = folder};
    std::sort(paths.begin(), paths.end());
    if (paths.empty()) {
        return Error{.message = "expected files of strings (*.toml), found none", .where = folder};
    }
    std::vector<StringsFile> files;
    for (const std::string& path : paths) {
        auto text = read_file(path);
        if (!text) return text.error();
        files.push_back({path, std::move(*text)});
    }
    return parse(files);
}

std::string_view TextTable::find(Language language, std::string_view key) const {
    const auto it = rows_.find(key);
    // Never the key itself: the view must outlive a key that was put together for the call.
    return it == rows_.end() ? std::string_view{"???"}
                             : std::string_view{it->second[static_cast<std::size_t>(language)]};
}

bool TextTable::has(std::string_view key) const { return rows_.find(key) != rows_.end(); }

std::vector<std::string_view> TextTable::keys() const {
    std::vector<std::string_view> out;
    out.reserve(rows_.size());
    for (const auto& [key, row] : rows_) out.push_back(key);
    std::sort(out.begin(), out.end());
    return out;
}

std::string fill(std::string_view text, std::span<const std::string_view> arguments) {
    return fill_placeholders(text, arguments);
}

std::string Texts::number(std::string text) const {
    if (language_ != Language::en) std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

std::string Texts::operator()(std::string_view key,
                              std::initializer_list<std::string_view> arguments) const {
    return fill((*this)(key), {arguments.begin(), arguments.size()});
}

std::string_view Texts::of(const triage::LocalText& text) const {
    switch (language_) {
        case Language::kk: return text.kk;
        case Language::ru: return text.ru;
        case Language::en: return text.en;
    }
    return text.ru;
}

std::string_view Texts::of(const Organisation& organisation) const {
    const std::string& own = language_ == Language::kk   ? organisation.name_kk
                             : language_ == Language::ru ? organisation.name_ru
                                                         : organisation.name_en;
    if (!own.empty()) return own;
    return organisation.name_ru.empty() ? organisation.name_kk : organisation.name_ru;
}

}  // namespace jedel::console
