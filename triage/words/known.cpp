// What the code itself knows of the tables and of the vocabulary, by name.
#include <utility>

#include "triage/words/tables.h"

namespace jedel::triage::words {
namespace {

using Numeric = Tables::Numeric;

constexpr std::pair<Symbol Known::*, const char*> concepts[] = {
    {&Known::number, "@numeral"}, {&Known::stop, "@stop"}, {&Known::unclear, "@unclear"},
    {&Known::know, "@know"}, {&Known::able, "@able"}, {&Known::be, "@be"},
    {&Known::past, "@past"}, {&Known::ago, "@ago"}, {&Known::last, "@last"},
    {&Known::but, "@but"}, {&Known::now, "@now"}, {&Known::list, "@list"}, {&Known::kin, "@kin"},
    {&Known::self, "@self"}, {&Known::died, "@died"}, {&Known::neg_next, "@neg.next"},
    {&Known::neg_phrase, "@neg.phrase"}, {&Known::neg_both, "@neg.both"},
    {&Known::neg_post, "@neg.post"}, {&Known::neg_predicate, "@neg.pred"},
    {&Known::cannot_next, "@cannot.next"}, {&Known::cannot_post, "@cannot.post"},
    {&Known::year, "@u.year"}, {&Known::month, "@u.month"}, {&Known::week, "@u.week"},
    {&Known::day, "@u.day"}, {&Known::hour, "@u.hour"}, {&Known::minute, "@u.minute"},
    {&Known::degree, "@u.degree"}, {&Known::half, "@half"}, {&Known::age, "@age"},
    {&Known::born, "@born"}, {&Known::temperature, "@temperature"},
    {&Known::temperature_short, "@temperature.short"}, {&Known::pressure, "@pressure"},
    {&Known::pregnant, "@pregnant"}, {&Known::term_of_pregnancy, "@term"},
    {&Known::percent, "@percent"}, {&Known::pulse, "@pulse"}, {&Known::oxygen, "@oxygen"},
    {&Known::sugar, "@sugar"}, {&Known::over, "@over"}, {&Known::with, "@with"},
    {&Known::child, "@child"}, {&Known::durative, "@durative"}, {&Known::usual, "@usual"},
    {&Known::exactly_years, "@years.many"}, {&Known::burn, "@burn"}, {&Known::palm, "@palm"},
    {&Known::metre, "@u.metre"}, {&Known::fall, "@fall"}, {&Known::pill, "@pill"},
    {&Known::swallow, "@swallow"}, {&Known::no_urine, "@nourine"},
    {&Known::convulsion, "@convulsion"}, {&Known::neutral, "@x"}, {&Known::exist, "@exist"},
    {&Known::ailing, "@ailing"}, {&Known::lower_pressure, "@pressure.lower"},
    {&Known::feverish, "@feverish"}, {&Known::expectant, "@expectant"}, {&Known::seen, "@seen"},
    {&Known::nosuch, "@nosuch"}, {&Known::plural, "@plural"}, {&Known::place, "@place"},
    {&Known::saying, "@saying"}, {&Known::sugar_low, "@sugar.low"},
    {&Known::alarm, "@alarm"},
};

constexpr std::pair<std::optional<FindingIndex> Numeric::*, const char*> findings[] = {
    {&Numeric::age, "age_years"}, {&Numeric::weeks, "pregnancy_weeks"},
    {&Numeric::temperature, "temperature"}, {&Numeric::systolic, "bp_systolic"},
    {&Numeric::diastolic, "bp_diastolic"}, {&Numeric::rhythm, "rhythm_disturbance"},
    {&Numeric::breathless, "breathless"}, {&Numeric::palms, "burn_palms"},
    {&Numeric::fall, "fall_from_height"}, {&Numeric::overdose, "overdose"},
    {&Numeric::low_sugar, "low_sugar"},
    {&Numeric::acute, "acute_illness"}, {&Numeric::fever, "fever"},
    {&Numeric::no_urine, "no_urine_8h"}, {&Numeric::old_convulsions, "convulsions_over_hour_ago"},
};

}  // namespace

void Tables::bind(const Protocol& protocol) {
    for (const auto& [member, name] : concepts) known.*member = symbol(name);
    for (const auto& [member, name] : findings) numeric.*member = protocol.find(name);
}

}  // namespace jedel::triage::words
