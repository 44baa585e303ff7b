// The second look: exact, never against a more urgent call, nothing that flickers.

#include "dispatch/fleet/relook.h"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "dispatch/fleet/assignment.h"
#include "tests/core/room.h"

using namespace jedel;

namespace {

constexpr double no_time = -1;

/// Calls and brigades by hand: `on_way[i]` is the brigade of call i, -1 = it waits.
RelookQuestion question(std::vector<Category> calls, std::vector<int> on_way,
                        std::vector<double> times) {
    RelookQuestion q;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        RelookCall c{{i + 1}, calls[i], {}};
        if (on_way[i] >= 0) c.now_by = static_cast<std::size_t>(on_way[i]);
        q.calls.push_back(c);
    }
    for (std::size_t b = 0; b < times.size() / calls.size(); ++b) {
        q.brigades.push_back({{b + 1}, 1, BrigadeKind::feldsher});
    }
    q.arrival_s = std::move(times);
    return q;
}

const BrigadeMove* move_of(const Proposal& p, std::uint64_t brigade) {
    for (const BrigadeMove& m : p.moves) {
        if (m.brigade == BrigadeId{brigade}) return &m;
    }
    return nullptr;
}

LexCost total(const std::vector<LexCost>& cost, std::size_t columns,
              const std::vector<std::size_t>& chosen) {
    LexCost sum = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) sum += cost[i * columns + chosen[i]];
    return sum;
}

Category any_category() { return static_cast<Category>(*rc::gen::inRange(1, 5)); }

RelookQuestion any_question(std::size_t calls_max, std::size_t brigades_max) {
    const auto calls = *rc::gen::inRange<std::size_t>(1, calls_max + 1);
    const auto brigades = *rc::gen::inRange<std::size_t>(1, brigades_max + 1);
    std::vector<Category> categories;
    std::vector<int> on_way;
    std::vector<char> used(brigades, 0);
    for (std::size_t i = 0; i < calls; ++i) {
        categories.push_back(any_category());
        int by = -1;
        if (*rc::gen::inRange(0, 3) != 0) {
            const auto b = *rc::gen::inRange<std::size_t>(0, brigades);
            if (used[b] == 0) by = static_cast<int>(b);
            used[b] = 1;
        }
        on_way.push_back(by);
    }
    std::vector<double> times;
    for (std::size_t k = 0; k < calls * brigades; ++k) {
        times.push_back(*rc::gen::inRange(0, 8) == 0 ? no_time : *rc::gen::inRange(0, 3000));
    }
    return question(categories, on_way, times);
}

}  // namespace

TEST_CASE("on its way to U4 it turns to U1, which gains; the U4 waits again") {
    const auto q = question({Category::u4, Category::u1}, {0, -1}, {300, 900, 120, 800});
    const auto out = relook(q, {});
    REQUIRE(out.size() == 1);
    CHECK(out[0].kind == ProposalKind::swap);  // and the free one takes over the U4
    REQUIRE(move_of(out[0], 1));
    CHECK(move_of(out[0], 1)->from == IncidentId{1});
    CHECK(move_of(out[0], 1)->to == IncidentId{2});
    CHECK(out[0].calls[0].incident == IncidentId{2});
    const auto alone = relook(question({Category::u4, Category::u1}, {0, -1}, {300, 400}), {});
    REQUIRE(alone.size() == 1);
    CHECK(alone[0].kind == ProposalKind::turn);
    CHECK(alone[0].moves.size() == 1);
    CHECK_FALSE(alone[0].calls[1].after_s);
    const auto met = relook(question({Category::u4, Category::u1}, {0, -1}, {300, 60}), {});
    CHECK(met.at(0).kind == ProposalKind::met);
}

TEST_CASE("a nearer brigade that came free takes over where it pays, and not for less") {
    const auto with = [](double nearer_s) {
        return relook(question({Category::u2}, {0}, {600, nearer_s}), {});
    };
    const auto out = with(300);
    REQUIRE(out.size() == 1);
    CHECK(out[0].kind == ProposalKind::takeover);
    CHECK(out[0].gain_s == 300);
    CHECK_FALSE(move_of(out[0], 1)->to);
    CHECK(move_of(out[0], 2)->to == IncidentId{1});
    CHECK(with(600 - 119).empty());
    CHECK(with(600 - 121).size() == 1);
}

TEST_CASE("what is on the screen stays down to a share of the gain, then goes") {
    const auto first = relook(question({Category::u2}, {0}, {600, 470}), {});
    REQUIRE(first.size() == 1);
    const auto weaker = question({Category::u2}, {0}, {600, 530});
    CHECK(relook(weaker, {}).empty());
    CHECK(relook(weaker, {}, first).size() == 1);
    CHECK(relook(weaker, {}, first)[0].same_as(first[0]));
    CHECK(relook(question({Category::u2}, {0}, {600, 545}), {}, first).empty());
}

TEST_CASE("U1 is never left for U2, and equal is not left for equal") {
    for (const Category other : {Category::u1, Category::u2, Category::u4}) {
        const auto q = question({Category::u1, other}, {0, -1}, {900, 10});
        CHECK(relook(q, {}).empty());
    }
}

TEST_CASE("waiting calls share the free brigades better than one by one") {
    // The first takes the only one that is near the second.
    const auto q = question({Category::u2, Category::u2}, {-1, -1}, {100, 110, 120, 900});
    const auto out = relook(q, {});
    REQUIRE(!out.empty());
    std::map<BrigadeId, IncidentId> to;
    for (const Proposal& p : out) {
        for (const BrigadeMove& m : p.moves) to[m.brigade] = *m.to;
    }
    CHECK(to.at(BrigadeId{1}) == IncidentId{2});
    CHECK(to.at(BrigadeId{2}) == IncidentId{1});
    // Where one by one is best already, nothing is said.
    CHECK(relook(question({Category::u2, Category::u2}, {-1, -1}, {100, 900, 900, 100}), {})
              .empty());
}

TEST_CASE("the matching is the least of all, class by class, and never worse than greedy") {
    REQUIRE(rc::check([] {
        const auto rows = *rc::gen::inRange<std::size_t>(1, 6);
        const auto columns = *rc::gen::inRange<std::size_t>(rows, 7);
        std::vector<LexCost> cost;
        for (std::size_t i = 0; i < rows; ++i) {
            const Category c = any_category();
            for (std::size_t k = 0; k < columns; ++k) {
                cost.push_back(lex_cost(c, *rc::gen::inRange(0, 200)));
            }
        }
        const auto exact = assign_exactly(rows, columns, cost);
        std::vector<char> used(columns, 0);
        for (const std::size_t c : exact) RC_ASSERT(!std::exchange(used[c], char{1}));
        const LexCost found = total(cost, columns, exact);
        RC_ASSERT(found <= total(cost, columns, assign_greedily(rows, columns, cost)));
        std::vector<std::size_t> order(columns);
        for (std::size_t k = 0; k < columns; ++k) order[k] = k;
        LexCost least = found;
        do {
            least = std::min(least, total(cost, columns, {order.begin(), order.begin() +
                                              static_cast<std::ptrdiff_t>(rows)}));
        } while (std::next_permutation(order.begin(), order.end()));
        RC_ASSERT(found == least);
    }));
    // A second of U1 before any time of U2.
    const std::vector<LexCost> cost{lex_cost(Category::u1, 100), lex_cost(Category::u1, 101),
                                    lex_cost(Category::u2, 100), lex_cost(Category::u2, 60'000)};
    CHECK(assign_exactly(2, 2, cost) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("whatever is proposed: nobody in two places, no urgent call loses, the room takes it") {
    REQUIRE(rc::check([] {
        const RelookQuestion q = any_question(7, 9);
        const RecommendationTable table;
        const auto out = relook(q, table);
        std::map<BrigadeId, int> brigades;
        std::map<IncidentId, int> calls;
        std::map<IncidentId, Category> category;
        for (const RelookCall& c : q.calls) category[c.incident] = c.category;
        for (const Proposal& p : out) {
            RC_ASSERT(!p.moves.empty());
            Category gains = Category::none;
            for (const CallChange& c : p.calls) {
                RC_ASSERT(++calls[c.incident] == 1);
                const bool better = c.after_s && (!c.before_s || *c.after_s < *c.before_s);
                if (better && (gains == Category::none || triage::more_urgent(c.category, gains))) {
                    gains = c.category;
                }
            }
            RC_ASSERT(gains != Category::none);
            for (const CallChange& c : p.calls) {
                const bool worse = c.before && (!c.after_s || *c.after_s > c.before_s.value_or(0));
                if (worse) RC_ASSERT(triage::more_urgent(gains, c.category));
            }
            for (const BrigadeMove& m : p.moves) {
                RC_ASSERT(++brigades[m.brigade] == 1);
                RC_ASSERT(m.from != m.to);
                if (!m.from || !m.to) continue;
                // From the more urgent only where that one gets another, no later.
                if (!triage::more_urgent(category[*m.from], category[*m.to])) continue;
                const auto left = std::find_if(p.calls.begin(), p.calls.end(), [&](const auto& c) {
                    return c.incident == *m.from;
                });
                RC_ASSERT(left != p.calls.end());
                RC_ASSERT(left->after_s.has_value());
                RC_ASSERT(*left->after_s <= *left->before_s);
            }
        }
        // Once done, nothing is proposed back.
        RelookQuestion done = q;
        for (const Proposal& p : out) {
            for (const BrigadeMove& m : p.moves) {
                for (std::size_t i = 0; i < done.calls.size(); ++i) {
                    if (done.calls[i].incident == m.from) done.calls[i].now_by.reset();
                }
            }
        }
        for (const Proposal& p : out) {
            for (const BrigadeMove& m : p.moves) {
                for (std::size_t i = 0; i < done.calls.size(); ++i) {
                    if (done.calls[i].incident == m.to) done.calls[i].now_by = m.brigade.value - 1;
                }
            }
        }
        for (const Proposal& again : relook(done, table)) {
            for (const Proposal& p : out) {
                for (const BrigadeMove& m : p.moves) {
                    for (const BrigadeMove& back : again.moves) {
                        RC_ASSERT(!(m.brigade == back.brigade && m.from && back.to == m.from));
                    }
                }
            }
        }
    }));
}

TEST_CASE("the room takes every proposal as one command, and keeps what it was for") {
    REQUIRE(rc::check([] {
        const RelookQuestion q = any_question(5, 6);
        jedel::test::Room room;
        for (std::size_t b = 0; b < q.brigades.size(); ++b) room.brigade(b + 1);
        for (const RelookCall& c : q.calls) RC_ASSERT(room.call(c.category) == c.incident);
        for (const RelookCall& c : q.calls) {
            if (c.now_by) RC_ASSERT(room.assign(c.incident, *c.now_by + 1));
        }
        for (const Proposal& p : relook(q, {})) {
            RerouteBrigades command = command_of(p);
            for (BrigadeMove& m : command.moves) m.seen_version = 0;
            RC_ASSERT(room.tell(command));
            for (const BrigadeMove& m : command.moves) {
                RC_ASSERT(room.state.brigades.find(m.brigade)->incident == m.to);
                if (m.from) RC_ASSERT(room.state.open.find(*m.from) != nullptr);
            }
        }
    }));
}

TEST_CASE("a polyclinic's brigade is never proposed for more than U4") {
    for (const Category c : {Category::u1, Category::u2, Category::u3, Category::u4}) {
        auto q = question({c}, {0}, {900, 100});
        q.brigades[1].kind = BrigadeKind::polyclinic;
        CHECK(relook(q, {}).empty() == (c != Category::u4));
    }
}
