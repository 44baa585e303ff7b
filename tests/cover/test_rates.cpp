#include <catch2/catch.hpp>

#include "dispatch/cover/rates.h"

using namespace jedel;
using namespace jedel::cover;

namespace {

const Instant nine = from_iso("2026-03-02T04:00:00Z").value();  // Monday 09:00 at +05:00

Instant after(int minutes) { return nine + std::chrono::minutes{minutes}; }

Task task(int sent, int left, int ended, bool served = true) {
    Task t;
    t.brigade = BrigadeId{1};
    const auto mark = [&](TaskStep step, int minute) {
        TaskMark m;
        m.step = step;
        m.at = m.entered_at = after(minute);
        t.history.push_back(m);
    };
    mark(TaskStep::sent, sent);
    if (left >= 0) mark(TaskStep::under_way, left);
    if (ended >= 0) mark(served ? TaskStep::done : TaskStep::returned, ended);
    return t;
}

Incident incident(std::uint64_t id, int minute, Category category) {
    Incident i;
    i.id = {id};
    i.received_at = after(minute);
    i.category = category;
    i.lat = 43.2;
    i.lon = 76.9;
    return i;
}

CoverTable shipped() {
    CoverTable table;
    table.least_days = 2;
    table.least_tasks = 2;
    return table;
}

}  // namespace

TEST_CASE("work is counted in the hours in which it was done") {
    RateTally tally;
    Incident one = incident(1, 30, Category::u1);
    one.tasks.push_back(task(40, 42, 130));  // 09:40 – 11:10
    tally.add(one);
    tally.add(one);  // the same again counts once
    Incident merged = incident(2, 31, Category::u1);
    merged.merged_into = IncidentId{1};
    tally.add(merged);
    tally.on_shift(after(0), after(180));
    const RoomRates rates = tally.rates();
    CHECK(rates.hours[9].calls[1] == 1);
    CHECK(rates.hours[9].sent == 1);
    CHECK(rates.hours[9].busy_h == Approx(20.0 / 60));
    CHECK(rates.hours[10].busy_h == Approx(1));
    CHECK(rates.hours[11].busy_h == Approx(10.0 / 60));
    CHECK(rates.hours[12].busy_h == 0);
    CHECK(rates.hours[11].duty_h == Approx(1));
    CHECK(rates.service_s == std::vector<double>{90 * 60});
    CHECK(rates.turnout_s == std::vector<double>{120});
}

TEST_CASE("a task that was given back is work, but no service time; one without end is neither") {
    RateTally tally;
    Incident one = incident(1, 0, Category::u3);
    one.tasks.push_back(task(0, 5, 15, false));
    one.tasks.push_back(task(20, 25, -1));
    one.tasks.push_back(task(20, 25, 20 + 26 * 60));  // longer than a day: nobody ended it
    tally.add(one);
    const RoomRates rates = tally.rates();
    CHECK(rates.service_s.empty());
    CHECK(rates.hours[9].busy_h == Approx(0.25));
}

TEST_CASE("too little data is said, and the dated row stands in") {
    RateTally tally;
    Incident one = incident(1, 0, Category::u1);
    one.tasks.push_back(task(0, 1, 30));
    tally.add(one);
    tally.observed(after(0), after(24 * 60));
    tally.on_shift(after(0), after(24 * 60));
    const CoverTable table = shipped();
    RoomFigures figures = figures_of(tally.rates(), table, 100'000);
    CHECK_FALSE(figures.hours[9].u1.from_room);
    CHECK(figures.hours[9].u1.observed == Approx(1));
    CHECK(figures.hours[9].u1.needed == 2);
    CHECK(figures.hours[9].u1.value == Approx(100 * 1.8 / 24 * 0.05));
    CHECK(figures.hours[9].busy.value == table.prior_busy);
    CHECK_FALSE(figures.service_s.from_room);
    CHECK(figures.service_s.value == 55 * 60);
    // A second day and a second task: now the room's own.
    Incident two = incident(2, 24 * 60, Category::u1);
    two.tasks.push_back(task(24 * 60, 24 * 60 + 3, 24 * 60 + 60));
    tally.add(two);
    tally.observed(after(0), after(48 * 60));
    tally.on_shift(after(24 * 60), after(48 * 60));
    figures = figures_of(tally.rates(), table, 100'000);
    CHECK(figures.hours[9].u1.from_room);
    CHECK(figures.hours[9].u1.value == Approx(1));
    CHECK(figures.hours[9].busy.value == Approx(1.5 / 2));
    CHECK(figures.service_s.value == Approx(45 * 60));
    CHECK(figures.turnout_s.value == 180);
    // Nobody knows who was on shift: no busy fraction of the room's.
    RateTally no_shift;
    no_shift.add(one);
    no_shift.observed(after(0), after(72 * 60));
    CHECK_FALSE(figures_of(no_shift.rates(), table, 1).hours[9].busy.from_room);
}

TEST_CASE("stretches of one room's time add up") {
    RateTally a, b;
    Incident one = incident(1, 0, Category::u1);
    one.tasks.push_back(task(0, 1, 30));
    a.add(one);
    a.observed(after(0), after(60));
    Incident two = incident(1, 24 * 60, Category::u2);  // another journal: numbers begin anew
    two.lat.reset();
    b.add(two);
    b.observed(after(24 * 60), after(25 * 60));
    RoomRates sum;
    add_rates(sum, a.rates());
    add_rates(sum, b.rates());
    CHECK(sum.hours[9].days == Approx(2));
    CHECK(sum.hours[9].calls[1] == 1);
    CHECK(sum.hours[9].calls[2] == 1);
    CHECK(sum.placed.size() == 1);
    CHECK(sum.no_place == 1);
    CHECK(sum.first == after(0));
    CHECK(sum.last == after(25 * 60));
}
