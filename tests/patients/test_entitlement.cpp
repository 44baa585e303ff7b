// Status by payments and by privilege, I1–I9, on rows made for each rule. Places in the seeds stand
// beside what they say.

#include "base/install.h"
#include "tests/patients/people.h"

using namespace jedel;
using namespace jedel::test;

TEST_CASE("I2: with no row the status is unknown, never uninsured, and the ambulance is given") {
    const Entitlement e = on(std::nullopt, "2026-01-15");
    CHECK(e.standing == Standing::unknown);
    CHECK(e.record.status == InsuranceStatus::unknown);
    CHECK_FALSE(e.debt_tenge);
    CHECK(paid_by(e, Service::ambulance) == PaidBy::guaranteed);  // S2 118-120
    CHECK(paid_by(e, Service::aviation) == PaidBy::guaranteed);
    CHECK(paid_by(e, Service::primary_care) == PaidBy::unknown);
    CHECK(e.ways_back.empty());
}

TEST_CASE("a day before the law is unknown, for everybody") {
    for (const char* iso : {"1900-01-01", "2017-01-10", "2017-06-30"}) {
        for (const auto& row : {person(Payer::self, {month(2016, 1)}), privileged("7"),
                                person(Payer::none)}) {
            const Entitlement e = on(row, iso);
            CHECK(e.standing == Standing::unknown);
            CHECK(has(e.status, "entitlement.before_law"));
            CHECK_FALSE(e.status.front().rule.empty());
            CHECK_FALSE(e.status.front().source.empty());
            CHECK(e.debt_months.empty());
            CHECK(paid_by(e, Service::ambulance) == PaidBy::guaranteed);
        }
    }
    CHECK(on(privileged("7"), "2017-07-01").standing == Standing::insured);
}

TEST_CASE("I8: from 2025 the last twelve months must be paid; before, a contribution insures") {
    // S3 13, 19, 25.
    for (const Payer payer : {Payer::employee, Payer::self, Payer::entrepreneur,
                              Payer::civil_contract, Payer::private_practice}) {
        const auto twelve = months(month(2025, 1), month(2025, 12));
        CHECK(on(person(payer, twelve), "2026-01-15").standing == Standing::insured);
        CHECK(on(person(payer, twelve), "2026-01-15").record.rule == "I8");
        const auto eleven = months(month(2025, 2), month(2025, 12));
        const Entitlement e = on(person(payer, eleven), "2026-01-15");
        CHECK(e.standing == Standing::uninsured);
        CHECK(e.debt_months == std::vector{month(2025, 1)});
        CHECK(has(e.status, "entitlement.not_regular"));
        // S2 74, q.24: insured from the moment the contribution arrives.
        const auto two = months(month(2024, 10), month(2024, 11));
        CHECK(on(person(payer, two), "2024-12-15").standing == Standing::insured);
        CHECK(on(person(payer, two), "2024-12-15").record.rule == "I3");
    }
}

TEST_CASE("I6: the debt grows month by month and the status is kept three months") {
    // S0 327-336; S2 71, q.21.
    const auto paid = months(month(2024, 9), month(2025, 10));
    for (const Payer payer : {Payer::employee, Payer::self, Payer::entrepreneur, Payer::farm,
                              Payer::private_practice, Payer::civil_contract}) {
        const RegisterRow row = person(payer, paid);
        const Entitlement november = on(row, "2025-11-30");
        CHECK(november.standing == Standing::insured);
        CHECK(november.debt_months.empty());
        CHECK(november.until_day == day("2025-11-30"));
        const Entitlement december = on(row, "2025-12-01");
        CHECK(december.standing == Standing::conditional);
        CHECK(december.record.rule == "I6");
        CHECK(december.debt_months == std::vector{month(2025, 11)});
        CHECK(december.until_day == day("2026-01-31"));
        CHECK(paid_by(december, Service::specialist) == PaidBy::insurance);
        const Entitlement january = on(row, "2026-01-31");
        CHECK(january.standing == Standing::conditional);
        CHECK(january.debt_months.size() == 2);
        const Entitlement february = on(row, "2026-02-01");
        CHECK(february.standing == Standing::uninsured);
        CHECK(february.debt_months.size() == 3);
        CHECK(february.debt_months.back() == month(2026, 1));
    }
}

TEST_CASE("I6 is not for payers of the single aggregate payment") {
    const auto paid = months(month(2024, 9), month(2025, 10));
    for (const Payer payer : {Payer::esp_city, Payer::esp_village, Payer::esp}) {
        CHECK(on(person(payer, paid), "2025-11-30").standing == Standing::insured);
        CHECK(on(person(payer, paid), "2025-12-01").standing == Standing::uninsured);
    }
}

TEST_CASE("I7: the debt is at most twelve months, each by the payer's sum of its own date") {
    // S0 342; S1 1452-1461.
    const RegisterRow row = person(Payer::entrepreneur, months(month(2024, 1), month(2025, 1)));
    const Entitlement e = on(row, "2025-06-10");
    CHECK(e.standing == Standing::uninsured);
    CHECK(e.debt_months == months(month(2025, 2), month(2025, 5)));
    CHECK(e.debt_tenge == 4 * 5950);
    CHECK(e.penalty);
    const Entitlement later = on(row, "2027-06-10");
    CHECK(later.debt_months.size() == 12);
    CHECK(later.debt_tenge == 71400);
    const Entitlement self = on(person(Payer::self, {month(2021, 1)}), "2022-08-05");
    CHECK(self.debt_months.size() == 12);
    CHECK_FALSE(self.debt_tenge);  // no document at hand says what 2021 cost
    CHECK_FALSE(self.penalty);
    CHECK(on(person(Payer::self, {month(2021, 1)}), "2023-01-05").debt_tenge == 36000);
    // Across a change of sums: seven months of 2022 at 3 000 and five of 2023 at 3 500.
    CHECK(on(person(Payer::self), "2023-06-05").debt_tenge == 7 * 3000 + 5 * 3500);
    const Entitlement worker = on(person(Payer::employee, {month(2021, 1)}), "2023-05-05");
    CHECK_FALSE(worker.debt_tenge);  // a share of the income
    CHECK(worker.penalty);
    CHECK(way(worker, "pay_debt_employee")->office == "employer");
}

TEST_CASE("sums of 2018 and of a village's aggregate payment are those of the documents") {
    // S2 70, q.20: 1 414; S2 187, q.99: 2 828; S0 220-223: 3 063 and 1 531.5.
    CHECK(on(person(Payer::self), "2019-01-10").debt_tenge == 12 * 1414);
    CHECK(on(person(Payer::entrepreneur), "2019-01-10").debt_tenge == 12 * 2828);
    CHECK(on(person(Payer::esp_city), "2023-01-10").debt_tenge == 12 * 3063);
    CHECK(on(person(Payer::esp_village), "2023-01-10").debt_tenge == 12 * 1531.5);
    CHECK(on(person(Payer::esp_village), "2027-01-10").debt_tenge == 12 * 2162.5);
    CHECK_FALSE(on(person(Payer::esp), "2023-01-10").debt_tenge);  // which of the two is not said
    CHECK_FALSE(on(person(Payer::entrepreneur), "2018-01-10").debt_tenge);  // 2017: none printed
}

TEST_CASE("I4: every privileged category is insured, no. 14 is none of them") {
    for (const char* number : {"2", "3", "4", "5", "6", "6-1", "7", "8", "9", "10", "11", "12",
                               "13", "15"}) {
        const Entitlement e = on(privileged(number), "2026-01-15");
        CAPTURE(number);
        CHECK(e.standing == Standing::insured);
        CHECK(e.record.rule == "I4");
        CHECK(has(e.status, std::string{"entitlement.privileged."} + number));
        CHECK(e.debt_months.empty());
    }
    CHECK(on(privileged("14"), "2026-01-15").standing == Standing::uninsured);
    CHECK(hinted(on(privileged("14"), "2026-01-15"), "unknown_category"));
    for (const char* number : {"D", "E"}) {
        CHECK(on(privileged(number), "2026-01-01").standing == Standing::insured);
        CHECK(on(privileged(number), "2025-12-31").standing == Standing::uninsured);
    }
}

TEST_CASE("a child is insured by birth date, entered or not, and stops being one at eighteen") {
    RegisterRow child = person(Payer::none);
    child.birth_day = day("2016-02-29");
    const Entitlement e = on(child, "2026-01-15");
    CHECK(e.standing == Standing::insured);
    CHECK(e.debt_tenge == 0);
    CHECK(e.ways_back.empty());
    CHECK(e.until_day == day("2034-02-28"));
    CHECK(on(child, "2034-02-28").standing == Standing::insured);
    const Entitlement grown = on(child, "2034-03-01");
    CHECK(grown.standing == Standing::uninsured);
    CHECK(grown.debt_months.empty());  // the state paid for every month so far
    CHECK(way(grown, "enter_student") != nullptr);  // S0 443
    // Later only the months since the birthday are owed.
    CHECK(on(child, "2034-06-10").debt_months == months(month(2034, 3), month(2034, 5)));
    RegisterRow adult = privileged("1");
    const Entitlement wrong = on(adult, "2026-01-15");
    CHECK(wrong.standing == Standing::uninsured);
    CHECK(hinted(wrong, "wrong_category_age"));
    CHECK(way(wrong, "correct_entry") != nullptr);
}

TEST_CASE("an entry that cannot be true is shown as wrong, with the way to correct it") {
    for (const char* number : {"3", "11"}) {
        RegisterRow man = privileged(number);
        man.sex = Sex::male;
        const Entitlement e = on(man, "2026-01-15");
        CHECK(e.standing == Standing::uninsured);
        CHECK(hinted(e, "wrong_category_sex"));
        REQUIRE(way(e, "correct_entry") != nullptr);
        CHECK(way(e, "correct_entry")->rule == "I4");
        CHECK(way(e, "correct_entry")->cost_tenge == 0);
    }
    RegisterRow man = person(Payer::none);
    man.sex = Sex::male;
    man.pregnant = true;
    man.pregnancy_registered = day("2026-01-02");
    const Entitlement e = on(man, "2026-02-15");
    CHECK(e.standing == Standing::uninsured);
    CHECK(hinted(e, "wrong_pregnancy"));
    CHECK(way(e, "pregnant_register") == nullptr);
    CHECK(way(e, "temporary_status") == nullptr);
    CHECK(e.debt_months.size() == 12);
}

TEST_CASE("categories hold on their days only, and their months are no debt") {
    RegisterRow row = person(Payer::none);
    row.categories = {{"2", day("2025-03-10"), day("2025-09-20")}};
    CHECK(on(row, "2025-03-09").standing == Standing::uninsured);
    CHECK(on(row, "2025-03-10").standing == Standing::insured);
    CHECK(on(row, "2025-09-20").until_day == day("2025-09-20"));
    const Entitlement after = on(row, "2025-12-05");
    CHECK(after.standing == Standing::uninsured);
    CHECK(has(after.status, "entitlement.privilege_over"));
    CHECK(after.debt_months == std::vector{month(2024, 12), month(2025, 1), month(2025, 2),
                                           month(2025, 10), month(2025, 11)});
    CHECK(way(after, "write_off") != nullptr);  // S0 280-284
    // S2 58, q.12: graduates are kept for three calendar months.
    row.categories = {{"13", day("2021-09-01"), day("2025-06-30")}};
    CHECK(on(row, "2025-09-30").standing == Standing::insured);
    CHECK(has(on(row, "2025-09-30").status, "entitlement.after_study"));
    CHECK(on(row, "2025-10-01").standing == Standing::uninsured);
}

TEST_CASE("I5: the exempt are insured, by the document that says so") {
    for (const Exempt exempt : {Exempt::military, Exempt::special_state_body,
                                Exempt::law_enforcement}) {
        RegisterRow row = person(Payer::none);
        row.exempt = exempt;
        const Entitlement e = on(row, "2026-01-15");
        CHECK(e.standing == Standing::insured);
        CHECK(e.record.rule == "I5");
        CHECK(e.status.front().source.starts_with("S1 111"));  // S1 1113-1115
    }
}

TEST_CASE("what is not known of a person is not guessed") {
    RegisterRow row = person(Payer::none);
    row.birth_day.reset();
    CHECK(on(row, "2026-01-15").standing == Standing::unknown);  // may be a child
    row = person(Payer::employee);
    row.payments_known = false;
    CHECK(on(row, "2026-01-15").standing == Standing::unknown);
    row = person(Payer::none);
    row.residence = Residence::unknown;
    row.citizenship.clear();
    CHECK(on(row, "2026-01-15").standing == Standing::unknown);
    CHECK(hinted(on(row, "2026-01-15"), "residence_unknown"));
    CHECK(paid_by(on(row, "2026-01-15"), Service::primary_care) == PaidBy::unknown);
    row = person(Payer::none);
    row.residence = Residence::temporary;  // a citizen of Kazakhstan is none
    CHECK(on(row, "2026-01-15").standing == Standing::unknown);
    CHECK(hinted(on(row, "2026-01-15"), "citizenship_disagrees"));
    row = person(Payer::none);
    row.citizenship = "RU";  // and a foreigner is no citizen
    CHECK(on(row, "2026-01-15").standing == Standing::unknown);
    row.residence = Residence::unknown;
    row.citizenship = "KZ";
    CHECK(on(row, "2026-01-15").standing == Standing::uninsured);
}

TEST_CASE("an old row of the register says how old it is") {
    const RegisterRow row = person(Payer::employee, months(month(2024, 1), month(2030, 1)));
    CHECK_FALSE(hinted(on(row, "2026-01-20"), "row_age"));
    CHECK_FALSE(hinted(on(row, "2026-02-01"), "row_age"));
    CHECK(hinted(on(row, "2026-02-02"), "row_age"));
    CHECK(arguments(on(row, "2026-03-02").status, "entitlement.old_row") ==
          std::vector<std::string>{"60"});
}

TEST_CASE("I11: two numbers of one person are joined, and the Fund is asked instead of a debt") {
    // S1 1464-1480.
    RegisterRow row = person(Payer::self, months(month(2025, 7), month(2025, 12)));
    row.also_iin = {"991231500707"};
    RegisterRow other = person(Payer::self, months(month(2024, 1), month(2025, 6)));
    const Entitlement e = on(row, "2026-01-15", {.joined = {other}, .diseases = {}});
    CHECK(e.debt_months.empty());
    CHECK(e.debt_tenge == 0);
    REQUIRE_FALSE(e.ways_back.empty());
    CHECK(e.ways_back.front().rule == "I11");
    CHECK(e.ways_back.front().cost_tenge == 0);
    CHECK(way(e, "pay_debt") == nullptr);
    CHECK(arguments(e.status, "entitlement.two_numbers") ==
          std::vector<std::string>{"2024-01", "2025-06"});
    // The other row is not there: the debt stays shown, and so does that it may be none.
    const Entitlement alone = on(row, "2026-01-15");
    CHECK(alone.debt_months.size() == 6);
    CHECK(hinted(alone, "other_number_unknown"));
    CHECK(alone.ways_back.front().rule == "I11");
}

TEST_CASE("I9: a non-working pregnant woman is entered in the register and pays nothing") {
    RegisterRow row = woman(Payer::none);
    row.pregnant = true;
    const Entitlement e = on(row, "2026-01-15");
    CHECK(e.standing == Standing::uninsured);
    CHECK(e.debt_months.empty());
    CHECK(e.debt_tenge == 0);
    CHECK(e.ways_back.front().key == "pregnant_register");  // S0 470
    CHECK(e.ways_back.front().days == 3);
    CHECK(way(e, "pay_debt") == nullptr);  // S1 1162-1163
    CHECK(way(e, "temporary_status")->office == "qoldau");
    // Entered on a Thursday: three working days later is Tuesday.
    row.pregnancy_registered = day("2026-01-15");
    const Entitlement waiting = on(row, "2026-01-16");
    CHECK(waiting.standing == Standing::uninsured);
    CHECK(waiting.ways_back.front().key == "pregnant_wait");
    CHECK(on(row, "2026-01-19").standing == Standing::uninsured);
    const Entitlement stands = on(row, "2026-01-20");
    CHECK(stands.standing == Standing::insured);
    CHECK(has(stands.status, "entitlement.privileged.3"));
    // No pregnancy lasts for years.
    CHECK(on(row, "2027-01-20").standing == Standing::uninsured);
    CHECK(hinted(on(row, "2027-01-20"), "pregnancy_over"));
}

TEST_CASE("I9: who works or paid lately pays the debt; after an aggregate payment one waits") {
    RegisterRow worker = woman(Payer::employee, months(month(2025, 8), month(2025, 11)));
    worker.pregnant = true;
    const Entitlement e = on(worker, "2026-01-15");
    CHECK(e.standing == Standing::uninsured);  // four of twelve
    CHECK(way(e, "pregnant_register") == nullptr);
    CHECK_FALSE(e.debt_months.empty());  // S0 466
    // S1 1165-1174.
    RegisterRow esp = woman(Payer::esp_city, {month(2025, 12)});
    esp.pregnant = true;
    esp.pregnancy_registered = day("2025-10-01");
    const Entitlement lost = on(esp, "2026-01-15");
    CHECK(lost.standing == Standing::uninsured);
    REQUIRE(way(lost, "after_esp_wait") != nullptr);
    CHECK(way(lost, "after_esp_wait")->arguments == std::vector<std::string>{"2026-03-01"});
    CHECK(way(lost, "after_esp_pay")->cost_tenge == 4250);
}

TEST_CASE("I9: temporary status stands for a month, once") {
    RegisterRow row = woman(Payer::none);
    row.pregnant = true;
    row.temporary_status_from = day("2026-01-10");
    const Entitlement e = on(row, "2026-02-09");
    CHECK(e.standing == Standing::temporary);
    CHECK(e.record.status == InsuranceStatus::insured);
    CHECK(e.record.rule == "I9");
    CHECK(e.until_day == day("2026-02-09"));
    CHECK(paid_by(e, Service::specialist) == PaidBy::insurance);
    const Entitlement over = on(row, "2026-02-10");
    CHECK(over.standing == Standing::uninsured);
    CHECK(way(over, "temporary_status") == nullptr);
    CHECK(has(over.status, "entitlement.temporary_status_over"));
}

TEST_CASE("ways back fit the person and stand the cheapest first") {
    const Entitlement none = on(person(Payer::none), "2026-01-15");
    CHECK(none.debt_tenge == 51000);
    CHECK(none.ways_back.front().key == "register_unemployed");
    CHECK(none.ways_back.back().key == "pay_debt");
    CHECK(none.ways_back.back().cost_tenge == 51000);
    CHECK(way(none, "write_off") == nullptr);  // neither privilege nor permit
    CHECK(way(none, "pregnant_register") == nullptr);
    RegisterRow permit = person(Payer::self);
    permit.citizenship = "CN";
    permit.residence = Residence::permit;
    CHECK(way(on(permit, "2026-01-15"), "write_off") != nullptr);  // S0 283
    CHECK(way(on(permit, "2026-01-15"), "register_unemployed") == nullptr);
    CHECK(on(person(Payer::employee, months(month(2025, 1), month(2025, 12))), "2026-01-15")
              .ways_back.empty());
    for (const Payer payer : {Payer::none, Payer::self, Payer::employee, Payer::entrepreneur,
                              Payer::esp_village, Payer::unknown}) {
        const Entitlement e = on(person(payer, {month(2024, 3)}), "2026-01-15");
        for (std::size_t i = 1; i < e.ways_back.size(); ++i) {
            const auto& a = e.ways_back[i - 1].cost_tenge;
            const auto& b = e.ways_back[i].cost_tenge;
            CHECK((!b || (a && *a <= *b)));
        }
    }
}

TEST_CASE("every line has a rule, a source and a text in three languages") {
    std::string strings;
    for (const char* name : {"entitlement", "law"}) {
        strings += read_file(std::string{JEDEL_SOURCE_DIR} + "/assets/strings/" + name + ".toml")
                       .value();
    }
    const auto told = [&](const std::string& key) {
        INFO(key);
        CHECK(strings.find("[\"" + key + "\"]") != std::string::npos);
    };
    std::vector<std::optional<RegisterRow>> rows{std::nullopt};
    for (const char* number : {"1", "3", "6-1", "13", "14", "D"}) {
        rows.emplace_back(privileged(number));
    }
    for (int r = 0; r < 8; ++r) {
        for (int p = 0; p < 11; ++p) {
            for (const char* country : {"KZ", "RU", "UZ", "US", "none", ""}) {
                RegisterRow row = woman(static_cast<Payer>(p), {month(2025, 7)});
                row.residence = static_cast<Residence>(r);
                row.citizenship = country;
                row.pregnant = p % 2 == 0;
                if (p % 3 == 0) row.temporary_status_from = day("2026-01-02");
                rows.emplace_back(row);
            }
        }
    }
    for (const auto& row : rows) {
        for (const char* iso : {"2018-02-02", "2023-05-05", "2026-01-15"}) {
            const Entitlement e = on(row, iso);
            for (const auto& lines : {e.status, free_lines(e), paid_lines(e)}) {
                for (const EntitlementLine& line : lines) {
                    told(line.text_key);
                    CHECK_FALSE(line.rule.empty());
                    CHECK_FALSE(line.source.empty());
                }
            }
            for (const EntitlementHint& hint : e.hints) told("hint." + hint.key);
            CHECK(paid_by(e, Service::ambulance) == PaidBy::guaranteed);
        }
    }
}
