// Who decides before what: which package pays for whom, on which day.

#include <filesystem>

#include "base/install.h"
#include "tests/patients/people.h"

using namespace jedel;
using namespace jedel::test;

namespace {

const std::vector<Service> insurance_only{Service::planned_inpatient, Service::high_technology,
                                          Service::specialist, Service::diagnostics,
                                          Service::rehabilitation, Service::check_up};
const std::vector<Service> full_volume{
    Service::primary_care, Service::vaccination, Service::active_visit,
    Service::emergency_inpatient, Service::home_hospital, Service::chronic_follow_up,
    Service::social_disease, Service::rehabilitation_tuberculosis, Service::palliative,
    Service::medicines_outpatient, Service::blood, Service::pathology, Service::transplantation};

RegisterRow insured_worker() {
    return person(Payer::employee, months(month(2024, 12), month(2025, 12)));
}

}  // namespace

TEST_CASE("the uninsured have the guaranteed volume, the insured both packages") {
    // S0 28, 486-493; S3 43-87; S4 21-40.
    const Entitlement e = on(person(Payer::none), "2026-01-15");
    for (const Service s : full_volume) CHECK(paid_by(e, s) == PaidBy::guaranteed);
    for (const Service s : insurance_only) CHECK(paid_by(e, s) == PaidBy::own_cost);
    CHECK(paid_by(e, Service::day_hospital) == PaidBy::guaranteed);  // S0 488
    CHECK(paid_by(e, Service::treatment_abroad) == PaidBy::guaranteed);
    const Entitlement insured = on(insured_worker(), "2026-01-15");
    for (const Service s : full_volume) CHECK(paid_by(insured, s) == PaidBy::guaranteed);
    for (const Service s : insurance_only) CHECK(paid_by(insured, s) == PaidBy::insurance);
    CHECK(paid_by(insured, Service::medicines_inpatient) == PaidBy::insurance);  // S3 86
}

TEST_CASE("refugees and kandas without a permit: the full volume, no insurance by any payment") {
    for (const Residence r : {Residence::refugee, Residence::kandas_no_permit}) {
        RegisterRow row = insured_worker();
        row.citizenship = "AF";
        row.residence = r;
        const Entitlement e = on(row, "2026-01-15");
        CHECK(e.standing == Standing::guaranteed_only);
        CHECK(has(e.status, "entitlement.full_volume_only"));
        for (const Service s : full_volume) CHECK(paid_by(e, s) == PaidBy::guaranteed);  // S0 47-48
        for (const Service s : insurance_only) CHECK(paid_by(e, s) == PaidBy::own_cost);
        CHECK(paid_by(e, Service::treatment_abroad) == PaidBy::disputed);  // S1 21: citizens
        CHECK(e.attachment.possible == true);
    }
    for (const Residence r : {Residence::permit, Residence::kandas}) {
        RegisterRow row = insured_worker();
        row.citizenship = "MN";
        row.residence = r;
        CHECK(on(row, "2026-01-15").standing == Standing::insured);  // S0 63-65
    }
}

TEST_CASE("a stayer has care of dangerous diseases and the ambulance; a policy covers the rest") {
    // S0 52-56, 504-515; S1 1293-1328.
    for (const Residence r : {Residence::temporary, Residence::asylum}) {
        RegisterRow row = stayer("US");
        row.residence = r;
        const Entitlement e = on(row, "2026-01-15");
        CHECK(e.standing == Standing::guaranteed_only);
        CHECK(e.record.rule == "I1");
        CHECK(paid_by(e, Service::ambulance) == PaidBy::guaranteed);
        CHECK(paid_by(e, Service::dangerous_disease) == PaidBy::guaranteed);
        CHECK(paid_by(e, Service::emergency_inpatient) == PaidBy::own_cost);
        for (const Service s : insurance_only) CHECK(paid_by(e, s) == PaidBy::own_cost);
        CHECK(paid_by(e, Service::primary_care) == PaidBy::own_cost);
        CHECK(e.attachment.possible == false);
        CHECK(e.attachment.needs.front() == "voluntary_policy");
        CHECK(e.debt_tenge == 0);
        row.vmi_until = day("2026-01-15");
        const Entitlement with = on(row, "2026-01-15");
        CHECK(paid_by(with, Service::primary_care) == PaidBy::voluntary_policy);
        CHECK(paid_by(with, Service::emergency_inpatient) == PaidBy::voluntary_policy);
        CHECK(with.attachment.possible == true);
        CHECK(with.attachment.until_day == day("2026-01-15"));  // S1 1327
        CHECK(on(row, "2026-01-16").attachment.possible == false);
    }
    // By treaty of the commonwealth emergency care is free (S0 506).
    for (const char* country : {"UZ", "TJ", "AZ", "MD"}) {
        const Entitlement e = on(stayer(country), "2026-01-15");
        CHECK(paid_by(e, Service::emergency_inpatient) == PaidBy::guaranteed);
        CHECK(paid_by(e, Service::primary_care) == PaidBy::own_cost);
    }
}

TEST_CASE("I13: a migrant of the union never has the full guaranteed volume") {
    // S0 508-515; S2 52, q.8.
    for (const char* country : {"RU", "BY", "KG", "AM"}) {
        const Entitlement paid =
            on(stayer(country, Payer::employee, months(month(2024, 12), month(2025, 12))),
               "2026-01-15");
        CHECK(paid.standing == Standing::insured);
        CHECK(paid.record.rule == "I13");
        CHECK(paid_by(paid, Service::specialist) == PaidBy::insurance);
        CHECK(paid_by(paid, Service::primary_care) == PaidBy::own_cost);
        const Entitlement lapsed =
            on(stayer(country, Payer::employee, months(month(2024, 1), month(2025, 3))),
               "2026-01-15");
        CHECK(lapsed.standing == Standing::uninsured);
        const Entitlement never = on(stayer(country), "2026-01-15");
        CHECK(never.standing == Standing::uninsured);  // S0 98
        CHECK(has(never.status, "entitlement.migrant_unpaid"));
        for (const Entitlement* e : {&lapsed, &never}) {
            CHECK(paid_by(*e, Service::emergency_inpatient) == PaidBy::guaranteed);
            CHECK(paid_by(*e, Service::dangerous_disease) == PaidBy::guaranteed);
            for (const Service s : full_volume) {
                if (s != Service::emergency_inpatient) CHECK(paid_by(*e, s) == PaidBy::own_cost);
            }
            for (const Service s : insurance_only) CHECK(paid_by(*e, s) == PaidBy::own_cost);
        }
        CHECK(way(lapsed, "write_off") != nullptr);  // before arrival, S0 284
        CHECK(way(never, "register_unemployed") == nullptr);
        // No category of the state's makes a stayer insured.
        RegisterRow child = stayer(country);
        child.birth_day = day("2016-01-01");
        CHECK(on(child, "2026-01-15").standing == Standing::uninsured);
    }
}

TEST_CASE("dental care is for named groups only, and where the documents disagree both are shown") {
    const Entitlement healthy = on(insured_worker(), "2026-01-15");
    CHECK(paid_by(healthy, Service::dental_urgent) == PaidBy::own_cost);
    CHECK(paid_by(healthy, Service::dental_planned) == PaidBy::own_cost);
    RegisterRow child = person(Payer::none);
    child.birth_day = day("2016-01-01");
    CHECK(paid_by(on(child, "2026-01-15"), Service::dental_planned) == PaidBy::insurance);
    for (const char* number : {"7", "12", "11", "15", "6", "6-1"}) {
        const Entitlement e = on(privileged(number), "2026-01-15");
        for (const Service s : {Service::dental_urgent, Service::dental_planned}) {
            CHECK(paid_by(e, s) == PaidBy::disputed);  // S0 967-984; S1 1542-1579
            const auto& answer = e.services[static_cast<std::size_t>(s)];
            CHECK((answer.source.starts_with("S0") || answer.source.starts_with("S1")));
            CHECK_FALSE(answer.other_source.empty());
        }
    }
    const Entitlement ill = on(insured_worker(), "2026-01-15", {.joined = {}, .diseases = {"hiv"}});
    CHECK(paid_by(ill, Service::dental_planned) == PaidBy::disputed);
    CHECK(paid_by(on(privileged("7"), "2018-01-15"), Service::dental_planned) ==
          PaidBy::own_cost);  // S2 113, q.50
}

TEST_CASE("packages have dates: until 2020 the non-paying have all but planned inpatient care") {
    // S2 53-55, q.9; 68-70, q.20; 140, q.68.
    const Entitlement then = on(person(Payer::none), "2018-06-15");
    CHECK(paid_by(then, Service::specialist) == PaidBy::guaranteed);
    CHECK(paid_by(then, Service::diagnostics) == PaidBy::guaranteed);
    CHECK(paid_by(then, Service::planned_inpatient) == PaidBy::own_cost);
    CHECK(paid_by(then, Service::palliative) == PaidBy::own_cost);
    CHECK(paid_by(on(person(Payer::none), "2020-01-01"), Service::specialist) == PaidBy::own_cost);
}

TEST_CASE("I16: who pays for a disease, by person and date") {
    const auto pays = [](const RegisterRow& row, const char* key, const char* iso,
                         std::optional<int> since = {}) {
        return disease_paid_by(law(), on(row, iso), row, key, day(iso), since).value().paid_by;
    };
    const RegisterRow uninsured = person(Payer::none);
    // S2 188, q.100: dangerous to others, for everybody.
    for (const char* key : {"hiv", "crimean_congo_fever", "diphtheria", "meningococcal_infection",
                            "poliomyelitis", "sexually_transmitted_infection", "leprosy",
                            "malaria", "anthrax", "tuberculosis", "cholera", "plague", "typhoid",
                            "viral_hepatitis", "mental_disorder"}) {
        CAPTURE(key);
        CHECK(pays(uninsured, key, "2026-01-15") == PaidBy::guaranteed);
        CHECK(pays(stayer("US"), key, "2026-01-15") == PaidBy::guaranteed);
        CHECK(pays(stayer("KG"), key, "2026-01-15") == PaidBy::guaranteed);
    }
    for (const char* key : {"diabetes", "cerebral_palsy", "rheumatism",
                            "connective_tissue_disease"}) {
        CHECK(pays(uninsured, key, "2025-12-31") == PaidBy::guaranteed);
        CHECK(pays(uninsured, key, "2026-01-01") == PaidBy::own_cost);
        CHECK(pays(insured_worker(), key, "2026-01-15") == PaidBy::insurance);
        CHECK(pays(stayer("US"), key, "2025-12-31") == PaidBy::own_cost);
    }
    for (const char* key : {"stroke", "epilepsy"}) {
        CHECK(pays(uninsured, key, "2025-12-31") == PaidBy::own_cost);
        CHECK(pays(uninsured, key, "2026-01-01") == PaidBy::guaranteed);
    }
    CHECK(pays(uninsured, "cancer", "2026-01-15") == PaidBy::guaranteed);
    // The first six months (S0 940).
    CHECK(pays(uninsured, "myocardial_infarction", "2026-01-15", day("2025-07-16")) ==
          PaidBy::guaranteed);
    CHECK(pays(uninsured, "myocardial_infarction", "2026-01-15", day("2025-07-15")) ==
          PaidBy::own_cost);
    CHECK_FALSE(disease_paid_by(law(), on(uninsured, "2026-01-15"), uninsured, "hiccups",
                                day("2026-01-15")));
    CHECK(disease_keys(law()).size() == 27);
}

TEST_CASE("infant food is for the first year of life") {
    // S0 1103.
    RegisterRow infant = person(Payer::none);
    infant.birth_day = day("2025-06-01");
    CHECK(paid_by(on(infant, "2026-05-31"), Service::infant_food) == PaidBy::guaranteed);
    CHECK(paid_by(on(infant, "2026-06-01"), Service::infant_food) == PaidBy::own_cost);
    CHECK(on(infant, "2026-01-15").attachment.needs.back() == "representative_document");
}

TEST_CASE("I2: what sorts calls and sends brigades neither links nor reads any of this") {
    // S2 118-120: insurance is not to be found out before emergency help.
    namespace fs = std::filesystem;
    const fs::path root{JEDEL_SOURCE_DIR};
    int looked = 0;
    for (const char* folder : {"triage", "dispatch/core", "dispatch/journal", "dispatch/desk",
                               "dispatch/roads", "dispatch/city", "dispatch/gateway",
                               "dispatch/fleet"}) {
        for (const auto& entry : fs::recursive_directory_iterator{root / folder}) {
            if (!entry.is_regular_file()) continue;
            const auto text = read_file(entry.path().string());
            if (!text) continue;
            ++looked;
            INFO(entry.path().string());
            CHECK(text->find("jedel_patients") == std::string::npos);
            CHECK(text->find("dispatch/patients/") == std::string::npos);
        }
    }
    CHECK(looked > 50);
}
