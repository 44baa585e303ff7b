#include <catch2/catch.hpp>

#include "dispatch/core/codec.h"
#include "dispatch/journal/upcast.h"

using namespace jedel;

namespace {

Result<std::string> add_b(std::string_view payload) {
    return std::string{payload.substr(0, payload.size() - 1)} + ",\"b\":2}";
}
Result<std::string> add_c(std::string_view payload) {
    return std::string{payload.substr(0, payload.size() - 1)} + ",\"c\":3}";
}
Result<std::string> refuse(std::string_view) {
    return Error{.message = "no age in it", .field = "age"};
}

constexpr Upcaster steps[] = {{"thing", 2, add_c}, {"other", 1, refuse}, {"thing", 1, add_b}};

}  // namespace

TEST_CASE("an old payload is lifted one version at a time, in order of version") {
    CHECK(lift_payload(steps, "thing", 1, 3, R"({"a":1})").value() == R"({"a":1,"b":2,"c":3})");
    CHECK(lift_payload(steps, "thing", 2, 3, R"({"a":1})").value() == R"({"a":1,"c":3})");
    CHECK(lift_payload(steps, "thing", 3, 3, R"({"a":1})").value() == R"({"a":1})");
}

TEST_CASE("a version that is newer, below one, or without a step is an error") {
    CHECK(lift_payload(steps, "thing", 4, 3, "{}").error().field == "version");
    CHECK(lift_payload(steps, "thing", 0, 3, "{}").error().field == "version");
    CHECK(lift_payload(steps, "thing", 1, 4, "{}").error().message.find("from version 3") !=
          std::string::npos);
    CHECK(lift_payload(steps, "other", 1, 2, "{}").error().field == "age");
}

TEST_CASE("every kind of event is known by its newest version") {
    CHECK(newest_version("call_received") == CallReceived::version);
    CHECK(newest_version("incident_closed") == IncidentClosed::version);
    CHECK(newest_version("call_lost") == 0);
}

TEST_CASE("for every kind above version 1 there is a step from each older version") {
    const auto check = []<class E>(const E&) {
        for (int version = 1; version < E::version; ++version) {
            int found = 0;
            for (const Upcaster& step : upcasters()) {
                if (step.kind == E::kind && step.from == version) ++found;
            }
            CHECK(found == 1);
        }
        CHECK(newest_version(E::kind) == E::version);
    };
    const auto check_all = [&]<std::size_t... I>(std::index_sequence<I...>) {
        (check(std::variant_alternative_t<I, Event>{}), ...);
    };
    check_all(std::make_index_sequence<std::variant_size_v<Event>>{});
}
