// The report for people.

#include <fmt/format.h>

#include <filesystem>
#include <iterator>

#include "base/install.h"
#include "dispatch/exercise/charts.h"
#include "dispatch/exercise/report.h"

namespace jedel::exercise {
namespace {

constexpr std::size_t problems_shown = 60;

using Out = std::back_insert_iterator<std::string>;

long columns_of(std::string_view text) {
    long columns = 0;
    for (const char c : text) columns += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return columns;
}

/// Pads by letters, not bytes.
std::string padded(std::string_view text, long width) {
    std::string out{text};
    for (long i = columns_of(text); i < width; ++i) out.push_back(' ');
    return out;
}

std::string minutes(double seconds) { return fmt::format("{:.1f}", seconds / 60); }

std::string category_name(std::size_t category, const Texts& texts) {
    return category == 0 ? texts("report.all") : texts.category(category);
}

void heading(Out out, const std::string& text) {
    fmt::format_to(out, "\n{}\n", text);
    for (long i = columns_of(text); i > 0; --i) fmt::format_to(out, "-");
    fmt::format_to(out, "\n");
}

void line(Out out, const std::string& label, const std::string& value) {
    fmt::format_to(out, "{} {}\n", padded(label, 36), value);
}

void write_head(Out out, const Replay& replay, const Figures& figures, const Texts& texts) {
    const ReplayInput& input = replay.input();
    const Tally& tally = replay.tally();
    long not_medical = 0;
    for (const auto& [code, count] : input.log.not_medical) not_medical += count;
    long unmapped = 0;
    for (const auto& [code, count] : input.log.unmapped_codes) unmapped += count;
    const City& city = *input.city;
    const std::string& name = texts.language() == Language::kk   ? city.name_kk
                              : texts.language() == Language::ru ? city.name_ru
                                                                 : city.name_en;
    line(out, texts("report.log"), input.mapping.name);
    line(out, texts("report.city"), name);
    line(out, texts("report.seed"), std::to_string(replay.options().seed));
    line(out, texts("report.policy"),
         texts("report.policy." + std::string{name_of(replay.options().policy)}));
    line(out, texts("report.span"), fmt::format("{:.1f}", figures.span_days));
    line(out, texts("report.rows"), std::to_string(input.log.rows));
    line(out, texts("report.calls"), std::to_string(tally.calls.size()));
    line(out, texts("report.closed"), std::to_string(figures.closed));
    line(out, texts("report.not_medical"), std::to_string(not_medical));
    line(out, texts("report.rows_lost"), std::to_string(input.log.rows_lost));
    line(out, texts("report.fields_lost"), std::to_string(input.log.fields_lost));
    line(out, texts("report.unmapped"), std::to_string(unmapped));
    line(out, texts("report.rules_silent"), std::to_string(figures.category[0].rules_silent));
    line(out, texts("report.commands"), std::to_string(tally.commands));
    line(out, texts("report.events"), std::to_string(tally.events));
    if (figures.run.wall_s > 0) {
        line(out, texts("report.speed"), fmt::format("{:.0f}", figures.calls_per_s));
    }
    if (!figures.run.state_hash.empty()) {
        line(out, texts("report.state_hash"), figures.run.state_hash);
    }
}

void write_times(Out out, const std::string& title, const TimeFigures& t, int target_min,
                 const Texts& texts) {
    if (t.count == 0) return;
    fmt::format_to(out, "    {} {} {:>6}   {} {:>5}   p50 {:>5}   p90 {:>5}", padded(title, 34),
                   texts("report.count"), t.count, texts("report.mean"), minutes(t.mean_s),
                   minutes(t.p50_s), minutes(t.p90_s));
    if (target_min > 0) {
        fmt::format_to(out, "   {} {} {}   {} {:.1f} %", texts("report.target"), target_min,
                       texts("report.minutes"), texts("report.late"), t.late_share() * 100);
    }
    fmt::format_to(out, "\n");
}

void write_categories(Out out, const Figures& figures, const Texts& texts) {
    heading(out, texts("report.by_category") + ", " + texts("report.minutes"));
    for (std::size_t c = 0; c < figures.category.size(); ++c) {
        const CategoryFigures& f = figures.category[c];
        if (f.calls == 0) continue;
        fmt::format_to(out, "  {}: {}   {}: {}   {}: {}\n", category_name(c, texts), f.calls,
                       texts("report.rules_silent"), f.rules_silent, texts("report.queued"),
                       f.queued);
        const int target = triage::target_minutes(static_cast<Category>(c));
        write_times(out, texts("report.hand_over"), f.hand_over, 5, texts);
        write_times(out, texts("report.arrival"), f.arrival, target, texts);
        write_times(out, texts("report.recorded_arrival"), f.recorded_arrival, target, texts);
        write_times(out, texts("report.caller_wait"), f.caller_wait, 0, texts);
    }
    const CategoryFigures& all = figures.category[0];
    if (all.recorded_travel.count > 0) {
        heading(out, texts("report.compare") + ", " + texts("report.minutes"));
        write_times(out, texts("report.recorded"), all.recorded_travel, 0, texts);
        write_times(out, texts("report.simulated"), all.simulated_travel, 0, texts);
    }
}

void write_hours(Out out, const Figures& figures, const Texts& texts) {
    heading(out, texts("report.by_hour") + ", " + texts("report.categories"));
    fmt::format_to(out, "  {}      1      2      3      4\n", padded(texts("report.hour"), 6));
    for (std::size_t h = 0; h < figures.by_hour.size(); ++h) {
        const auto& row = figures.by_hour[h];
        fmt::format_to(out, "  {:02}     {:>6} {:>6} {:>6} {:>6}\n", h, row[1], row[2], row[3],
                       row[4]);
    }
}

void write_brigades(Out out, const Replay& replay, const Figures& figures, const Texts& texts) {
    heading(out, texts("report.brigades"));
    for (const BrigadeFigures& b : figures.brigades) {
        fmt::format_to(out, "  {} {} {} {:>6}   {} {:>5.1f} %   {} {:>5.1f} %\n",
                       padded(b.name, 8),
                       padded(texts("report.kind." + std::string{name_of(b.kind)}), 20),
                       texts("report.calls"), b.calls, texts("report.busy"), b.busy_share * 100,
                       texts("report.driving"), b.driving_share * 100);
    }
    heading(out, texts("report.polyclinics"));
    for (const auto& [id, count] : figures.polyclinics) {
        const Organisation* o = replay.input().city->organisations.find(id);
        const std::string name = o == nullptr                        ? std::to_string(id.value)
                                 : texts.language() == Language::kk ? o->name_kk
                                 : texts.language() == Language::ru ? o->name_ru
                                                                    : o->name_en;
        fmt::format_to(out, "  {} {:>6}\n", padded(name, 44), count);
    }
    fmt::format_to(out, "  {} {:>6}\n", padded(texts("report.polyclinic_returned"), 44),
                   figures.polyclinic_returned);
}

void write_endings(Out out, const Replay& replay, const Figures& figures, const Texts& texts) {
    heading(out, texts("report.dispositions"));
    for (std::size_t i = 0; i < figures.dispositions.size(); ++i) {
        if (figures.dispositions[i] == 0) continue;
        const std::string name{name_of(static_cast<Disposition>(i))};
        fmt::format_to(out, "  {} {:>6}\n", padded(texts("report.disposition." + name), 34),
                       figures.dispositions[i]);
    }
    heading(out, texts("report.refusals"));
    if (replay.tally().refusals.empty()) fmt::format_to(out, "  {}\n", texts("report.nothing"));
    for (const auto& [key, refusal] : replay.tally().refusals) {
        fmt::format_to(out, "  {} {}: {}   ({} {}: {})\n", key.first, key.second, refusal.count,
                       texts("report.line"), refusal.example_line, refusal.example);
    }
}

void write_origins(Out out, const Replay& replay, const Texts& texts) {
    heading(out, texts("report.origins"));
    const auto& origins = replay.tally().origins;
    for (std::size_t f = 0; f < tallied_field_count; ++f) {
        const std::string field{name_of(static_cast<TalliedField>(f))};
        fmt::format_to(out, "  {}", padded(texts("report.field." + field), 38));
        for (std::size_t o = 0; o < origins[f].size(); ++o) {
            if (origins[f][o] == 0) continue;
            fmt::format_to(out, " {} {};",
                           texts("report.origin." + std::string{name_of(static_cast<Origin>(o))}),
                           origins[f][o]);
        }
        fmt::format_to(out, "\n");
    }
}

void write_problems(Out out, const Replay& replay, const Texts& texts) {
    const RecordedLog& log = replay.input().log;
    heading(out, texts("report.problems"));
    if (log.problems.empty()) fmt::format_to(out, "  {}\n", texts("report.nothing"));
    std::size_t shown = 0;
    for (const LogProblem& p : log.problems) {
        if (++shown > problems_shown) break;
        fmt::format_to(out, "  {} {}, {}: {}{}\n", texts("report.line"), p.line,
                       p.field.empty() ? "-" : p.field, p.message,
                       p.row_lost ? " (" + texts("report.row_lost") + ")" : "");
    }
    const long all = log.rows_lost + log.fields_lost + log.notes;
    const long rest = all - static_cast<long>(problems_shown);
    if (rest > 0) {
        fmt::format_to(out, "  {} {} (report.json)\n", texts("report.more"), rest);
    }
}

}  // namespace

std::string report_summary(const Replay& replay, const Figures& figures, const Texts& texts) {
    std::string text;
    const Out out{text};
    write_head(out, replay, figures, texts);
    write_categories(out, figures, texts);
    return text;
}

std::string report_text(const Replay& replay, const Figures& figures, const Texts& texts) {
    std::string text;
    const Out out{text};
    fmt::format_to(out, "{}\n", texts("report.title"));
    for (long i = columns_of(texts("report.title")); i > 0; --i) text.push_back('=');
    text.push_back('\n');
    write_head(out, replay, figures, texts);
    write_categories(out, figures, texts);
    write_hours(out, figures, texts);
    write_brigades(out, replay, figures, texts);
    write_endings(out, replay, figures, texts);
    write_origins(out, replay, texts);
    write_problems(out, replay, texts);
    return text;
}

Result<void> write_report(const Replay& replay, const Figures& figures, const Texts& texts,
                          const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return Error{.message = "the report's folder cannot be made: " + error.message(),
                     .where = folder};
    }
    if (auto done = write_file(folder + "/report.txt", report_text(replay, figures, texts));
        !done) {
        return done;
    }
    if (auto done = write_file(folder + "/report.json", report_json(replay, figures)); !done) {
        return done;
    }
    const Tally& tally = replay.tally();
    if (auto done = chart_calls_by_hour(figures, texts, folder + "/calls-by-hour.png"); !done) {
        return done;
    }
    if (auto done = chart_arrival(tally, figures, texts, folder + "/arrival.png"); !done) {
        return done;
    }
    if (auto done = chart_hand_over(tally, figures, texts, folder + "/hand-over.png"); !done) {
        return done;
    }
    return chart_brigades(figures, texts, folder + "/brigades.png");
}

}  // namespace jedel::exercise
