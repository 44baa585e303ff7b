#include "dispatch/patients/coverage.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/install.h"
#include "base/number.h"

namespace jedel {

namespace {

namespace fs = std::filesystem;

constexpr int widest_statement = 200;

bool digit(char c) { return c >= '0' && c <= '9'; }

/// A whole number at `at`, which it moves past it.
int number_at(std::string_view text, std::size_t& at) {
    int out = 0;
    while (at < text.size() && digit(text[at]) && out < 100'000) {
        out = out * 10 + (text[at] - '0');
        ++at;
    }
    return out;
}

std::vector<std::string> columns(std::string_view line) {
    std::vector<std::string> out{""};
    for (const char c : line) {
        if (c == '\t') out.emplace_back();
        else out.back() += c;
    }
    return out;
}

/// Places a file cites. A row of the tables names document and place under two keys.
std::vector<SeedPlace> cited(const std::string& text) {
    std::string joined;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const std::string_view line = std::string_view{text}.substr(at, end - at);
        at = end + 1;
        const auto value = [&](std::string_view key) -> std::string_view {
            if (!line.starts_with(key)) return {};
            const auto from = line.find('"');
            const auto to = line.find('"', from + 1);
            return to == std::string_view::npos ? std::string_view{}
                                                : line.substr(from + 1, to - from - 1);
        };
        if (const auto document = value("document = "); !document.empty()) {
            joined += "\n" + std::string{document} + " ";
        } else if (const auto other = value("insurance_document = "); !other.empty()) {
            joined += "\n" + std::string{other} + " ";
        } else if (auto place = value("place = "); !place.empty()) {
            joined += std::string{place} + "\n";
        } else if (place = value("insurance_place = "); !place.empty()) {
            joined += std::string{place} + "\n";
        } else {
            joined += std::string{line} + "\n";
        }
    }
    return places_in(joined);
}

bool touches(const std::vector<SeedPlace>& a, const std::vector<SeedPlace>& b) {
    return std::any_of(a.begin(), a.end(), [&](const SeedPlace& p) {
        return std::any_of(b.begin(), b.end(), [&](const SeedPlace& q) {
            return p.seed == q.seed && p.first <= q.last && q.first <= p.last;
        });
    });
}

/// Ids of the order's rows, "U1.07", that a text names.
std::set<std::string> order_ids(std::string_view text) {
    std::set<std::string> out;
    for (auto at = text.find('U'); at != std::string_view::npos; at = text.find('U', at + 1)) {
        const bool id = at + 5 <= text.size() && text[at + 1] >= '1' && text[at + 1] <= '4' &&
                        text[at + 2] == '.' && digit(text[at + 3]) && digit(text[at + 4]);
        if (id) out.emplace(text.substr(at, 5));
    }
    return out;
}

struct Files {
    std::map<std::string, std::vector<SeedPlace>> cites;
    std::map<std::string, std::set<std::string>> ids;

    void read(const fs::path& root, const std::string& folder, const std::string& ending) {
        std::error_code ignored;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder, ignored)) {
            if (entry.path().extension() != ending) continue;
            const auto text = read_file(entry.path().string());
            if (!text) continue;
            const std::string file = fs::relative(entry.path(), root).string();
            cites[file] = cited(*text);
            ids[file] = order_ids(*text);
        }
    }
    /// Files that cite a line of the statement or name its row of the order.
    [[nodiscard]] std::vector<std::string> touching(const Statement& s) const {
        std::vector<std::string> out;
        const auto rows = order_ids(s.rule);
        for (const auto& [file, there] : cites) {
            const auto named = ids.find(file);
            const auto names = [&](const std::string& id) { return named->second.contains(id); };
            const bool row = named != ids.end() && std::any_of(rows.begin(), rows.end(), names);
            if (row || touches(s.places, there)) out.push_back(file);
        }
        return out;
    }
};

std::string listed(const std::vector<std::string>& files) {
    std::string out;
    for (const std::string& file : files) out += (out.empty() ? "" : ", ") + file;
    return out;
}

}  // namespace

std::vector<SeedPlace> places_in(std::string_view text, int widest) {
    std::vector<SeedPlace> out;
    int seed = -1;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const bool starts = at == 0 || !(digit(text[at - 1]) || text[at - 1] == '_' ||
                                         (text[at - 1] >= 'A' && text[at - 1] <= 'z'));
        if (c == 'S' && starts && at + 2 < text.size() && text[at + 1] >= '0' &&
            text[at + 1] <= '4' && text[at + 2] == ' ') {
            seed = text[at + 1] - '0';
            at += 3;
        } else if (seed >= 0 && c == 'q' && at + 1 < text.size() && text[at + 1] == '.') {
            at += 2;
            number_at(text, at);
        } else if (seed >= 0 && digit(c)) {
            SeedPlace place{.seed = seed, .first = number_at(text, at), .last = 0};
            place.last = place.first;
            if (at + 1 < text.size() && text[at] == '-' && digit(text[at + 1])) {
                ++at;
                place.last = number_at(text, at);
            }
            if (place.last >= place.first && place.last - place.first <= widest) {
                out.push_back(place);
            }
        } else if (seed >= 0 && (c == ' ' || c == ',' || c == ';' || c == 'L')) {
            ++at;
        } else {
            seed = -1;
            ++at;
        }
    }
    return out;
}

std::string_view Statement::status() const {
    if (!reason.empty()) return "not a rule";
    if (!decided_by.empty() && !tested_by.empty()) return "decided";
    if (!told_by.empty()) return "told";
    return "open";
}

Result<std::vector<Statement>> coverage(const std::string& source) {
    const fs::path root{source};
    const std::string name = (root / "data/law/statements.tsv").string();
    const auto text = read_file(name);
    if (!text) return text.error();
    Files tables, cards, tests;
    tables.read(root, "data/law", ".toml");
    tables.read(root, "data/protocol", ".toml");
    if (const auto it = tables.cites.find("data/law/questions.toml"); it != tables.cites.end()) {
        cards.cites.insert(tables.cites.extract(it));
    }
    tests.read(root, "tests", ".cpp");
    std::vector<Statement> out;
    long line = 0;
    for (std::size_t at = 0; at < text->size();) {
        const auto end = std::min(text->find('\n', at), text->size());
        const auto row = columns(std::string_view{*text}.substr(at, end - at));
        at = end + 1;
        ++line;
        if (row.size() == 1 && (row[0].empty() || row[0].front() == '#')) continue;
        const auto number = read_number<int>(row[0]);
        if (row.size() != 5 || !number) {
            return Error{.message = "expected number, place, group, statement and reason",
                         .where = name, .line = line};
        }
        Statement s{.number = *number, .places = places_in(row[1], widest_statement),
                    .place = row[1], .rule = row[3], .group = row[2], .reason = row[4],
                    .decided_by = {}, .told_by = {}, .tested_by = {}};
        if (s.places.empty()) {
            return Error{.message = "expected a place, as S0 12-15", .where = name, .line = line,
                         .field = "place"};
        }
        s.decided_by = tables.touching(s);
        s.told_by = cards.touching(s);
        s.tested_by = tests.touching(s);
        out.push_back(std::move(s));
    }
    return out;
}

std::string coverage_table(const std::vector<Statement>& statements) {
    std::map<std::string_view, int> counts;
    for (const Statement& s : statements) ++counts[s.status()];
    std::string out =
        "# Coverage: the documents' statements and what the program does with each\n\n"
        "Made by `jedel coverage` from the places that tables, cards and tests cite; a test keeps "
        "it true. *decided*: a table decides it and a test names its place; *told*: a card tells "
        "it; *not a rule*: with the reason; *open*: neither yet.\n\n";
    for (const auto& [status, count] : counts) {
        out += "- " + std::string{status} + ": " + std::to_string(count) + "\n";
    }
    out += "\n| # | place | statement | status | by |\n|---|---|---|---|---|\n";
    for (const Statement& s : statements) {
        const std::string_view status = s.status();
        const std::string by = status == "decided"      ? listed(s.decided_by)
                               : status == "told"       ? listed(s.told_by)
                               : status == "not a rule" ? s.reason
                                                        : std::string{};
        out += "| " + std::to_string(s.number) + " | " + s.place + " | " + s.rule + " | " +
               std::string{status} + " | " + by + " |\n";
    }
    return out;
}

}  // namespace jedel
