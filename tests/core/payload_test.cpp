// The shape of what is stored: no member is forgotten in `fields`, and no payload changes its
// shape without a new version.

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "base/install.h"
#include "dispatch/core/codec.h"
#include "dispatch/core/json_writer.h"

using namespace jedel;

namespace {

/// Stands for any member in aggregate initialisation.
struct AnyMember {
    template <class T>
    operator T() const;  // NOLINT: converts to whatever the member is
};

template <class T, class... A>
constexpr std::size_t members_of() {
    if constexpr (requires { T{A{}..., AnyMember{}}; }) {
        return members_of<T, A..., AnyMember>();
    } else {
        return sizeof...(A);
    }
}

/// Members that are written as two fields, lat and lon.
template <class T>
constexpr std::size_t places_of = 0;
template <>
constexpr std::size_t places_of<BrigadeRegistered> = 1;
template <>
constexpr std::size_t places_of<RegisterBrigade> = 1;
template <>
constexpr std::size_t places_of<Brigade> = 1;
template <>
constexpr std::size_t places_of<Standby> = 1;
template <>
constexpr std::size_t places_of<MoveToPost> = 1;
template <>
constexpr std::size_t places_of<MovedToPost> = 1;
template <>
constexpr std::size_t places_of<Fix> = 1;

template <class T>
std::string type_name();

/// Names and types of the fields, and of what they hold, as text.
struct Describe {
    std::string text;
    std::size_t count = 0;
    template <class T>
    void operator()(std::string_view name, const T&) {
        ++count;
        text += std::string{name} + ":" + type_name<T>() + " ";
    }
};

template <class T>
struct OptionalOf : std::false_type {};
template <class T>
struct OptionalOf<std::optional<T>> : std::true_type {
    using Held = T;
};

template <class T>
std::string type_name() {
    if constexpr (OptionalOf<T>::value) {
        return type_name<typename OptionalOf<T>::Held>() + "?";
    } else if constexpr (json::IsList<T>::value) {
        return "[" + type_name<typename T::value_type>() + "]";
    } else if constexpr (json::IsTable<T>::value) {
        return "[" + type_name<std::remove_const_t<typename T::Pointer::element_type>>() + "]";
    } else if constexpr (std::same_as<T, bool>) {
        return "bool";
    } else if constexpr (std::integral<T>) {
        return "integer";
    } else if constexpr (std::floating_point<T>) {
        return "number";
    } else if constexpr (NamedEnum<T>) {
        return "name";
    } else if constexpr (std::same_as<T, Instant>) {
        return "instant";
    } else if constexpr (json::IsId<T>::value) {
        return "id";
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        return "text";
    } else {
        Describe d;
        const T value{};
        T::fields(value, d);
        return "{ " + d.text + "}";
    }
}

template <class Variant, class F>
void each_kind(F&& f) {
    const auto all = [&]<std::size_t... I>(std::index_sequence<I...>) {
        (f(std::variant_alternative_t<I, Variant>{}), ...);
    };
    all(std::make_index_sequence<std::variant_size_v<Variant>>{});
}

template <class T>
void expect_every_member(const T& value, std::string_view name) {
    CAPTURE(name);
    Describe d;
    T::fields(value, d);
    CHECK(d.count == members_of<T>() + places_of<T>);
}

}  // namespace

TEST_CASE("every member of what is stored or told has its field") {
    each_kind<Event>([]<class E>(const E& e) { expect_every_member(e, E::kind); });
    each_kind<Command>([]<class C>(const C& c) { expect_every_member(c, C::kind); });
    expect_every_member(Call{}, "Call");
    expect_every_member(LineLoss{}, "LineLoss");
    expect_every_member(Patient{}, "Patient");
    expect_every_member(FindingValue{}, "FindingValue");
    expect_every_member(TriageRecord{}, "TriageRecord");
    expect_every_member(Unanswered{}, "Unanswered");
    expect_every_member(InsuranceRecord{}, "InsuranceRecord");
    expect_every_member(FollowUpItem{}, "FollowUpItem");
    expect_every_member(Task{}, "Task");
    expect_every_member(BrigadeMove{}, "BrigadeMove");
    expect_every_member(TaskMark{}, "TaskMark");
    expect_every_member(HospitalChange{}, "HospitalChange");
    expect_every_member(EndingChange{}, "EndingChange");
    expect_every_member(Reopening{}, "Reopening");
    expect_every_member(RecommendedBrigade{}, "RecommendedBrigade");
    expect_every_member(Incident{}, "Incident");
    expect_every_member(Ending{}, "Ending");
    expect_every_member(CategoryChange{}, "CategoryChange");
    expect_every_member(Brigade{}, "Brigade");
    expect_every_member(Standby{}, "Standby");
    expect_every_member(Signature{}, "Signature");
    expect_every_member(ClockTrouble{}, "ClockTrouble");
    expect_every_member(DayCount{}, "DayCount");
    expect_every_member(DeskIds{}, "DeskIds");
    expect_every_member(State{}, "State");
    expect_every_member(PersonalRecord{}, "PersonalRecord");
    expect_every_member(PersonalFields{}, "PersonalFields");
    expect_every_member(RoadChange{}, "RoadChange");
    expect_every_member(Danger{}, "Danger");
    expect_every_member(PlaceDanger{}, "PlaceDanger");
    expect_every_member(HospitalNow{}, "HospitalNow");
    expect_every_member(Prealert{}, "Prealert");
    expect_every_member(HelpRefusal{}, "HelpRefusal");
    expect_every_member(AdviceRecord{}, "AdviceRecord");
    expect_every_member(Trouble{}, "Trouble");
    expect_every_member(Escalation{}, "Escalation");
    expect_every_member(Fix{}, "Fix");
    expect_every_member(Reason{}, "Reason");
}

// A payload that changes gets its next version and an upcaster. Then its new line is added to
// data/journals/payloads.txt; the lines of older versions stay.
TEST_CASE("no payload has another shape under the version it was stored with") {
    std::ifstream in{std::string{JEDEL_SOURCE_DIR} + "/data/journals/payloads.txt"};
    REQUIRE(in);
    std::map<std::string, std::string> recorded;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        const std::size_t space = line.find(' ', line.find(' ') + 1);
        recorded[line.substr(0, space)] = line.substr(space + 1);
    }
    each_kind<Event>([&]<class E>(const E&) {
        const std::string key = std::string{E::kind} + " " + std::to_string(E::version);
        INFO(key);
        CHECK(recorded[key] == type_name<E>());
    });
}
