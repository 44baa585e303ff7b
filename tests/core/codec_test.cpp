#include <catch2/catch.hpp>

#include "dispatch/core/codec.h"

using namespace jedel;

namespace {

CommandEnvelope example() {
    ReceiveCall call{.channel = Channel::paper, .received_at = Instant{5}};
    call.personal.words = "Қан \"тоқтамай\"\nжатыр \\";
    return {.id = "x-1", .actor = "desk-2", .seat = Seat::call_taker, .command = call};
}

}  // namespace

TEST_CASE("a command reads back as it was written") {
    const std::string text = encode_command(example());
    const auto read = decode_command(text);
    REQUIRE(read.ok());
    REQUIRE(encode_command(*read) == text);
    const auto& call = std::get<ReceiveCall>(read->command);
    REQUIRE(call.personal.words == "Қан \"тоқтамай\"\nжатыр \\");
}

TEST_CASE("what a script gets wrong is named by field") {
    const auto error = [](std::string_view json) { return decode_command(json).error(); };
    REQUIRE(error("{").message.find("not JSON") == 0);
    REQUIRE(error(R"({"id":"a","kind":"fly"})").field == "kind");
    REQUIRE(error(R"({"id":"a","kind":"close_incident","incident":"7"})").field == "incident");
    REQUIRE(error(R"({"id":"a","kind":"close_incident","incident":-7})").field == "incident");
    REQUIRE(error(R"({"id":"a","kind":"close_incident","incidemt":7})").field == "incidemt");
    REQUIRE(error(R"({"id":"a","kind":"set_category","category":"u5"})").message ==
            "expected one of none, u1, u2, u3, u4");
    REQUIRE_FALSE(
        decode_command(R"({"id":"a","kind":"record_intake","incident":1,"age_years":1e999})").ok());
}

TEST_CASE("a time may be written as milliseconds or as ISO text") {
    const auto read = decode_command(
        R"({"id":"a","kind":"receive_call","channel":"paper","received_at":"2026-01-01T00:00:00Z"})");
    REQUIRE(read.ok());
    REQUIRE(std::get<ReceiveCall>(read->command).received_at ==
            from_iso("2026-01-01T00:00:00Z"));
}

TEST_CASE("bytes that are not UTF-8 can still be read again") {
    CategorySet set{.incident = {1}, .words = std::string{"a\xff\xc3(\xed\xa0\x80 b"}};
    const auto read = decode_payload("category_set", encode_payload(Event{set}));
    REQUIRE(read.ok());
    REQUIRE(std::get<CategorySet>(*read).words.find("\xEF\xBF\xBD") != std::string::npos);
    REQUIRE(encode_payload(*read) == encode_payload(*decode_payload("category_set",
                                                                    encode_payload(*read))));
}
