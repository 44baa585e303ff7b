#include "dispatch/exercise/plan.h"

#include <algorithm>
#include <cmath>

namespace jedel::exercise {
namespace {

std::int64_t draw_ms(Draw& draw, const DrawTable::Time& t) {
    return static_cast<std::int64_t>(draw.lognormal(t.median_s, t.sigma, t.low_s, t.high_s)) * 1000;
}

template <class T>
void complete(Field<T>& field, T drawn) {
    if (!field.known()) field.set(std::move(drawn), Origin::drawn);
}

double draw_age(Draw& draw, const DrawTable& table, const CodeRule* rule) {
    constexpr std::array<double, 9> bounds{0, 1, 3, 15, 30, 45, 60, 75, 95};
    double at = draw.uniform();
    const double within = draw.uniform();
    double age = bounds.back();
    for (std::size_t i = 0; i < table.ages.size(); ++i) {
        if (at < table.ages[i]) {
            age = bounds[i] + (bounds[i + 1] - bounds[i]) * within;
            break;
        }
        at -= table.ages[i];
    }
    if (rule != nullptr && rule->age_low) {
        // Outside what the code allows: anywhere inside it.
        if (age < *rule->age_low || age > *rule->age_high) {
            age = *rule->age_low + (*rule->age_high - *rule->age_low) * within;
        }
    }
    return age < 2 ? std::floor(age * 12) / 12 : std::floor(age);
}

void complete_place(RecordedCall& call, const Mapping& mapping, const PlaceDrawer& places,
                    LatLon drawn) {
    const bool abroad = call.place.known() && !places.inside(call.place.value);
    if (abroad) {
        if (mapping.outside == Outside::scale) {
            const auto& box = *mapping.box;
            const City& city = places.city();
            const auto part = [](double v, double low, double high) {
                return std::clamp((v - low) / (high - low), 0.0, 1.0);
            };
            const double north = part(call.place.value.lat, box[0], box[2]);
            const double east = part(call.place.value.lon, box[1], box[3]);
            call.place.set(places.settle({city.low.lat + north * (city.high.lat - city.low.lat),
                                          city.low.lon + east * (city.high.lon - city.low.lon)}),
                           Origin::scaled);
        } else if (mapping.outside == Outside::draw) {
            call.place = {};
        }
    }
    // An address of another city would send nobody anywhere.
    if (abroad) call.address = {};
    if (!call.place.known() && call.address.known()) {
        if (const auto found = places.find(call.address.value)) {
            call.place.set(*found, Origin::mapped);
        }
    }
    complete(call.place, drawn);
}

void complete_person(CallPlan& plan, const CodeRule* rule, const DrawTable& table, Draw& draw) {
    RecordedCall& call = plan.call;
    const double age = draw_age(draw, table, rule);
    const Sex sex = draw.chance(table.female_share) ? Sex::female : Sex::male;
    plan.kazakh = draw.chance(table.kazakh_share);
    complete(call.age_years, age);
    if (rule != nullptr) {
        if (rule->sex && !call.sex.known()) call.sex.set(*rule->sex, Origin::mapped);
        if (rule->pregnancy_weeks && !call.pregnancy_weeks.known()) {
            call.pregnancy_weeks.set(*rule->pregnancy_weeks, Origin::mapped);
        }
        const std::string& words = plan.kazakh ? rule->words_kk : rule->words_ru;
        if (!call.words.known() && !words.empty()) call.words.set(words, Origin::mapped);
    }
    if (call.pregnancy_weeks.known() && !call.sex.known()) {
        call.sex.set(Sex::female, Origin::mapped);
    }
    complete(call.sex, sex);
}

}  // namespace

CallPlan plan_call(const RecordedCall& recorded, std::size_t index, const Mapping& mapping,
                   const PlaceDrawer& places, const DrawTable& table, std::uint64_t seed) {
    Draw draw{seed, index + 1};
    CallPlan plan;
    plan.call = recorded;
    RecordedCall& call = plan.call;
    const CodeRule* rule =
        call.rule >= 0 ? &mapping.codes[static_cast<std::size_t>(call.rule)] : nullptr;

    // All numbers are taken in one fixed order, used or not.
    const std::int64_t handling = draw_ms(draw, table.handling);
    plan.accept_ms = draw_ms(draw, table.accept);
    const std::int64_t turnout = draw_ms(draw, table.turnout);
    const std::int64_t on_scene = draw_ms(draw, table.on_scene);
    const std::int64_t hospital = draw_ms(draw, table.at_hospital);
    plan.polyclinic_accept_ms = draw_ms(draw, table.polyclinic_accept);
    plan.polyclinic_silent = draw.chance(table.polyclinic_silent_share);
    plan.transported_below = draw.uniform();
    plan.ending_below = draw.uniform();
    const LatLon place = places.draw(draw);

    plan.handling_ms = handling;
    if (call.received.known() && call.handed_over.known() &&
        call.handed_over.value >= call.received.value) {
        plan.handling_ms = call.handed_over.value.ms - call.received.value.ms;
        plan.handling_origin = Origin::recorded;
    }
    if (!call.received.known()) {
        call.received.set({call.handed_over.value.ms - handling}, Origin::drawn);
    }
    complete(call.turnout_ms, turnout);
    complete(call.on_scene_ms, on_scene);
    complete(call.hospital_ms, hospital);
    complete_place(call, mapping, places, place);
    complete_person(plan, rule, table, draw);
    if (!call.address.known()) {
        std::string address = places.address(call.place.value, plan.kazakh);
        if (!address.empty()) call.address.set(std::move(address), call.place.origin);
    }
    return plan;
}

}  // namespace jedel::exercise
