#pragma once
// The second look: would brigades on their way, free ones and waiting calls be better matched now?
// Proposals only; a person accepts or dismisses them. Pure: times come in as numbers.

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "dispatch/core/tasks/commands.h"
#include "dispatch/fleet/recommend.h"

namespace jedel {

/// A call that is waiting or whose only brigade is on its way.
struct RelookCall {
    IncidentId incident;
    Category category = Category::none;
    std::optional<std::size_t> now_by;  ///< place of its brigade in the list; none: it waits
};

/// A brigade that is free or on its way.
struct RelookBrigade {
    BrigadeId brigade;
    std::uint64_t version = 0;
    BrigadeKind kind = BrigadeKind::feldsher;
};

/// What is looked at. `arrival_s`: seconds from now until it is there, by calls × brigades; below
/// 0 = no way, or no time is known.
struct RelookQuestion {
    std::vector<RelookCall> calls;
    std::vector<RelookBrigade> brigades;
    std::vector<double> arrival_s;
    /// Probability that this brigade is there in time; asked for the few that are shown.
    std::function<double(std::size_t call, std::size_t brigade)> in_time;
    [[nodiscard]] double arrival(std::size_t call, std::size_t brigade) const {
        return arrival_s[call * brigades.size() + brigade];
    }
};

enum class ProposalKind : std::uint8_t {
    takeover,  ///< a nearer brigade takes over, the other is free
    turn,      ///< a brigade turns to something more urgent
    met,       ///< the same, and the call lies on its way
    swap,      ///< several change at once
    jointly,   ///< waiting calls share the free brigades better than one by one
};

/// What a proposal means for one call. Times in seconds from now; none: nobody is on the way.
struct CallChange {
    IncidentId incident;
    Category category = Category::none;
    std::optional<BrigadeId> before, after;
    std::optional<double> before_s, after_s;
    std::optional<double> before_probability, after_probability;
};

struct Proposal {
    ProposalKind kind = ProposalKind::turn;
    std::vector<BrigadeMove> moves;   ///< ascending by brigade; one command does them all
    std::vector<CallChange> calls;    ///< the one that gains most urgently first
    std::optional<double> gain_s;     ///< of that call; none: nobody was on the way to it
    std::optional<double> gain_probability;
    /// The same proposal made again: the same brigades from and to the same calls.
    [[nodiscard]] bool same_as(const Proposal& other) const;
};

/// What pays, most urgent first; no brigade and no call stands in two. `shown`: what is on the
/// screen already stays down to a share of the least gain, so that nothing flickers.
std::vector<Proposal> relook(const RelookQuestion& question, const RecommendationTable& table,
                             std::span<const Proposal> shown = {});

/// The command that a person gives by accepting it.
RerouteBrigades command_of(const Proposal& proposal);

/// A brigade that will most likely be late, before it is.
struct PredictedLate {
    IncidentId incident;
    BrigadeId brigade;
    Category category = Category::none;
    Instant due, arrival;
    double probability = 0;  ///< to be in time
};

}  // namespace jedel

template <>
struct jedel::EnumNames<jedel::ProposalKind> {
    static constexpr std::array<std::string_view, 5> names{"takeover", "turn", "met", "swap",
                                                           "jointly"};
};
