#include "dispatch/patients/law.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/number.h"
#include "dispatch/patients/calendar.h"
#include "dispatch/patients/law_reader.h"

namespace jedel {

namespace {

/// Reads the rows of one key into a vector, filling what `each` says.
template <class Row, class Each>
Result<void> read_rows(const LawFile& file, const char* key, LawTables& law,
                       std::vector<Row>& rows, Each&& each) {
    return file.rows(key, law, [&](LawReader& r) {
        Row row;
        r.dated(row);
        each(r, row);
        rows.push_back(std::move(row));
    });
}

/// The first failure of several readings.
Result<void> in_turn(std::initializer_list<std::function<Result<void>()>> steps) {
    for (const auto& step : steps) {
        if (auto done = step(); !done) return done;
    }
    return {};
}

Result<void> read_amounts(const LawFile& file, LawTables& law) {
    return in_turn({[&] {
        return read_rows(file, "base", law, law.bases, [](LawReader& r, BaseRow& row) {
            row.name = r.text("name");
            row.known = r.truth("known", true);
            row.tenge = r.amount("tenge");
            if (row.known != row.tenge.has_value()) {
                r.fail("tenge", "expected a sum, or known = false");
            }
        });
    }, [&] {
        return read_rows(file, "amount", law, law.amounts, [](LawReader& r, AmountRow& row) {
            row.payer = r.text("payer");
            row.known = r.truth("known", true);
            if (!row.known) return;
            row.percent = r.amount("percent").value_or(0);
            row.of = r.text("of");
            row.times = r.amount("times").value_or(1);
            row.tenge = r.amount("tenge");
            row.cap_times = r.amount("cap_times");
            if (row.percent <= 0) r.fail("percent", "expected a share above 0");
        });
    }, [&] {
        return read_rows(file, "employer_free", law, law.employer_free,
                         [](LawReader& r, EmployerFreeRow& row) {
                             row.categories = r.texts("categories");
                         });
    }});
}

Result<void> read_begins(const LawFile& file, LawTables& law) {
    const toml::table* table = file.table.get_as<toml::table>("law");
    if (table == nullptr) return Error{.message = "expected [law]", .where = file.name};
    LawReader r{*table, file.name};
    law.begins.from_day = r.day("from");
    law.begins.source = r.text("document") + " " + r.text("place");
    if (r.error()) return *r.error();
    r.unread_into(law.unread);
    return {};
}

Result<void> read_who(const LawFile& file, LawTables& law) {
    return in_turn({[&] { return read_begins(file, law); }, [&] {
        return read_rows(file, "who", law, law.who, [](LawReader& r, WhoRow& row) {
            row.residence = r.name<Residence>("residence");
            row.citizenship = r.text("citizenship");
            row.guaranteed = r.name<Volume>("guaranteed");
            row.insurance = r.name<Ways>("insurance");
            row.attach = r.name<Attach>("attach");
            row.rule = r.text("rule");
        });
    }, [&] {
        return read_rows(file, "treaty", law, law.treaties, [](LawReader& r, TreatyRow& row) {
            row.name = r.text("name");
            row.countries = r.texts("countries");
            row.rule = r.text("rule");
        });
    }});
}

Result<void> read_payers(const LawFile& file, LawTables& law) {
    const auto months = [](LawReader& r, MonthsRow& row, const char* key) {
        row.months = r.whole(key, 1, 1200);
        row.rule = r.text("rule");
        static_cast<void>(r.truth("approved", true));
    };
    return in_turn({[&] {
        return read_rows(file, "regular", law, law.regular, [](LawReader& r, RegularRow& row) {
            row.payments = r.whole("payments", 0, 120);
            row.rule = r.text("rule");
        });
    }, [&] {
        return read_rows(file, "conditional", law, law.conditional,
                         [&](LawReader& r, MonthsRow& row) { months(r, row, "months"); });
    }, [&] {
        return read_rows(file, "debt", law, law.debt,
                         [&](LawReader& r, MonthsRow& row) { months(r, row, "months_max"); });
    }, [&] {
        return read_rows(file, "temporary_status", law, law.temporary_status,
                         [&](LawReader& r, MonthsRow& row) { months(r, row, "months"); });
    }, [&] {
        return read_rows(file, "payer", law, law.payers, [](LawReader& r, PayerRow& row) {
            row.payer = r.name<Payer>("name");
            row.kept = r.truth("kept");
            row.pays_as = r.has("pays_as") ? r.text("pays_as", false) : std::string{};
            row.penalty = r.truth("penalty");
            row.works = r.truth("works");
        });
    }});
}

Result<void> read_categories(const LawFile& file, LawTables& law) {
    return in_turn({[&] {
        return read_rows(file, "exempt", law, law.exempt, [](LawReader& r, ExemptRow& row) {
            row.exempt = r.name<Exempt>("name");
            row.rule = r.text("rule");
        });
    }, [&] {
        return read_rows(file, "privileged", law, law.privileged,
                         [](LawReader& r, PrivilegedRow& row) {
            row.number = r.text("number");
            row.rule = r.text("rule");
            row.kk = r.text("kk");
            row.ru = r.text("ru");
            row.en = r.text("en");
            if (r.has("sex")) {
                const std::string sex = r.text("sex");
                row.sex = sex == "f" ? Sex::female : Sex::male;
                if (sex != "f" && sex != "m") r.fail("sex", "expected f or m");
            }
            if (r.has("under")) row.under = r.whole("under", 1, 120);
            if (r.has("after_months")) row.after_months = r.whole("after_months", 1, 24);
            row.not_working = r.truth("not_working");
        });
    }, [&] {
        return read_rows(file, "pregnancy", law, law.pregnancy,
                         [](LawReader& r, PregnancyRow& row) {
            row.working_days = r.whole("status_after_working_days", 0, 60);
            row.months_without = r.whole("months_without_contributions", 0, 12);
            row.at_most_days = r.whole("at_most_days", 1, 400);
            row.rule = r.text("rule");
            static_cast<void>(r.truth("approved", true));
        });
    }});
}

Result<void> read_insurance(const LawFile& file, LawTables& law) {
    return in_turn({[&] { return read_who(file, law); }, [&] { return read_payers(file, law); },
                    [&] { return read_categories(file, law); }});
}

Result<void> read_packages(const LawFile& file, LawTables& law) {
    return in_turn({[&] {
        return read_rows(file, "service", law, law.services, [](LawReader& r, ServiceRow& row) {
            row.service = r.name<Service>("key");
            row.rule = r.text("rule");
            row.guaranteed = r.truth("guaranteed");
            row.insurance = r.truth("insurance");
            row.insurance_source = row.source;
            if (r.has("insurance_document")) {
                row.insurance_source = r.text("insurance_document") + " " +
                                       r.text("insurance_place");
            }
            row.everyone = r.truth("everyone");
            row.treaty = r.truth("treaty");
            row.policy = r.truth("policy");
            row.insured_first = r.truth("insured_first");
            row.citizens = r.truth("citizens");
            row.groups = r.has("groups") ? r.text("groups") : std::string{};
            if (r.has("under")) row.under = r.whole("under", 1, 120);
        });
    }, [&] {
        return read_rows(file, "dental", law, law.dental, [](LawReader& r, DentalRow& row) {
            row.care = r.text("care");
            row.children = r.truth("children");
            row.pregnant = r.truth("pregnant");
            row.disease = r.truth("disease");
            row.categories = r.texts("categories");
        });
    }});
}

Result<void> read_diseases(const LawFile& file, LawTables& law) {
    return read_rows(file, "disease", law, law.diseases, [](LawReader& r, DiseaseRow& row) {
        row.key = r.text("key");
        row.package = r.name<PaidBy>("package");
        if (row.package != PaidBy::guaranteed && row.package != PaidBy::insurance) {
            r.fail("package", "expected guaranteed or insurance");
        }
        row.social = r.truth("social");
        row.dangerous = r.truth("dangerous");
        row.place_of_care = r.text("place_of_care");
        row.kk = r.text("kk");
        row.ru = r.text("ru");
        row.en = r.text("en");
        if (r.has("months")) row.months = r.whole("months", 1, 120);
        row.findings = r.texts("findings");
    });
}

Result<void> read_follow_up(const LawFile& file, LawTables& law) {
    return read_rows(file, "follow_up", law, law.follow_up, [](LawReader& r, FollowUpRow& row) {
        row.any = r.texts("any");
        row.kind = r.name<FollowUpKind>("kind");
        row.note = r.text("note");
        row.rule = r.text("rule");
        row.service = r.name<Service>("service");
    });
}

Result<void> read_ways(const LawFile& file, LawTables& law) {
    return read_rows(file, "way", law, law.ways, [](LawReader& r, WayRow& row) {
        row.key = r.text("key");
        row.rule = r.text("rule");
        row.office = r.text("office");
        if (r.has("days")) row.days = r.whole("days", 0, 400);
        row.working_days = r.truth("working_days");
    });
}

/// "08:00-18:00" as minutes of the day.
bool read_hours(const std::string& written, StepRow& row) {
    const auto minute = [&](std::size_t at) -> std::optional<int> {
        const auto hour = read_number<int>(std::string_view{written}.substr(at, 2));
        const auto rest = read_number<int>(std::string_view{written}.substr(at + 3, 2));
        if (!hour || !rest || *hour > 24 || *rest > 59) return std::nullopt;
        return *hour * 60 + *rest;
    };
    if (written.size() != 11 || written[2] != ':' || written[5] != '-' || written[8] != ':') {
        return false;
    }
    const auto from = minute(0), until = minute(6);
    if (!from || !until || *until <= *from) return false;
    row.from_min = *from;
    row.until_min = *until;
    return true;
}

Result<void> read_plan(const LawFile& file, LawTables& law) {
    return read_rows(file, "step", law, law.steps, [](LawReader& r, StepRow& row) {
        row.key = r.text("key");
        row.rule = r.text("rule");
        row.where = r.text("where");
        row.when = r.texts("when");
        row.any = r.texts("any");
        row.guard = r.texts("guard");
        row.needs = r.texts("needs");
        row.wish = r.text("wish", false);
        row.after = r.text("after", false);
        if (r.has("service")) row.service = r.name<Service>("service");
        if (r.has("minutes")) row.minutes = r.whole("minutes", 1, 100'000);
        if (r.has("working_days")) row.working_days = r.whole("working_days", 1, 60);
        if (r.has("hours") && !read_hours(r.text("hours"), row)) {
            r.fail("hours", "expected HH:MM-HH:MM");
        }
        for (const std::string& word : row.when) {
            if (word != "left" && word != "transported" && word != "refused" &&
                word != "to_polyclinic" && word != "never") {
                r.fail("when", "unknown word '" + word + "'");
            }
        }
    });
}

/// The days of the years that a yearly holiday falls on; those on a weekend give the next working
/// day off where the row says so.
void add_holiday(LawTables& law, const Dated& row, int month, int day, bool moves) {
    const int last = std::min(row.to_day, law.calendar_to);
    const int first_year = civil_date(std::max(row.from_day, law.calendar_from)).year;
    for (int year = first_year; year <= civil_date(last).year; ++year) {
        const int on = day_of_date({.year = year, .month = month, .day = day});
        if (!row.on(on) || on > last) continue;
        const int weekday = (on % 7 + 7 + 3) % 7;  // 1970-01-01 was a Thursday
        if (weekday < 5) law.days_off.insert(on);
        if (weekday >= 5 && moves) law.work_on.insert(on);  // for now: those that move on
    }
}

Result<void> read_calendar(const LawFile& file, LawTables& law) {
    const toml::table* known = file.table.get_as<toml::table>("calendar");
    if (known == nullptr) return Error{.message = "expected [calendar]", .where = file.name};
    LawReader bounds{*known, file.name};
    law.calendar_from = bounds.day("from");
    law.calendar_to = bounds.day("to");
    if (bounds.error()) return *bounds.error();
    bounds.unread_into(law.unread);
    if (auto done = file.rows("holiday", law, [&](LawReader& r) {
            Dated row;
            r.dated(row);
            const auto day = day_from_iso("2000-" + r.text("day"));
            if (!day) return r.fail("day", "expected MM-DD");
            const CivilDate date = civil_date(*day);
            static_cast<void>(r.text("name"));
            add_holiday(law, row, date.month, date.day, r.truth("moves"));
        });
        !done) {
        return done;
    }
    if (auto done = file.rows("day_off", law, [&](LawReader& r) {
            law.days_off.insert(r.day("day"));
            static_cast<void>(r.text("name"));
            static_cast<void>(r.text("document"));
            static_cast<void>(r.text("place"));
        });
        !done) {
        return done;
    }
    // A holiday on a weekend makes the next working day a day off.
    const std::set<int> moved = std::exchange(law.work_on, {});
    for (const int day : moved) {
        int next = day;
        while (!law.working_day(next)) ++next;
        law.days_off.insert(next);
    }
    return {};
}

/// What the tables say of each other.
Result<void> agree(const LawTables& law) {
    for (const PayerRow& row : law.payers) {
        const bool known = row.pays_as.empty() ||
                           std::any_of(law.amounts.begin(), law.amounts.end(),
                                       [&](const AmountRow& a) { return a.payer == row.pays_as; });
        if (!known) {
            return Error{.message = "payer '" + std::string{name_of(row.payer)} + "' pays as '" +
                                    row.pays_as + "', of which amounts.toml knows nothing",
                         .where = row.file, .line = row.line, .field = "pays_as"};
        }
    }
    for (const AmountRow& row : law.amounts) {
        if (!row.tenge) continue;
        const auto base = law.base(row.of, row.from_day);
        // Printed sums are rounded to a tenge.
        if (!base || std::abs(*base * row.times * row.percent / 100 - *row.tenge) >= 1) {
            return Error{.message = "the printed sum is not the share of its base",
                         .where = row.file, .line = row.line, .field = "tenge"};
        }
    }
    return {};
}

}  // namespace

void LawTablesDeleter::operator()(LawTables* tables) const { delete tables; }

Result<LawTablesPtr> load_law(const std::string& folder) {
    LawTablesPtr law{new LawTables};
    const std::pair<const char*, Result<void> (*)(const LawFile&, LawTables&)> files[] = {
        {"amounts.toml", read_amounts},     {"insurance.toml", read_insurance},
        {"packages.toml", read_packages},   {"diseases.toml", read_diseases},
        {"follow_up.toml", read_follow_up}, {"ways.toml", read_ways},
        {"plan.toml", read_plan},           {"calendar.toml", read_calendar}};
    for (const auto& [name, read] : files) {
        const auto file = open_law_file(folder, name);
        if (!file) return file.error();
        if (auto done = read(*file, *law); !done) return done.error();
    }
    if (auto done = agree(*law); !done) return done.error();
    return law;
}

}  // namespace jedel
