// London, October 1992: statuses of crews come lost, doubled, late or by the wrong button for a
// whole shift. Every word is taken, known as said twice, or on the exception list; whatever was
// lost shows as silence; a person who works the list down brings every call to its end.

#include <catch2/catch.hpp>

#include <iostream>
#include <map>
#include <random>

#include "base/install.h"
#include "dispatch/fleet/watch.h"
#include "tests/core/room.h"

using namespace jedel;
using namespace jedel::test;

namespace {

constexpr std::array course{BrigadeStatus::accepted, BrigadeStatus::departed,
                            BrigadeStatus::on_scene, BrigadeStatus::transporting,
                            BrigadeStatus::at_hospital, BrigadeStatus::handed_over,
                            BrigadeStatus::returning};
constexpr int step_s = 30;

struct Counts {
    int said = 0, lost = 0, doubled = 0, wrong = 0, late = 0;  // what the channel did
    int taken = 0, listed = 0, twice = 0, other = 0;           // what the room did
    int asked = 0;                                             // rows a person worked down
};

/// A shift of eight hours with a channel that fails in so many of a hundred words, for each fault.
class Shift {
public:
    Shift(int faults, unsigned seed) : faults_(faults), random_(seed) {
        const std::string file = std::string{JEDEL_SOURCE_DIR} + "/data/law/watch.toml";
        table_ = parse_watch(read_file(file).value(), file).value();
        for (std::uint64_t b = 1; b <= brigades; ++b) room.brigade(b);
    }

    void run() {
        for (int s = 0; s < 8 * 3600; s += step_s) tick(s % 300 == 0);
        for (int s = 0; s < 6 * 3600 && room.state.open.size() > 0; s += step_s) {
            room.wait(step_s);
            work(s % 300 == 0);
        }
    }

    Room room;
    Counts counts;

private:
    static constexpr std::uint64_t brigades = 20;
    struct Crew {
        std::size_t done = course.size();  ///< steps of the course that are true; all: free
        IncidentId on;
    };

    bool falls() { return static_cast<int>(random_() % 100) < faults_; }

    void tick(bool look) {
        room.wait(step_s);
        if (random_() % 10 < 3) room.call(Category::u2);
        for (const auto& incident : room.state.open.rows()) {
            const bool waits = incident->tasks.empty() ||
                               (incident->first_brigade_at_work() == nullptr &&
                                !incident->tasks.back().served());
            if (waits) send(incident->id);
        }
        work(look);
    }

    void work(bool look) {
        for (std::uint64_t b = 1; b <= brigades; ++b) {
            if (crews_[b].done < course.size() && random_() % 8 == 0) go_on(b);
        }
        std::vector<ReportStatus> due;
        due.swap(late_);
        for (const ReportStatus& word : due) hear(word);
        if (look) look_at_list();
        check();
        close_served();
    }

    void send(IncidentId id) {
        for (std::uint64_t b = 1; b <= brigades; ++b) {
            // The room sends who it thinks is free; a crew whose last words were lost may not be.
            if (!is_free(*room.state.brigades.find({b}))) continue;
            if (!room.assign(id, b)) continue;
            crews_[b] = {0, id};
            return;
        }
    }

    void go_on(std::uint64_t b) {
        Crew& crew = crews_[b];
        ReportStatus word{.brigade = {b}, .status = course[crew.done++],
                          .source = Source::brigade, .at = room.now};
        ++counts.said;
        if (falls()) {
            ++counts.lost;
            return;
        }
        if (falls()) {
            ++counts.wrong;
            word.status = course[random_() % course.size()];
        }
        if (falls()) {
            ++counts.late;
            late_.push_back(word);
            return;
        }
        hear(word);
        if (falls()) {
            ++counts.doubled;
            hear(word);
        }
    }

    void hear(const ReportStatus& word) {
        const std::size_t before = room.log.size();
        if (!room.tell(word)) {
            ++(room.refusal.code == RefusalCode::nothing_changed ? counts.twice : counts.other);
            return;
        }
        const bool unfit = std::holds_alternative<StatusUnfit>(room.log[before].event);
        ++(unfit ? counts.listed : counts.taken);
    }

    /// A person asks the crew of each row and enters what is true.
    void look_at_list() {
        for (const Watched& row : watch(room.state, table_, room.now)) {
            if (row.trouble && room.tell(SettleTrouble{*row.trouble, "asked"})) ++counts.asked;
            if (row.brigade && room.state.brigades.find(*row.brigade)) set_right(*row.brigade);
        }
    }

    void set_right(BrigadeId id) {
        const Brigade& brigade = *room.state.brigades.find(id);
        const Crew& crew = crews_[id.value];
        if (!brigade.task) return;
        ++counts.asked;
        if (crew.done == 0 || crew.on != *brigade.incident) return;
        const BrigadeStatus truth = course[crew.done - 1];
        if (brigade.status == truth) return;
        if (room.tell(ReportStatus{.brigade = id, .status = truth})) return;
        // The room had it further than it is: it is taken off and sent again.
        if (room.tell(ReleaseBrigade{*brigade.incident, id, ReleaseReason::other})) {
            crews_[id.value].done = course.size();
        }
    }

    void close_served() {
        std::vector<IncidentId> served;
        for (const auto& i : room.state.open.rows()) {
            if (!i->tasks.empty() && i->tasks.back().served()) served.push_back(i->id);
        }
        for (const IncidentId id : served) {
            room.tell(RecordDisposition{id, Disposition::served, {}, {}});
            room.tell(CloseIncident{id});
        }
    }

    /// One task a brigade, at every moment.
    void check() {
        std::map<BrigadeId, int> active;
        for (const auto& i : room.state.open.rows()) {
            for (const Task& t : i->tasks) {
                if (t.of_brigade() && t.active()) ++active[*t.brigade];
            }
        }
        for (const auto& [brigade, count] : active) REQUIRE(count == 1);
        REQUIRE(room.state.troubles.size() <= State::troubles_max);
    }

    int faults_;
    std::mt19937 random_;
    WatchTable table_;
    std::map<std::uint64_t, Crew> crews_;
    std::vector<ReportStatus> late_;
};

}  // namespace

TEST_CASE("a shift with statuses lost, doubled, late and wrong ends with no call forgotten") {
    for (const int faults : {0, 10, 30}) {
        for (const unsigned seed : {1U, 2U, 3U}) {
            Shift shift{faults, seed};
            shift.run();
            const Counts& c = shift.counts;
            INFO("faults " << faults << " %, seed " << seed);
            std::cout << faults << " % of each fault, seed " << seed << ": said " << c.said
                      << ", lost " << c.lost << ", doubled " << c.doubled << ", wrong " << c.wrong
                      << ", late " << c.late << "; taken " << c.taken << ", on the list "
                      << c.listed << ", said twice " << c.twice << "; worked down " << c.asked
                      << "; calls " << shift.room.state.closed_total << ", left open "
                      << shift.room.state.open.size() << "\n";
            // No word but those the channel lost goes without a trace.
            CHECK(c.other == 0);
            CHECK(c.taken + c.listed + c.twice == c.said - c.lost + c.doubled);
            CHECK(shift.room.state.open.size() == 0);
            CHECK(shift.room.state.troubles_over == 0);
            CHECK(shift.room.state.closed_total > 100);
            if (faults == 0) CHECK(c.listed == 0);
        }
    }
}
