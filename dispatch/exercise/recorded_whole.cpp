// What is asked of all calls of a log together: strays in time, repeated ids, places; and how it
// is told.
#include <algorithm>
#include <unordered_map>

#include "base/limits.h"
#include "dispatch/exercise/log_reader.h"

namespace jedel::exercise {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

std::string days_text(std::int64_t ms) { return std::to_string(ms / day_ms) + " days"; }

/// Calls [first, last) without a gap among them.
struct Cluster {
    std::size_t first = 0, last = 0;
    [[nodiscard]] std::size_t size() const { return last - first; }
};

std::vector<Cluster> clusters_of(const std::vector<RecordedCall>& calls, std::int64_t gap_ms) {
    std::vector<Cluster> out;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const bool far = i > 0 && calls[i].begins().ms - calls[i - 1].begins().ms > gap_ms;
        if (i == 0 || far) out.push_back({i, i});
        out.back().last = i + 1;
    }
    return out;
}

/// The row whose brigade the replay follows: who took the patient, else who came first.
bool leads(const RecordedCall& a, const RecordedCall& b) {
    const auto took = [](const RecordedCall& c) {
        return c.transported.known() && c.transported.value;
    };
    if (took(a) != took(b)) return took(a);
    if (a.first_arrival_ms.known() != b.first_arrival_ms.known()) return a.first_arrival_ms.known();
    if (!a.first_arrival_ms.known() || !a.handed_over.known() || !b.handed_over.known()) {
        return false;
    }
    return a.handed_over.value.ms + a.first_arrival_ms.value <
           b.handed_over.value.ms + b.first_arrival_ms.value;
}

template <class T>
void fill(Field<T>& field, const Field<T>& other) {
    if (!field.known()) field = other;
}

template <class T>
void earlier(Field<T>& field, const Field<T>& other) {
    if (other.known() && (!field.known() || other.value < field.value)) field = other;
}

std::optional<Instant> arrival(const RecordedCall& c) {
    if (!c.handed_over.known() || !c.first_arrival_ms.known()) return std::nullopt;
    return Instant{c.handed_over.value.ms + c.first_arrival_ms.value};
}

/// A further row of the same call into it.
void join(RecordedCall& call, RecordedCall row) {
    auto first = arrival(call);
    if (const auto other = arrival(row); other && (!first || *other < *first)) first = other;
    const int units = std::max(1, call.units) + std::max(1, row.units);
    if (leads(row, call)) std::swap(call, row);
    earlier(call.received, row.received);
    earlier(call.handed_over, row.handed_over);
    fill(call.place, row.place);
    fill(call.address, row.address);
    fill(call.words, row.words);
    fill(call.phone, row.phone);
    fill(call.age_years, row.age_years);
    fill(call.sex, row.sex);
    fill(call.pregnancy_weeks, row.pregnancy_weeks);
    fill(call.patient_count, row.patient_count);
    fill(call.disposition, row.disposition);
    if (call.rule < 0 && row.rule >= 0) {
        call.rule = row.rule;
        call.code = row.code;
    }
    call.line = std::min(call.line, row.line);
    call.units = units;
    if (first && call.handed_over.known()) {
        call.first_arrival_ms.set(first->ms - call.handed_over.value.ms, Origin::recorded);
    }
}

bool within(LatLon p, LatLon low, LatLon high) {
    return p.lat >= low.lat && p.lat <= high.lat && p.lon >= low.lon && p.lon <= high.lon;
}

}  // namespace

void list_problem(RecordedLog& log, LogProblem problem) {
    (problem.row_lost ? log.rows_lost : problem.noted ? log.notes : log.fields_lost) += 1;
    if (log.problems.size() < RecordedLog::problems_max) log.problems.push_back(std::move(problem));
}

Result<void> leave_out_strays(RecordedLog& log, const Mapping& mapping) {
    const std::int64_t gap_ms = mapping.gap_days_max * day_ms;
    const auto clusters = clusters_of(log.calls, gap_ms);
    if (clusters.size() < 2) return {};
    const auto main = std::max_element(
        clusters.begin(), clusters.end(),
        [](const Cluster& a, const Cluster& b) { return a.size() < b.size(); });
    const std::size_t strays = log.calls.size() - main->size();
    const bool few = strays * 10 <= log.calls.size() || (strays == 1 && main->size() > 1);
    if (!few) {
        const RecordedCall& before = log.calls[clusters[0].last - 1];
        const RecordedCall& after = log.calls[clusters[1].first];
        return Error{.message = "lies " + days_text(after.begins().ms - before.begins().ms) +
                                " after the call of line " + std::to_string(before.line) +
                                "; expected no gap over " + std::to_string(mapping.gap_days_max) +
                                " days (time.gap_days_max of the mapping)",
                     .where = log.file, .line = after.line, .field = "received"};
    }
    std::vector<RecordedCall> kept;
    for (const Cluster& cluster : clusters) {
        for (std::size_t i = cluster.first; i < cluster.last; ++i) {
            RecordedCall& call = log.calls[i];
            if (cluster.first == main->first) {
                kept.push_back(std::move(call));
                continue;
            }
            list_problem(log, {call.line, "received",
                               "expected a time within " + std::to_string(mapping.gap_days_max) +
                                   " days of the other calls, found " +
                                   to_iso(call.begins()).substr(0, 10),
                               true, false});
        }
    }
    log.calls = std::move(kept);
    return {};
}

void settle_ids(RecordedLog& log, const Mapping& mapping, const std::string& id_column) {
    const auto most = static_cast<std::int64_t>(mapping.interval_hours_max * 3'600'000);
    std::unordered_map<std::string, std::size_t> first;
    std::vector<RecordedCall> kept;
    kept.reserve(log.calls.size());
    for (RecordedCall& call : log.calls) {
        const auto found = call.id.empty() ? first.end() : first.find(call.id);
        if (found == first.end()) {
            if (!call.id.empty()) first[call.id] = kept.size();
            kept.push_back(std::move(call));
            continue;
        }
        RecordedCall& known = kept[found->second];
        const std::int64_t apart = call.begins().ms - known.begins().ms;
        if (mapping.same_id == SameId::join && apart <= most) {
            join(known, std::move(call));
            ++log.rows_joined;
            continue;
        }
        list_problem(log, {call.line, id_column,
                           "'" + tables::shortened(call.id) + "' stands in line " +
                               std::to_string(known.line) +
                               " too; taken as another call (file.same_id of the mapping)",
                           false, true});
        if (mapping.same_id == SameId::join) found->second = kept.size();
        kept.push_back(std::move(call));
    }
    log.calls = std::move(kept);
    std::stable_sort(log.calls.begin(), log.calls.end(),
                     [](const RecordedCall& a, const RecordedCall& b) {
                         return a.begins() < b.begins();
                     });
}

void check_places(RecordedLog& log, const Mapping& mapping, LatLon low, LatLon high) {
    const bool scaled = mapping.outside == Outside::scale && mapping.box;
    const ColumnRef& lat = mapping.columns[static_cast<std::size_t>(Column::lat)];
    const std::string column = lat.header.empty() ? std::to_string(lat.number) : lat.header;
    const LatLon south_west = scaled ? LatLon{(*mapping.box)[0], (*mapping.box)[1]} : low;
    const LatLon north_east = scaled ? LatLon{(*mapping.box)[2], (*mapping.box)[3]} : high;
    for (RecordedCall& call : log.calls) {
        if (!call.place.known()) continue;
        const LatLon at = call.place.value;
        if (within(at, south_west, north_east) || within(at, low, high)) continue;
        const bool swapped = within({at.lon, at.lat}, south_west, north_east);
        // A scaled log may have places beyond its box: they go to the edge, as it says.
        if (!swapped && mapping.outside != Outside::draw) continue;
        list_problem(log, {call.line, column,
                           swapped ? "outside the city: latitude and longitude look swapped"
                                   : "outside the city; the place is drawn",
                           false, false});
        if (swapped) {
            // The address is of this city: only the numbers are wrong.
            call.place = {};
        }
    }
}

std::vector<std::string> problem_lines(const RecordedLog& log) {
    std::vector<std::string> out;
    for (const LogProblem& p : log.problems) {
        if (out.size() == limits::named_max) break;
        const Error error{.message = p.message + (p.row_lost ? "; the row is left out" : ""),
                          .where = log.file, .line = p.line, .field = p.field};
        out.push_back(error.text());
    }
    const long all = log.rows_lost + log.fields_lost + log.notes;
    const long more = all - static_cast<long>(out.size());
    if (more > 0) {
        out.push_back(log.file + ": " + std::to_string(more) + " more of " + std::to_string(all) +
                      "; report.json of --report lists them");
    }
    return out;
}

std::string how_written(const RecordedLog& log) {
    const tables::CsvFound& w = log.written;
    std::string out;
    const auto add = [&](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
    if (w.guessed) add("read as " + w.encoding + ", by its words");
    else if (!w.encoding.empty() && w.encoding != "utf-8") add("read as " + w.encoding);
    if (w.delimiter == '\t') add("fields parted by tabs");
    else if (w.delimiter != ',') add("fields parted by '" + std::string{w.delimiter} + "'");
    if (w.carriage_returns) add("lines that end with CR");
    if (w.first_line > (w.separator_line ? 2 : 1)) {
        add("the header in line " + std::to_string(w.first_line));
    }
    return out;
}

}  // namespace jedel::exercise
