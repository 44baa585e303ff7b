// The report for programs.

#include <nlohmann/json.hpp>

#include "dispatch/exercise/report.h"

namespace jedel::exercise {
namespace {

using Json = nlohmann::ordered_json;

Json times(const TimeFigures& t, int target_min) {
    Json out{{"count", t.count}, {"mean_s", t.mean_s}, {"p50_s", t.p50_s}, {"p90_s", t.p90_s}};
    if (target_min > 0) {
        out["target_s"] = target_min * 60;
        out["late"] = t.late;
        out["late_share"] = t.late_share();
    }
    return out;
}

Json categories(const Figures& figures) {
    Json out = Json::object();
    for (std::size_t c = 0; c < figures.category.size(); ++c) {
        const CategoryFigures& f = figures.category[c];
        const int target = triage::target_minutes(static_cast<Category>(c));
        const std::string name =
            c == 0 ? "all" : std::string{name_of(static_cast<Category>(c))};
        Json one{{"calls", f.calls}, {"rules_silent", f.rules_silent}, {"queued", f.queued}};
        one["hand_over"] = times(f.hand_over, 5);
        one["arrival"] = times(f.arrival, target);
        if (c == 0) one["arrival"]["late"] = f.arrival.late;
        one["caller_wait"] = times(f.caller_wait, 0);
        one["recorded_arrival"] = times(f.recorded_arrival, target);
        one["recorded_travel"] = times(f.recorded_travel, 0);
        one["simulated_travel"] = times(f.simulated_travel, 0);
        out[name] = std::move(one);
    }
    return out;
}

Json log_part(const RecordedLog& log) {
    Json out{{"file", log.file},
             {"rows", log.rows},
             {"rows_unreadable", log.rows_lost},
             {"fields_unreadable", log.fields_lost},
             {"notes", log.notes},
             {"rows_joined", log.rows_joined},
             {"read_as", log.written.encoding}};
    out["not_medical"] = log.not_medical;
    out["codes_not_in_table"] = log.unmapped_codes;
    Json problems = Json::array();
    for (const LogProblem& p : log.problems) {
        problems.push_back({{"line", p.line},
                            {"field", p.field},
                            {"message", p.message},
                            {"call_left_out", p.row_lost},
                            {"nothing_lost", p.noted}});
    }
    out["unreadable"] = std::move(problems);
    out["unreadable_listed_max"] = RecordedLog::problems_max;
    return out;
}

Json origins(const Tally& tally) {
    Json out = Json::object();
    for (std::size_t f = 0; f < tallied_field_count; ++f) {
        Json one = Json::object();
        for (std::size_t o = 0; o < tally.origins[f].size(); ++o) {
            one[std::string{name_of(static_cast<Origin>(o))}] = tally.origins[f][o];
        }
        out[std::string{name_of(static_cast<TalliedField>(f))}] = std::move(one);
    }
    return out;
}

}  // namespace

std::string report_json(const Replay& replay, const Figures& figures) {
    const Tally& tally = replay.tally();
    Json out;
    out["mapping"] = replay.input().mapping.name;
    out["city"] = replay.input().city->name_en;
    out["seed"] = replay.options().seed;
    out["policy"] = std::string{name_of(replay.options().policy)};
    out["first"] = to_iso(tally.first);
    out["last"] = to_iso(tally.last);
    out["calls"] = tally.calls.size();
    out["closed"] = figures.closed;
    if (figures.never_served > 0) out["never_served"] = figures.never_served;
    out["commands"] = tally.commands;
    out["events"] = tally.events;
    out["state_hash"] = figures.run.state_hash;
    out["wall_s"] = figures.run.wall_s;
    out["calls_per_s"] = figures.calls_per_s;
    out["commits"] = figures.run.commits;
    out["waiting_max"] = tally.waiting_max;
    out["words_without_findings"] = tally.unread_words;
    out["log"] = log_part(replay.input().log);
    out["categories"] = categories(figures);
    Json hours = Json::array();
    for (const auto& row : figures.by_hour) {
        hours.push_back({{"u1", row[1]}, {"u2", row[2]}, {"u3", row[3]}, {"u4", row[4]}});
    }
    out["calls_by_hour"] = std::move(hours);
    Json brigades = Json::array();
    for (const BrigadeFigures& b : figures.brigades) {
        brigades.push_back({{"name", b.name},
                            {"kind", std::string{name_of(b.kind)}},
                            {"calls", b.calls},
                            {"busy_share", b.busy_share},
                            {"driving_share", b.driving_share}});
    }
    out["brigades"] = std::move(brigades);
    Json polyclinics = Json::array();
    for (const auto& [id, count] : figures.polyclinics) {
        polyclinics.push_back({{"organisation", id.value}, {"calls", count}});
    }
    out["polyclinics"] = std::move(polyclinics);
    out["returned_by_polyclinics"] = figures.polyclinic_returned;
    Json endings = Json::object();
    for (std::size_t i = 0; i < figures.dispositions.size(); ++i) {
        endings[std::string{name_of(static_cast<Disposition>(i))}] = figures.dispositions[i];
    }
    out["dispositions"] = std::move(endings);
    Json refusals = Json::array();
    for (const auto& [key, refusal] : tally.refusals) {
        refusals.push_back({{"command", key.first},
                            {"code", key.second},
                            {"count", refusal.count},
                            {"example", refusal.example},
                            {"example_line", refusal.example_line}});
    }
    out["refusals"] = std::move(refusals);
    out["origins"] = origins(tally);
    return out.dump(2) + "\n";
}

}  // namespace jedel::exercise
