// What the window can be started with: one table, and every row of it is understood.

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

#include "console/options.h"
#include "dispatch/desk/desk_options.h"

using namespace jedel;
using namespace jedel::console;

namespace {

Parsed parsed(std::vector<const char*> words) {
    words.insert(words.begin(), "jedel-console");
    return parse_options(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("every option of the table is understood, by the window and by its subcommands") {
    const std::map<std::string, const char*> right{
        {"--journal", "sqlite:x"}, {"--desk", "12"},       {"--city", "c"},
        {"--register", "r.csv"},   {"--seat", "auditor"},  {"--language", "kk"},
        {"--theme", "dark"},       {"--size", "1280x720"}, {"--screenshot", "a.png"},
        {"--figures", "2.5"},      {"--show", "12:send"},  {"--organisation", "301"}};
    for (const DeskOption& option : desk_options) {
        INFO(option.name);
        CHECK(std::string{help_of(option)}.find('{') == std::string::npos);
        std::vector<const char*> words{option.name};
        if (!option.flag) words.push_back(right.at(option.name));
        // Whose desk goes with the seat of one.
        if (std::string_view{option.name} == "--organisation") {
            words.insert(words.end(), {"--seat", "polyclinic"});
        }
        const Parsed alone = parsed(words);
        INFO(alone.text);
        CHECK(alone.options);
        words.insert(words.begin(), "console");
        CHECK(parsed(words).options);
    }
    CHECK(parsed({"--desk", "12"}).options->desk == "12");
    CHECK(parsed({"--accept-loss"}).options->accept_loss);
    CHECK_FALSE(parsed({}).options->accept_loss);
    CHECK(parsed({"--figures", "2.5"}).options->figures_s == 2.5);
}

TEST_CASE("a value that an option cannot have is named with what was expected, and ends with 2") {
    const std::vector<std::pair<const char*, const char*>> wrong{
        {"--desk", "8192"},   {"--desk", "a"},         {"--seat", "system"},
        {"--seat", "driver"}, {"--organisation", "0"}, {"--organisation", "a"},
        {"--language", "de"}, {"--theme", "blue"},     {"--size", "10x10"},
        {"--figures", "long"}};
    for (const auto& [name, value] : wrong) {
        const Parsed refused = parsed({name, value});
        INFO(name << ' ' << value << ": " << refused.text);
        CHECK_FALSE(refused.options);
        CHECK(refused.status == 2);
        CHECK(refused.text.find(name) != std::string::npos);
        CHECK(refused.text.find("expected") != std::string::npos);
        CHECK(refused.text.find(value) != std::string::npos);
    }
    CHECK(parsed({"--sea", "dispatcher"}).status == 2);
    CHECK(parsed({"--help"}).status == 0);
}
