// What is proposed after the ambulance, by disposition, findings and insurance; and that insurance
// never reaches what comes before.

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/install.h"
#include "dispatch/core/codec.h"
#include "dispatch/core/decide.h"
#include "dispatch/patients/entitlement.h"
#include "tests/journal/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

const LawTables& law() {
    static const LawTablesPtr tables =
        load_law(std::string{JEDEL_SOURCE_DIR} + "/data/law").value();
    return *tables;
}

Organisation organisation(std::uint64_t id, OrganisationKind kind, LatLon place,
                          std::vector<std::string> profiles = {}) {
    Organisation o;
    o.id = {id};
    o.kind = kind;
    o.place = place;
    o.profiles = std::move(profiles);
    return o;
}

Organisations city() {
    Organisations out;
    Organisation polyclinic = organisation(301, OrganisationKind::polyclinic, {43.2, 76.9});
    polyclinic.service_area = {{43.0, 76.5}, {43.0, 77.5}, {44.0, 77.5}, {44.0, 76.5}};
    out.all = {polyclinic,
               organisation(302, OrganisationKind::polyclinic, {45, 78}),
               organisation(401, OrganisationKind::hospital, {43.9, 77.3}, {"emergency"}),
               organisation(402, OrganisationKind::hospital, {43.21, 76.91}, {"emergency"}),
               organisation(403, OrganisationKind::hospital, {43.2, 76.9}, {"therapy"}),
               organisation(501, OrganisationKind::dispensary, {43.3, 76.9}, {"mental_health"})};
    return out;
}

Incident incident(Disposition disposition, Category category = Category::u3) {
    Incident i;
    i.id = {1};
    i.calls.emplace_back();
    i.patients.emplace_back();
    i.lat = 43.2;
    i.lon = 76.9;
    i.category = category;
    i.ending.disposition = disposition;
    return i;
}

void insure(Incident& i, InsuranceStatus status) {
    InsuranceRecord record;
    record.status = status;
    record.polyclinic = OrganisationId{302};
    i.patients[0].insurance = record;
}

std::vector<FollowUpItem> proposed(const Incident& i, const char* on = "2026-01-15") {
    return propose_follow_up(law(), i, city(), day_from_iso(on).value());
}

const FollowUpItem* find(const std::vector<FollowUpItem>& items, const std::string& note) {
    const auto it = std::find_if(items.begin(), items.end(),
                                 [&](const FollowUpItem& i) { return i.note_key == note; });
    return it == items.end() ? nullptr : &*it;
}

}  // namespace

TEST_CASE("D10: left at home gives an active visit by the service area and a signal sheet") {
    for (const Disposition d : {Disposition::left_at_home, Disposition::left_at_place}) {
        const auto items = proposed(incident(d));
        const auto* visit = find(items, "follow_note.active_visit");
        REQUIRE(visit != nullptr);
        CHECK(visit->kind == FollowUpKind::active_visit);
        CHECK(visit->rule == "D10");
        CHECK(visit->organisation == OrganisationId{301});
        const auto* sheet = find(items, "follow_note.signal_sheet");
        REQUIRE(sheet != nullptr);
        CHECK(sheet->rule == "D10");
    }
}

TEST_CASE("outside every service area the active visit goes to the polyclinic of attachment") {
    Incident i = incident(Disposition::left_at_home);
    i.lat = 50;
    insure(i, InsuranceStatus::insured);
    CHECK(find(proposed(i), "follow_note.active_visit")->organisation == OrganisationId{302});
}

TEST_CASE("D7: a threat to life goes to the nearest emergency department, already under way") {
    for (const Disposition d : {Disposition::none, Disposition::transported}) {
        const auto items = proposed(incident(d, Category::u1));
        REQUIRE(items.size() == 1);
        CHECK(items[0].kind == FollowUpKind::hospital);
        CHECK(items[0].rule == "D7");
        CHECK(items[0].organisation == OrganisationId{402});
    }
    CHECK(proposed(incident(Disposition::none, Category::u4)).empty());
    CHECK(proposed(incident(Disposition::transported, Category::u4))[0].rule == "R9");
}

TEST_CASE("I16: a socially significant disease has its place, and from 2026 its package") {
    Incident i = incident(Disposition::left_at_home);
    insure(i, InsuranceStatus::uninsured);
    i.patients[0].findings = {{"hallucinations", "yes"}};
    const auto items = proposed(i);
    const auto* centre = find(items, "follow_note.dispensary.mental_health");
    REQUIRE(centre != nullptr);
    CHECK(centre->kind == FollowUpKind::dispensary);
    CHECK(centre->organisation == OrganisationId{501});
    i.patients[0].findings = {{"face_droop", "yes"}};
    CHECK(find(proposed(i, "2025-12-31"), "follow_note.social_disease") == nullptr);
    CHECK(find(proposed(i, "2026-01-01"), "follow_note.social_disease") != nullptr);
}

TEST_CASE("insurance-only care is marked for the uninsured, and for the unknown as open") {
    Incident i = incident(Disposition::left_at_home);
    i.patients[0].findings = {{"known_heart_disease", "yes"}};
    CHECK(find(proposed(i), "follow_note.cardiologist.if_insured") != nullptr);
    insure(i, InsuranceStatus::uninsured);
    const auto items = proposed(i);
    CHECK(find(items, "follow_note.cardiologist.insurance_only") != nullptr);
    CHECK(find(items, "follow_note.pay_debt")->rule == "I7");
    CHECK(find(items, "follow_note.write_off")->rule == "I12");
    insure(i, InsuranceStatus::insured);
    CHECK(find(proposed(i), "follow_note.cardiologist") != nullptr);
    CHECK(find(proposed(i), "follow_note.pay_debt") == nullptr);
    insure(i, InsuranceStatus::conditional);
    CHECK(find(proposed(i), "follow_note.conditional")->rule == "I6");
}

TEST_CASE("I9: an uninsured pregnant woman is entered in the register before she pays anything") {
    Incident i = incident(Disposition::left_at_home);
    i.patients[0].pregnancy_weeks = 20;
    insure(i, InsuranceStatus::uninsured);
    const auto items = proposed(i);
    const auto* entry = find(items, "follow_note.pregnant_register");
    REQUIRE(entry != nullptr);
    CHECK(entry->rule == "I9");
    CHECK(entry < find(items, "follow_note.pay_debt"));
    CHECK(find(items, "follow_note.gynaecologist")->rule == "R7");
}

TEST_CASE("R1, R3, R8: what S0 says of the ways besides the ambulance") {
    Incident i = incident(Disposition::left_at_home);
    i.patients[0].findings = {
        {"fever", "yes"}, {"light_injury", "yes"}, {"skin_inflammation", "no"}};
    const auto items = proposed(i);
    CHECK(find(items, "follow_note.nurse_visit")->rule == "R3");
    CHECK(find(items, "follow_note.trauma_point")->rule == "R8");
    CHECK(find(items, "follow_note.skin_no_referral.if_insured") == nullptr);
    const auto refused = proposed(incident(Disposition::refused));
    CHECK(find(refused, "follow_note.come_yourself")->rule == "R8");
    CHECK(find(refused, "follow_note.polyclinic")->rule == "R1");
    CHECK(proposed(incident(Disposition::duplicate)).empty());
}

TEST_CASE("no brigade is proposed to do what it may not, and every note has its text") {
    const std::string folder = std::string{JEDEL_SOURCE_DIR} + "/assets/strings/";
    const std::string strings =
        read_file(folder + "entitlement.toml").value() + read_file(folder + "law.toml").value();
    REQUIRE(rc::check([&] {
        Incident i = incident(static_cast<Disposition>(*rc::gen::inRange(0, 14)),
                              static_cast<Category>(*rc::gen::inRange(0, 5)));
        insure(i, static_cast<InsuranceStatus>(*rc::gen::inRange(0, 5)));
        if (*rc::gen::arbitrary<bool>()) i.patients[0].pregnancy_weeks = 12;
        for (const char* finding :
             {"injury", "fever", "known_heart_disease", "chronic_disease", "skin_trouble",
              "blood_in_urine", "delusions", "stroke_signs"}) {
            if (*rc::gen::arbitrary<bool>()) i.patients[0].findings.push_back({finding, "yes"});
        }
        for (const FollowUpItem& item : proposed(i)) {
            RC_ASSERT_FALSE(item.rule.empty());
            RC_ASSERT(strings.find("[\"" + item.note_key + "\"]") != std::string::npos);
        }
    }));
}

TEST_CASE("stayers are told what they would pay for, and what is dangerous to others is free") {
    Incident i = incident(Disposition::left_at_home);
    insure(i, InsuranceStatus::guaranteed_only);
    i.patients[0].findings = {
        {"fever", "yes"}, {"hallucinations", "yes"}, {"chronic_disease", "yes"}};
    const auto items = proposed(i);
    CHECK(find(items, "follow_note.nurse_visit") == nullptr);
    CHECK(find(items, "follow_note.nurse_visit.insurance_only") != nullptr);
    CHECK(find(items, "follow_note.chronic_follow_up.insurance_only") != nullptr);
    CHECK(find(items, "follow_note.dispensary.mental_health") != nullptr);  // S2 188, q.100
    CHECK(find(items, "follow_note.own_cost")->rule == "I1");
}

TEST_CASE("insurance never touches category or assignment: same commands, any insurance") {
    REQUIRE(rc::check([] {
        const auto dice = *rc::gen::container<std::vector<Dice>>(rc::gen::arbitrary<Dice>());
        const auto status_a = static_cast<InsuranceStatus>(*rc::gen::inRange(0, 5));
        const auto status_b = static_cast<InsuranceStatus>(*rc::gen::inRange(0, 5));
        const auto run = [&](InsuranceStatus status) {
            State state;
            int number = 0;
            const auto send = [&](const Command& command) {
                const auto decided =
                    decide(state, {}, {}, envelope("p" + std::to_string(++number), command),
                           morning + std::chrono::seconds{number});
                const auto* decision = std::get_if<Decision>(&decided);
                if (decision == nullptr) return;
                for (const Event& event : decision->events) {
                    apply(state, {.seq = state.seq + 1,
                                  .at = morning + std::chrono::seconds{number},
                                  .actor = "tester", .seat = Seat::system,
                                  .command_id = "p" + std::to_string(number), .event = event});
                }
            };
            for (const Command& c : free_brigades(4)) send(c);
            for (const Dice& d : dice) {
                send(command_from(d, state));
                IdentifyPatient identify;
                identify.incident = {1 + d[1] % (state.newest_incident().value + 2)};
                identify.insurance.status = status;
                send(identify);
            }
            // The same room but for what is known of insurance.
            std::vector<IncidentId> ids;
            for (Table<Incident>* table : {&state.open, &state.recent}) {
                ids.clear();
                for (const auto& row : table->rows()) ids.push_back(row->id);
                for (const IncidentId id : ids) {
                    table->edit(id, [](Incident& i) { i.patients[0].insurance.reset(); });
                }
            }
            return encode_state(state);
        };
        RC_ASSERT(run(status_a) == run(status_b));
    }));
}
