#include "dispatch/city/day.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "dispatch/city/day_complaints.h"
#include "dispatch/city/day_places.h"

namespace jedel {
namespace {

using generator::Random;


/// Share of calls by hour: quiet before dawn, a rise from eight, the peak in the evening.
constexpr std::array<double, 24> by_hour{3.6, 2.8, 2.2, 1.8, 1.6, 1.7, 2.3, 3.2,
                                         4.4, 5.1, 5.3, 5.1, 4.7, 4.5, 4.3, 4.3,
                                         4.5, 4.9, 5.5, 6.0, 6.3, 6.2, 5.6, 4.7};

/// National load, ten months of 2025 (practice: Category 4): U1 … U4.
constexpr std::array<double, 4> by_category{0.05, 0.32, 0.29, 0.34};

/// Numbers that no living person can hold (practice: IIN).
constexpr std::array<std::string_view, 4> test_iins{"991231500016", "991231600012", "991231500707",
                                                    "991231600301"};

struct Call {
    int id = 0;
    std::int64_t received_s = 0;  ///< from local midnight
    std::string phone, channel, language, address, words, rule, kind, disposition, served_by, iin;
    bool place_known = true;
    LatLon at;
    double age = 0;
    bool age_known = true;
    triage::Sex sex = triage::Sex::unknown;
    int weeks = 0;
    int repeat_of = 0;
    std::uint64_t hospital = 0;
    /// handed, departed, arrived, hospital, cleared; −1 = not recorded
    std::array<std::int64_t, 5> times{-1, -1, -1, -1, -1};
};

template <std::size_t N>
std::size_t draw(const std::array<double, N>& weights, Random& random) {
    double sum = 0;
    for (const double w : weights) sum += w;
    double left = random.unit() * sum;
    for (std::size_t i = 0; i + 1 < N; ++i) {
        left -= weights[i];
        if (left < 0) return i;
    }
    return N - 1;
}

std::string in_csv(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

class Day {
public:
    Day(const City& city, const std::vector<ComplaintTemplate>& forms, const DayWanted& wanted)
        : city_(city), forms_(forms), wanted_(wanted), random_(wanted.seed), places_(city) {
        const CivilTime midday = to_civil({wanted.day * 86'400'000LL}, 0);
        workday_ = midday.weekday < 5;
    }

    std::string make() {
        std::vector<std::int64_t> times;
        const int first_calls = std::max(1, wanted_.call_count - wanted_.call_count / 60);
        for (int i = 0; i < first_calls; ++i) {
            times.push_back(static_cast<std::int64_t>(draw(by_hour, random_)) * 3600 +
                            random_.whole(0, 3599));
        }
        std::sort(times.begin(), times.end());
        const std::vector<std::size_t> categories = drawn_categories(times.size());
        for (std::size_t i = 0; i < times.size(); ++i) {
            calls_.push_back(first_call(times[i], categories[i]));
        }
        repeats(wanted_.call_count - first_calls);
        std::stable_sort(calls_.begin(), calls_.end(), [](const Call& a, const Call& b) {
            return a.received_s < b.received_s;
        });
        return write();
    }

private:
    /// Exactly the national shares, in random order.
    std::vector<std::size_t> drawn_categories(std::size_t count) {
        std::vector<std::size_t> out;
        double due = 0;
        for (std::size_t c = 0; c < by_category.size(); ++c) {
            due += by_category[c] * static_cast<double>(count);
            const bool last = c + 1 == by_category.size();
            while (out.size() < count && (last || static_cast<double>(out.size()) + 0.5 < due)) {
                out.push_back(c);
            }
        }
        random_.shuffle(std::span{out});
        return out;
    }

    const ComplaintTemplate& form_for(std::size_t category) {
        double sum = 0;
        const auto fits = [&](const ComplaintTemplate& f) {
            return static_cast<std::size_t>(f.rule[1] - '1') == category;
        };
        for (const auto& f : forms_) sum += fits(f) ? f.weight : 0;
        double left = random_.unit() * sum;
        const ComplaintTemplate* last = &forms_.front();
        for (const auto& f : forms_) {
            if (!fits(f)) continue;
            last = &f;
            left -= f.weight;
            if (left < 0) break;
        }
        return *last;
    }

    std::string phone() {
        return fmt::format("+7 700 000 {:02} {:02}", random_.whole(0, 99), random_.whole(0, 99));
    }

    Call first_call(std::int64_t received_s, std::size_t category) {
        const ComplaintTemplate& form = form_for(category);
        Call c;
        c.id = ++last_id_;
        c.received_s = received_s;
        c.rule = form.rule;
        c.language = form.language;
        c.phone = phone();
        c.channel = random_.chance(0.12) ? "line_112" : random_.chance(0.02) ? "messenger"
                                                                              : "phone_103";
        c.age = random_.between(form.age_from, form.age_to + 0.99);
        if (form.age_to < 3) c.age = std::min(c.age, form.age_to);
        c.age = c.age < 3 ? std::floor(c.age * 12) / 12 : std::floor(c.age);
        c.sex = form.sex;
        if (c.sex == triage::Sex::unknown) {
            c.sex = random_.chance(0.56) ? triage::Sex::female : triage::Sex::male;
        }
        if (form.weeks_to > 0) c.weeks = random_.whole(form.weeks_from, form.weeks_to);
        c.words = fill_complaint(form, c.age, c.sex, c.weeks, random_);
        c.age_known = !random_.chance(0.04);
        const bool accident = c.rule == "U1.09" || c.rule == "U1.18";
        const bool kazakh = c.language == "kk" || (c.language == "mix" && random_.chance(0.5));
        const SaidPlace place = accident && random_.chance(0.8)
                                    ? places_.crossing(kazakh, random_)
                                    : places_.home(kazakh, random_);
        c.address = place.said;
        c.at = place.at;
        c.kind = "call";
        if (random_.chance(0.024)) {
            c.place_known = false;
            c.address = random_.chance(0.5) ? "" : place.said.substr(0, place.said.find(','));
        }
        if (random_.chance(0.03)) {
            c.iin = random_.pick(std::span<const std::string_view>{test_iins});
        }
        outcome(c, category);
        return c;
    }

    void outcome(Call& c, std::size_t category) {
        if (random_.chance(0.016)) {
            c.kind = "false";
            c.disposition = "false_call";
        } else if (random_.chance(0.012)) {
            c.disposition = "cancelled_by_caller";
        } else if (random_.chance(0.006)) {
            c.disposition = "patient_not_found";
        }
        const bool day_hours = c.received_s >= 8 * 3600 && c.received_s < 20 * 3600;
        const bool to_polyclinic = category == 3 && workday_ && day_hours;
        c.served_by = to_polyclinic ? "polyclinic" : "station";
        times(c, category);
    }

    /// Around a median, a few much longer: exp of a sum of uniforms, near enough to log-normal.
    double around(double median_s, double spread) {
        double z = -2;
        for (int i = 0; i < 4; ++i) z += random_.unit();
        return median_s * std::exp(z * spread);
    }

    void times(Call& c, std::size_t category) {
        constexpr std::array<double, 4> hand_s{48, 85, 100, 130};
        constexpr std::array<double, 4> travel_s{380, 500, 760, 1300};
        constexpr std::array<double, 4> scene_s{1700, 1500, 1350, 1100};
        constexpr std::array<double, 4> transported{0.62, 0.52, 0.45, 0.06};
        const auto whole = [](double v) { return static_cast<std::int64_t>(v); };
        auto& [handed, departed, arrived, hospital, cleared] = c.times;
        handed = c.received_s + whole(around(hand_s[category], 0.75));
        departed = handed + whole(around(70, 0.6));
        if (c.disposition == "cancelled_by_caller") {
            cleared = departed + whole(around(240, 0.8));
            return;
        }
        arrived = departed + whole(around(travel_s[category], 0.55));
        if (!c.disposition.empty()) {
            cleared = arrived + whole(around(420, 0.5));
            return;
        }
        const std::int64_t leaves = arrived + whole(around(scene_s[category], 0.6));
        if (random_.chance(transported[category])) {
            c.disposition = "transported";
            c.hospital = hospital_for(c);
            hospital = leaves + whole(around(780, 0.6));
            cleared = hospital + whole(around(1000, 0.6));
        } else {
            c.disposition = c.served_by == "polyclinic" ? "served"
                            : random_.chance(0.05)      ? "refused"
                            : c.rule == "U1.03" && random_.chance(0.5) ? "death_before_arrival"
                            : c.rule == "U1.09"                        ? "left_at_place"
                                                                       : "left_at_home";
            cleared = leaves;
        }
        // Crews forget a button now and then.
        if (random_.chance(0.03)) departed = -1;
        if (random_.chance(0.01)) arrived = -1;
    }

    std::uint64_t hospital_for(const Call& c) {
        const bool infectious = c.rule == "U2.05" || c.rule == "U2.10";
        const std::string wanted = c.weeks > 0      ? "obstetrics"
                                   : c.age < 15     ? "children"
                                   : infectious     ? "infectious"
                                                    : "emergency";
        const Organisation* best = nullptr;
        for (const Organisation& o : city_.organisations.all) {
            if (o.kind != OrganisationKind::hospital) continue;
            if (std::find(o.profiles.begin(), o.profiles.end(), wanted) == o.profiles.end()) {
                continue;
            }
            if (best == nullptr || distance_m(o.place, c.at) < distance_m(best->place, c.at)) {
                best = &o;
            }
        }
        return best != nullptr ? best->id.value : 0;
    }

    /// Somebody calls again: the brigade is not there yet, or it got worse.
    void repeats(int count) {
        static constexpr std::array<std::string_view, 3> ru{
            "Скорая до сих пор не приехала, вызывали {} минут назад, становится хуже",
            "Мы уже вызывали, {} минут ждём, где машина?",
            "Вызывали скорую {} минут назад, скажите, когда будет"};
        static constexpr std::array<std::string_view, 3> kk{
            "Жедел жәрдем әлі келген жоқ, {} минут бұрын шақырғанбыз, нашарлап барады",
            "Біз шақыртқанбыз, {} минут күтіп отырмыз, көлік қайда?",
            "{} минут бұрын шақырдық, қашан келеді?"};
        const std::size_t first = calls_.size();
        for (int i = 0; i < count; ++i) {
            const Call of = calls_[random_.below(first)];
            Call c;
            c.id = ++last_id_;
            const int minutes = random_.whole(9, 40);
            c.received_s = of.received_s + minutes * 60;
            if (c.received_s >= 86'400) c.received_s = 86'399;
            c.phone = random_.chance(0.75) ? of.phone : phone();
            c.channel = of.channel;
            c.language = of.language == "mix" ? "ru" : of.language;
            const auto& forms = c.language == "kk" ? kk : ru;
            c.words = fmt::format(
                fmt::runtime(forms[random_.below(forms.size())]), minutes);
            c.address = of.address;
            c.place_known = of.place_known;
            c.at = of.at;
            c.age = of.age;
            c.age_known = of.age_known;
            c.sex = of.sex;
            c.weeks = of.weeks;
            c.rule = of.rule;
            c.kind = "repeat";
            c.repeat_of = of.id;
            c.disposition = "repeat";
            calls_.push_back(std::move(c));
        }
    }

    [[nodiscard]] std::string clock(std::int64_t seconds) const {
        if (seconds < 0) return {};
        const Instant t{wanted_.day * 86'400'000LL + seconds * 1000};
        const CivilTime c = to_civil(t, 0);  // already local
        return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", c.year, c.month, c.day, c.hour,
                           c.minute, c.second);
    }

    std::string write() {
        std::string out =
            "call_id,received_at,channel,language,phone,address,lat,lon,age_years,sex,"
            "pregnancy_weeks,complaint,iin,intended_rule,kind,repeat_of,served_by,handed_at,"
            "departed_at,arrived_at,hospital_at,cleared_at,hospital_id,disposition\n";
        std::vector<int> renamed(calls_.size() + 1);
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            renamed[static_cast<std::size_t>(calls_[i].id)] = static_cast<int>(i + 1);
        }
        for (const Call& c : calls_) {
            out += fmt::format("{},{},{},{},{},{},", renamed[static_cast<std::size_t>(c.id)],
                               clock(c.received_s), c.channel, c.language, c.phone,
                               in_csv(c.address));
            out += c.place_known ? fmt::format("{:.6f},{:.6f},", c.at.lat, c.at.lon)
                                 : std::string{",,"};
            // Infants to a hundredth of a year, others whole.
            out += !c.age_known  ? std::string{","}
                   : c.age < 3   ? fmt::format("{:.2f},", c.age)
                                 : fmt::format("{:.0f},", c.age);
            out += fmt::format("{},{},{},{},{},{},{},{}", c.sex == triage::Sex::male ? "m" : "f",
                               c.weeks > 0 ? std::to_string(c.weeks) : "", in_csv(c.words), c.iin,
                               c.rule, c.kind,
                               c.repeat_of > 0 ? std::to_string(renamed[static_cast<std::size_t>(
                                                     c.repeat_of)])
                                               : "",
                               c.served_by);
            for (const std::int64_t t : c.times) out += "," + clock(t);
            out += fmt::format(",{},{}\n", c.hospital > 0 ? std::to_string(c.hospital) : "",
                               c.disposition);
        }
        return out;
    }

    const City& city_;
    const std::vector<ComplaintTemplate>& forms_;
    DayWanted wanted_;
    Random random_;
    CallPlaces places_;
    bool workday_ = true;
    int last_id_ = 0;
    std::vector<Call> calls_;
};

}  // namespace

std::string generate_day(const City& city, const std::vector<ComplaintTemplate>& complaints,
                         const DayWanted& wanted) {
    return Day{city, complaints, wanted}.make();
}

}  // namespace jedel
