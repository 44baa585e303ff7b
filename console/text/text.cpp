#include "console/text/text.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include <toml++/toml.h>

#include "base/install.h"

namespace jedel::console {

namespace {

/// The numbers of the placeholders of a text.
std::set<std::string> placeholders(std::string_view text) {
    std::set<std::string> found;
    for (std::size_t at = text.find('{'); at != std::string_view::npos;
         at = text.find('{', at + 1)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) break;
        found.insert(std::string{text.substr(at + 1, end - at - 1)});
    }
    return found;
}

}  // namespace

Result<TextTable> TextTable::parse(std::span<const StringsFile> files) {
    TextTable table;
    for (const StringsFile& file : files) {
        toml::table document;
        try {
            document = toml::parse(file.text, file.name);
        } catch (const toml::parse_error& error) {
            return Error{.message = std::string{error.description()},
                         .where = file.name,
                         .line = static_cast<long>(error.source().begin.line)};
        }
        for (const auto& [key, node] : document) {
            const auto fault = [&, line = static_cast<long>(node.source().begin.line),
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
            for (const std::string& text : row) {
                if (placeholders(text) != placeholders(row[0])) {
                    return fault("placeholders differ between the languages");
                }
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
    std::string out;
    out.reserve(text.size() + 32);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' && text[i + 1] >= '0' &&
            text[i + 1] <= '9') {
            const auto index = static_cast<std::size_t>(text[i + 1] - '0');
            if (index < arguments.size()) out += arguments[index];
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
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
