// The plan after the ambulance: each way of S0 and S1, who pays, what it needs, by when.

#include "base/install.h"
#include "dispatch/patients/plan.h"
#include "tests/patients/people.h"

using namespace jedel;
using namespace jedel::test;

namespace {

Organisations city() {
    Organisations out;
    const auto add = [&](std::uint64_t id, OrganisationKind kind, LatLon place,
                         std::vector<std::string> profiles) {
        Organisation o;
        o.id = {id};
        o.kind = kind;
        o.place = place;
        o.profiles = std::move(profiles);
        out.all.push_back(o);
    };
    add(302, OrganisationKind::polyclinic, {43.2, 76.9}, {});
    out.all.front().service_area = {{43.0, 76.5}, {43.0, 77.5}, {44.0, 77.5}, {44.0, 76.5}};
    add(401, OrganisationKind::hospital, {43.9, 77.3}, {"emergency"});
    add(402, OrganisationKind::hospital, {43.21, 76.91}, {"emergency_department"});
    add(501, OrganisationKind::dispensary, {43.3, 76.9}, {"tuberculosis"});
    return out;
}

/// Friday, 2026-01-16, at a local hour.
PlanQuestion asked(Disposition disposition, int hour = 12) {
    PlanQuestion q;
    q.disposition = disposition;
    q.place = LatLon{43.2, 76.9};
    q.now = from_iso("2026-01-16T00:00+05:00").value() + std::chrono::hours{hour};
    return q;
}

std::vector<PlanStep> plan(const PlanQuestion& q, const std::optional<RegisterRow>& row) {
    return plan_follow_up(law(), q, on(row, "2026-01-16"), row, city());
}

const PlanStep* step(const std::vector<PlanStep>& steps, const std::string& key) {
    for (const PlanStep& s : steps) {
        if (s.key == key) return &s;
    }
    return nullptr;
}

RegisterRow insured() {
    return person(Payer::employee, months(month(2024, 12), month(2025, 12)));
}

}  // namespace

TEST_CASE("D10: who stays gets sheet, advice and an active visit by the next working day") {
    // S1 302-310.
    for (const Disposition d : {Disposition::left_at_home, Disposition::left_at_place}) {
        const auto steps = plan(asked(d), insured());
        REQUIRE(step(steps, "signal_sheet") != nullptr);
        REQUIRE(step(steps, "recommendations") != nullptr);
        const PlanStep* visit = step(steps, "active_visit_doctor");
        REQUIRE(visit != nullptr);
        CHECK(visit->organisation == OrganisationId{302});  // of the area, not of attachment
        CHECK(visit->paid_by == PaidBy::guaranteed);
        CHECK(to_iso(*visit->by) == "2026-01-19T18:59:59.999Z");  // Monday's end
        CHECK(step(steps, "active_visit_brigade") == nullptr);
    }
    PlanQuestion q = asked(Disposition::left_at_home);
    q.wishes = {"brigade_again"};
    const auto steps = plan(q, insured());
    CHECK(step(steps, "active_visit_brigade")->where == "station");
    CHECK(step(steps, "active_visit_brigade")->by == q.now + std::chrono::hours{3});
}

TEST_CASE("R3, R4, R5: nurse, doctor and mobile group come from 8 to 18, then the brigade") {
    // S0 627-670.
    PlanQuestion q = asked(Disposition::left_at_home);
    q.findings = {"fever", "cold_signs"};
    q.wishes = {"doctor_home"};
    for (const int hour : {8, 12, 17}) {
        q.now = asked(Disposition::left_at_home, hour).now;
        const auto steps = plan(q, insured());
        for (const char* key : {"nurse_home", "doctor_home", "mobile_group"}) {
            REQUIRE(step(steps, key) != nullptr);
            CHECK(to_iso(*step(steps, key)->by) == "2026-01-16T13:00:00Z");
        }
        CHECK(step(steps, "emergency_brigade") == nullptr);
    }
    for (const int hour : {0, 7, 18, 23}) {
        q.now = asked(Disposition::left_at_home, hour).now;
        const auto steps = plan(q, insured());
        CHECK(step(steps, "nurse_home") == nullptr);
        CHECK(step(steps, "mobile_group") == nullptr);
        REQUIRE(step(steps, "emergency_brigade") != nullptr);
        CHECK(step(steps, "emergency_brigade")->paid_by == PaidBy::guaranteed);
    }
    // S0 665: not with loss of consciousness, bleeding or sudden worsening.
    for (const char* guard : {"unconscious", "bleeding_any", "consciousness_worsening"}) {
        q = asked(Disposition::left_at_home);
        q.findings = {"fever", guard};
        CHECK(step(plan(q, insured()), "nurse_home") == nullptr);
    }
}

TEST_CASE("R7: the nine ways to a specialist without a referral") {
    // S0 698-706, S1 718-737.
    const auto free_of_referral = [](const char* key, std::vector<std::string> findings,
                                     std::vector<std::string> wishes) {
        PlanQuestion q = asked(Disposition::left_at_home);
        q.findings = std::move(findings);
        q.wishes = std::move(wishes);
        const auto steps = plan(q, insured());
        INFO(key);
        REQUIRE(step(steps, key) != nullptr);
        CHECK(step(steps, key)->rule == "R7");
        const auto& needs = step(steps, key)->needs;
        CHECK(std::find(needs.begin(), needs.end(), "referral") == needs.end());
    };
    free_of_referral("further_test", {}, {"further_test"});
    free_of_referral("repeat_visit", {}, {"repeat_visit"});
    free_of_referral("injury_visit", {"injury"}, {});
    free_of_referral("dental_urgent", {}, {"dental_urgent"});
    free_of_referral("dental_planned", {}, {"dental_planned"});
    free_of_referral("skin_doctor", {"skin_trouble"}, {});
    free_of_referral("mobile_complex", {}, {"remote_place"});
    free_of_referral("youth_centre", {}, {"youth"});
    free_of_referral("gynaecologist", {"pregnant"}, {});
    free_of_referral("psychologist", {"anxiety"}, {});
    free_of_referral("chronic_specialist", {"chronic_disease"}, {});
    PlanQuestion man = asked(Disposition::left_at_home);
    man.findings = {"pregnant"};
    man.wishes = {"pregnant_not_registered"};
    man.sex = Sex::male;
    CHECK(step(plan(man, insured()), "gynaecologist") == nullptr);
    CHECK(step(plan(man, insured()), "pregnant_register") == nullptr);
}

TEST_CASE("R9: hospital by the bureau, high technology by the commission in working days") {
    // S0 756-773; S1 998-1031.
    PlanQuestion q = asked(Disposition::left_at_home);
    q.wishes = {"planned_hospital", "high_technology", "day_hospital", "home_hospital",
                "republican_level", "rehabilitation", "palliative", "medicines"};
    const auto steps = plan(q, insured());
    CHECK(step(steps, "planned_hospital")->needs ==
          std::vector<std::string>{"referral", "test_results", "covid_test_5_days"});
    CHECK(step(steps, "planned_hospital")->paid_by == PaidBy::insurance);
    CHECK(step(steps, "high_technology")->needs.size() == 4);
    CHECK(to_iso(*step(steps, "high_technology")->by) == "2026-01-20T18:59:59.999Z");
    CHECK(to_iso(*step(steps, "high_technology_told")->by) == "2026-01-21T18:59:59.999Z");
    CHECK(step(steps, "republican_level") != nullptr);
    CHECK(step(steps, "home_hospital")->paid_by == PaidBy::guaranteed);
    CHECK(step(steps, "palliative")->paid_by == PaidBy::guaranteed);
    CHECK(step(steps, "medicines")->where == "pharmacy");
    const auto gone = plan(asked(Disposition::transported), insured());
    CHECK(step(gone, "emergency_hospital")->organisation == OrganisationId{402});
    CHECK(step(gone, "emergency_hospital")->rule == "D7");
    CHECK(step(gone, "discharge") != nullptr);  // S1 704-708
    CHECK(step(gone, "signal_sheet") == nullptr);
    const auto refused = plan(asked(Disposition::refused), insured());
    CHECK(step(refused, "come_yourself")->rule == "R8");
    CHECK(step(refused, "filter_room")->rule == "R1");
    for (const Disposition d : {Disposition::none, Disposition::duplicate, Disposition::false_call,
                                Disposition::death_before_arrival}) {
        CHECK(plan(asked(d), insured()).empty());
    }
}

TEST_CASE("I16: a known disease leads to its centre, and the table says who pays") {
    // S0 924-951.
    PlanQuestion q = asked(Disposition::left_at_home);
    q.diseases = {"tuberculosis", "diabetes"};
    const auto steps = plan(q, person(Payer::none));
    std::size_t centres = 0;
    for (const PlanStep& s : steps) {
        if (s.key != "centre") continue;
        ++centres;
        if (s.arguments.front() == "tuberculosis") {
            CHECK(s.organisation == OrganisationId{501});
            CHECK(s.paid_by == PaidBy::guaranteed);
        } else {
            CHECK(s.organisation == OrganisationId{301});  // of attachment
            CHECK(s.paid_by == PaidBy::own_cost);
        }
    }
    CHECK(centres == 2);
}

TEST_CASE("the uninsured see first what is free, then what is not, then the ways back") {
    PlanQuestion q = asked(Disposition::left_at_home);
    q.findings = {"fever", "rhythm_disturbance", "injury"};
    q.wishes = plan_wishes(law());
    const auto steps = plan(q, person(Payer::none));
    int last = 0;
    for (const PlanStep& s : steps) {
        const int stage = s.key == "way_back" ? 2 : s.paid_by == PaidBy::own_cost ? 1 : 0;
        CHECK(stage >= last);
        last = stage;
    }
    CHECK(last == 2);
    CHECK(steps.back().arguments.front() == "pay_debt");
    const auto strings =
        read_file(std::string{JEDEL_SOURCE_DIR} + "/assets/strings/law.toml").value();
    for (const PlanStep& s : steps) {
        INFO(s.key);
        CHECK(strings.find("[\"plan." + s.key + "\"]") != std::string::npos);
        CHECK_FALSE(s.rule.empty());
        CHECK_FALSE(s.source.empty());
    }
    // A stayer pays for all but the ambulance and what is dangerous.
    for (const PlanStep& s : plan(q, stayer("US"))) {
        if (s.paid_by) CHECK(*s.paid_by != PaidBy::insurance);
        if (s.key == "active_visit_doctor") CHECK(s.paid_by == PaidBy::own_cost);
    }
}
