// Arguments in texts, and the form of a noun behind its number.

#include <array>

#include <catch2/catch.hpp>

#include "base/placeholders.h"

using jedel::fill_placeholders;
using jedel::plural_form;

namespace {

std::string filled(std::string_view text, std::string_view argument) {
    const std::array<std::string_view, 1> arguments{argument};
    return fill_placeholders(text, arguments);
}

}  // namespace

TEST_CASE("a noun stands in the form that its number takes") {
    const std::string_view years = "{0} {0|год|года|лет}";
    for (const auto& [number, expected] : {
             std::pair{"0", "0 лет"},   {"1", "1 год"},     {"2", "2 года"},    {"4", "4 года"},
             {"5", "5 лет"},            {"11", "11 лет"},   {"12", "12 лет"},   {"14", "14 лет"},
             {"21", "21 год"},          {"22", "22 года"},  {"61", "61 год"},   {"100", "100 лет"},
             {"101", "101 год"},        {"111", "111 лет"}, {"112", "112 лет"}, {"0,5", "0,5 года"},
             {"1.5", "1.5 года"},       {"-1", "-1 год"},   {"?", "? лет"},     {"", " лет"},
             {"12 001", "12 001 год"},  {"12\xC2\xA0" "002", "12\xC2\xA0" "002 года"},
         }) {
        CHECK(filled(years, number) == expected);
    }
    CHECK(filled("{0} {0|month|months}", "1") == "1 month");
    CHECK(filled("{0} {0|month|months}", "0") == "0 months");
    CHECK(filled("{0} {0|month|months}", "21") == "21 months");
    CHECK(filled("{0} {0|month|months}", "1.5") == "1.5 months");
    CHECK(plural_form("-9223372036854775808", 3) == 2);
    CHECK(plural_form("99999999999999999999999", 3) == 2);
}

TEST_CASE("the number of a form may be another argument than the one before it") {
    const std::array<std::string_view, 2> arguments{"A", "3"};
    CHECK(fill_placeholders("{0}: {1} {1|вызов|вызова|вызовов}", arguments) == "A: 3 вызова");
    CHECK(fill_placeholders("{1|x|y} {0}", arguments) == "y A");
}

TEST_CASE("other braces stay and a missing argument leaves nothing") {
    const std::array<std::string_view, 2> arguments{"one", "two"};
    CHECK(fill_placeholders("{1} {0} {x} {10} {", arguments) == "two one {x} {10} {");
    CHECK(fill_placeholders("{7}", arguments).empty());
    CHECK(fill_placeholders("{}", arguments) == "{}");
    CHECK(fill_placeholders("{0|", arguments) == "{0|");
    CHECK(fill_placeholders("{{0}}", arguments) == "{one}");
}
