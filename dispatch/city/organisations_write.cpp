// Organisations → organisations.toml, laid out for people who edit it.

#include <fmt/format.h>

#include "dispatch/city/hours_text.h"
#include "dispatch/city/organisations.h"
#include "dispatch/city/toml_writer.h"

namespace jedel {
namespace {

std::string clock(int minutes) {
    return fmt::format("\"{:02}:{:02}\"", minutes / 60, minutes % 60);
}

std::string days(const Hours& h) {
    const auto first = weekday_names[static_cast<std::size_t>(h.first_weekday)];
    const auto last = weekday_names[static_cast<std::size_t>(h.last_weekday)];
    return first == last ? fmt::format("\"{}\"", first) : fmt::format("\"{}-{}\"", first, last);
}

void write_one(std::string& out, const Organisation& o) {
    out += fmt::format("\n[[organisation]]\nid = {}\nkind = \"{}\"\n", o.id.value, name_of(o.kind));
    if (!o.name_kk.empty()) out += "name_kk = " + toml_text(o.name_kk) + "\n";
    if (!o.name_ru.empty()) out += "name_ru = " + toml_text(o.name_ru) + "\n";
    if (!o.name_en.empty()) out += "name_en = " + toml_text(o.name_en) + "\n";
    out += fmt::format("lat = {:.7f}\nlon = {:.7f}\n", o.place.lat, o.place.lon);
    if (o.residents > 0) out += fmt::format("residents = {}\n", o.residents);
    if (o.mobile_brigades > 0) out += fmt::format("mobile_brigades = {}\n", o.mobile_brigades);
    if (o.passes_u4_to) out += fmt::format("passes_u4_to = {}\n", o.passes_u4_to->value);
    if (!o.licence.empty()) out += "licence = " + toml_text(o.licence) + "\n";
    if (o.licence_until_day) {
        const Instant day{std::int64_t{*o.licence_until_day} * 86'400'000};
        out += fmt::format("licence_until = \"{}\"\n", to_iso(day).substr(0, 10));
    }
    if (!o.hours.empty()) {
        out += "hours = [\n";
        for (const Hours& h : o.hours) {
            out += fmt::format("  {{ days = {}, from = {}, to = {} }},\n", days(h),
                               clock(h.from_min), clock(h.to_min));
        }
        out += "]\n";
    }
    if (!o.profiles.empty()) {
        out += "profiles = [";
        for (std::size_t i = 0; i < o.profiles.size(); ++i) {
            out += (i > 0 ? ", " : "") + toml_text(o.profiles[i]);
        }
        out += "]\n";
    }
    if (!o.service_area.empty()) {
        out += "service_area = [\n";
        for (const LatLon p : o.service_area) {
            out += fmt::format("  [{:.7f}, {:.7f}],\n", p.lat, p.lon);
        }
        out += "]\n";
    }
    if (o.proposed) out += "proposed = true\n";
}

}  // namespace

std::string write_organisations(const Organisations& organisations, std::string_view comment) {
    std::string out;
    for (std::size_t at = 0; at < comment.size();) {
        const auto end = std::min(comment.find('\n', at), comment.size());
        out += fmt::format("# {}\n", comment.substr(at, end - at));
        at = end + 1;
    }
    for (const Organisation& o : organisations.all) write_one(out, o);
    for (const RosterBrigade& b : organisations.roster) {
        out += fmt::format(
            "\n[[brigade]]\nid = {}\nname = {}\nkind = \"{}\"\nbase = {}\nshift_start = {}\n"
            "shift_hours = {}\n{}",
            b.id.value, toml_text(b.name), name_of(b.kind), b.base.value, clock(b.shift_start_min),
            b.shift_hours, b.proposed ? "proposed = true\n" : "");
    }
    return out;
}

}  // namespace jedel
