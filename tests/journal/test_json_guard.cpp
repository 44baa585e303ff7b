// What a JSON text from outside may be, before anything is built of it.

#include <catch2/catch.hpp>
#include <sstream>

#include "base/limits.h"
#include "dispatch/journal/json_guard.h"

using namespace jedel;

namespace {

std::string repeated(const std::string& text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

}  // namespace

TEST_CASE("what an honest program writes is let through") {
    for (const std::string& text :
         {std::string{R"({"id":"1","a":[1,2,{"a":1}],"b":{"a":2,"b":[]},"c":"x\"y\\"})"},
          std::string{"[]"}, std::string{"\"x\""}, std::string{"1"},
          R"({"words":")" + repeated("ә", limits::text_max) + "\"}",
          "[" + repeated("1,", limits::list_max - 1) + "1]",
          repeated("[", limits::depth_max) + repeated("]", limits::depth_max)}) {
        CHECK(check_json(text));
    }
}

TEST_CASE("depth, length, size and doubled keys are refused before they cost anything") {
    struct Case {
        std::string text, words;
    };
    for (const Case& c : std::vector<Case>{
             {repeated("[", limits::depth_max + 1), "nested"},
             {repeated("{\"a\":", 100'000), "nested"},
             {"[" + repeated("1,", limits::list_max) + "1]", "entries"},
             {R"({"words":")" + repeated("ә", limits::text_max + 1) + "\"}", "characters"},
             {std::string(limits::line_bytes_max + 1, ' '), "bytes"},
             {R"({"a":1,"b":2,"a":3})", "twice"},
             {R"({"x":{"a":1,"b":{"k":1},"a":3}})", "twice"}}) {
        const auto refused = check_json(c.text);
        REQUIRE_FALSE(refused);
        INFO(refused.error().text());
        CHECK(refused.error().message.find(c.words) != std::string::npos);
    }
    CHECK(check_json(R"({"a":1,"b":2,"a":3})").error().field == "a");
}

TEST_CASE("a line that is too long is passed over, and the next one is read") {
    std::istringstream in{std::string(3 * limits::line_bytes_max, 'x') + "\nnext\r\n\nlast"};
    std::string line;
    CHECK_FALSE(next_line(in, line));
    CHECK(line.size() <= limits::line_bytes_max);
    CHECK(*next_line(in, line));
    CHECK(line == "next");
    CHECK(*next_line(in, line));
    CHECK(line.empty());
    CHECK(*next_line(in, line));
    CHECK(line == "last");
    CHECK_FALSE(*next_line(in, line));
}
