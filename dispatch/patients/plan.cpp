#include "dispatch/patients/plan.h"

#include <algorithm>

#include "dispatch/patients/calendar.h"
#include "dispatch/patients/law.h"
#include "dispatch/core/incidents/disposition.h"

namespace jedel {

namespace {

constexpr std::int64_t ms_per_minute = 60'000;
constexpr std::int64_t ms_per_day = 86'400'000;

/// Groups of dispositions that the tables name.
std::string_view group_of(Disposition disposition) { return name_of(row_of(disposition).after); }

bool listed(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool any_of(const std::vector<std::string>& wanted, const std::vector<std::string>& there) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const std::string& w) { return listed(there, w); });
}

class Planning {
public:
    Planning(const LawTables& law, const PlanQuestion& question, const Entitlement& person,
             const std::optional<RegisterRow>& row, const Organisations& organisations)
        : law_(law), q_(question), person_(person), row_(row), organisations_(organisations),
          offset_(kazakhstan_offset_minutes(question.now)), day_(day_of(question.now, offset_)),
          group_(group_of(question.disposition)) {}

    std::vector<PlanStep> run() {
        if (group_.empty()) return {};
        for (const StepRow& step : law_.steps) {
            if (step.on(day_) && listed(step.when, group_) && fires(step)) add(step);
        }
        if (group_ != "transported") diseases();
        std::stable_sort(out_.begin(), out_.end(), [](const PlanStep& a, const PlanStep& b) {
            return costs(a) < costs(b);
        });
        ways_back();
        return std::move(out_);
    }

private:
    /// 0: free; 1: by insurance or policy, or disputed; 2: not known; 3: to be paid.
    static int costs(const PlanStep& step) {
        if (!step.paid_by || *step.paid_by == PaidBy::guaranteed) return 0;
        if (*step.paid_by == PaidBy::unknown) return 2;
        return *step.paid_by == PaidBy::own_cost ? 3 : 1;
    }

    [[nodiscard]] bool fires(const StepRow& step) const {
        if (any_of(step.guard, q_.findings)) return false;
        if (step.any.empty() && step.wish.empty()) return true;
        // What can only be true of a woman is not told to a man.
        const bool man = q_.sex == Sex::male || (row_ && row_->sex == Sex::male);
        const bool of_women = step.key == "gynaecologist" || step.key == "pregnant_register";
        if (man && of_women) return false;
        const bool wished = !step.wish.empty() && listed(q_.wishes, step.wish);
        return wished || any_of(step.any, q_.findings);
    }

    void add(const StepRow& step) {
        // Outside its hours another step takes its place.
        if (step.until_min > 0 && !step.after.empty() && !within_hours(step)) {
            for (const StepRow& other : law_.steps) {
                if (other.key == step.after && other.on(day_)) put(other);
            }
            return;
        }
        put(step);
    }

    [[nodiscard]] bool within_hours(const StepRow& step) const {
        const CivilTime now = to_civil(q_.now, offset_);
        const int minute = now.hour * 60 + now.minute;
        return minute >= step.from_min && minute < step.until_min;
    }

    void put(const StepRow& step) {
        const bool there = std::any_of(out_.begin(), out_.end(),
                                       [&](const PlanStep& s) { return s.key == step.key; });
        if (there) return;
        PlanStep out{.key = step.key, .rule = step.rule, .source = step.source,
                     .where = step.where, .organisation = organisation(step.where), .paid_by = {},
                     .needs = step.needs, .by = {}, .arguments = {}};
        if (step.service) {
            out.paid_by = person_.services[static_cast<std::size_t>(*step.service)].paid_by;
        }
        if (step.minutes > 0) {
            out.by = Instant{q_.now.ms + step.minutes * ms_per_minute};
        } else if (step.working_days > 0) {
            out.by = end_of(law_.after_working_days(day_, step.working_days));
        } else if (step.until_min > 0) {
            out.by = Instant{start_of(day_).ms + step.until_min * ms_per_minute};
        }
        out_.push_back(std::move(out));
    }

    [[nodiscard]] Instant start_of(int day) const {
        return {day * ms_per_day - offset_ * ms_per_minute};
    }
    [[nodiscard]] Instant end_of(int day) const { return {start_of(day + 1).ms - 1}; }

    /// Centres and polyclinics where a disease of the tables is followed (I16).
    void diseases() {
        for (const DiseaseRow* disease : law_.diseases_on(day_)) {
            const bool known = listed(q_.diseases, disease->key) ||
                               any_of(disease->findings, q_.findings);
            if (!known || (!disease->social && !disease->dangerous)) continue;
            const bool attached = disease->place_of_care == "polyclinic";
            PlanStep step{.key = "centre", .rule = "I16", .source = disease->source,
                          .where = attached ? "attached" : disease->place_of_care,
                          .organisation = attached ? organisation("attached")
                                                   : centre(disease->place_of_care),
                          .paid_by = {}, .needs = {}, .by = {}, .arguments = {disease->key}};
            const auto paid = disease_paid_by(law_, person_, row_, disease->key, day_);
            if (paid) step.paid_by = paid->paid_by;
            out_.push_back(std::move(step));
        }
    }

    void ways_back() {
        for (const WayBack& way : person_.ways_back) {
            std::vector<std::string> arguments{way.key};
            arguments.insert(arguments.end(), way.arguments.begin(), way.arguments.end());
            out_.push_back({.key = "way_back", .rule = way.rule, .source = way.source,
                            .where = way.office, .organisation = {}, .paid_by = {}, .needs = {},
                            .by = {}, .arguments = std::move(arguments)});
        }
    }

    [[nodiscard]] std::optional<OrganisationId> organisation(std::string_view where) const {
        if (where == "attached") {
            if (person_.record.polyclinic) return person_.record.polyclinic;
            return serving();
        }
        if (where == "service_area" || where == "home") return serving();
        if (where == "nearest_emergency") return nearest(OrganisationKind::hospital, "emergency");
        return std::nullopt;
    }
    /// The polyclinic in whose service area the patient is, whatever the attachment (D5).
    [[nodiscard]] std::optional<OrganisationId> serving() const {
        if (q_.place) {
            if (const Organisation* o = organisations_.polyclinic_for(*q_.place)) return o->id;
        }
        return person_.record.polyclinic;
    }
    [[nodiscard]] std::optional<OrganisationId> centre(std::string_view profile) const {
        return nearest(OrganisationKind::dispensary, profile);
    }
    /// By straight distance: a first proposal that a person looks at.
    [[nodiscard]] std::optional<OrganisationId> nearest(OrganisationKind kind,
                                                        std::string_view profile) const {
        const Organisation* best = nullptr;
        double best_m = 0;
        for (const Organisation& o : organisations_.all) {
            const auto has = [&](const std::string& p) { return p.starts_with(profile); };
            const bool fits = std::any_of(o.profiles.begin(), o.profiles.end(), has);
            if (o.kind != kind || !fits || !q_.place) continue;
            const double metres = distance_m(*q_.place, o.place);
            if (best != nullptr && metres >= best_m) continue;
            best = &o;
            best_m = metres;
        }
        return best != nullptr ? std::optional{best->id} : std::nullopt;
    }

    const LawTables& law_;
    const PlanQuestion& q_;
    const Entitlement& person_;
    const std::optional<RegisterRow>& row_;
    const Organisations& organisations_;
    int offset_, day_;
    std::string_view group_;
    std::vector<PlanStep> out_{};
};

}  // namespace

std::vector<PlanStep> plan_follow_up(const LawTables& law, const PlanQuestion& question,
                                     const Entitlement& person,
                                     const std::optional<RegisterRow>& row,
                                     const Organisations& organisations) {
    return Planning{law, question, person, row, organisations}.run();
}

std::vector<std::string> plan_wishes(const LawTables& law) {
    std::vector<std::string> out;
    for (const StepRow& step : law.steps) {
        if (!step.wish.empty() && !listed(out, step.wish)) out.push_back(step.wish);
    }
    return out;
}

}  // namespace jedel
