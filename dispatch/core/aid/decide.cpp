// Dangers, hospitals, companions, refusals, advice.

#include <algorithm>

#include "dispatch/core/aid/handlers.h"

namespace jedel {
namespace {

constexpr std::size_t codes_max = 20;
constexpr std::size_t code_max = 40;
constexpr std::size_t words_max = 500;
constexpr std::size_t advice_max = 50;  ///< times advice is kept of one call
constexpr int beds_max = 10'000;

/// Refused: no codes, too many, or one that is no code.
std::optional<Refusal> check_codes(const std::vector<std::string>& codes, std::string_view field) {
    const bool fit = !codes.empty() && codes.size() <= codes_max &&
                     std::all_of(codes.begin(), codes.end(), [](const std::string& code) {
                         return !code.empty() && code.size() <= code_max;
                     });
    if (fit) return std::nullopt;
    return refuse(RefusalCode::bad_value, "expected 1 to 20 short codes", field);
}

std::optional<Refusal> check_words(const std::string& words, std::string_view field) {
    if (words.size() <= words_max) return std::nullopt;
    return refuse(RefusalCode::bad_value, "expected at most 500 bytes", field);
}

/// The active task of a brigade on an open incident, or why there is none.
std::variant<const Task*, Refusal> brigade_task(const Deciding& d, IncidentId id, BrigadeId b) {
    const Incident* incident = d.state.open.find(id);
    if (incident == nullptr) return not_open(d.state, id);
    const Task* task = incident->active_task_of(b);
    if (task == nullptr) {
        return refuse(RefusalCode::not_handed, "the brigade is not on this incident", "brigade");
    }
    return task;
}

bool seen_by_somebody(const Incident& incident) {
    return std::any_of(incident.tasks.begin(), incident.tasks.end(),
                       [](const Task& t) { return t.on_scene_at().has_value(); });
}

}  // namespace

void append_police(Deciding& d, const Incident& incident, std::string_view purpose,
                   std::optional<OrganisationId> organisation, Decision& decision) {
    for (const Task& task : incident.tasks) {
        if (task.resource == Resource::police && task.active()) return;
    }
    decision.events.emplace_back(ServiceRequested{.task = d.new_task(),
                                                  .incident = incident.id,
                                                  .resource = Resource::police,
                                                  .organisation = organisation,
                                                  .category = incident.working_category(),
                                                  .purpose = std::string{purpose},
                                                  .at = {}});
}

void append_danger(Deciding& d, const Incident& incident, const RecordDanger& c,
                   Decision& decision) {
    decision.events.emplace_back(
        DangerRecorded{incident.id, c.kinds, c.source, c.staging, c.lift});
    if (!c.lift) append_police(d, incident, "threat", c.police, decision);
}

Decided decide_one(Deciding& d, const RecordDanger& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (auto refusal = check_words(c.staging, "staging")) return *refusal;
    const auto& known = incident->danger;
    if (c.lift) {
        if (!known || !known->holds()) {
            return refuse(RefusalCode::nothing_changed, "no danger holds", "lift");
        }
        RecordDanger over = c;
        over.kinds = known->kinds;
        Decision decision;
        append_danger(d, *incident, over, decision);
        return decision;
    }
    if (auto refusal = check_codes(c.kinds, "kinds")) return *refusal;
    if (known && known->holds() && known->kinds == c.kinds && known->staging == c.staging) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "kinds");
    }
    Decision decision;
    append_danger(d, *incident, c, decision);
    return decision;
}

Decided decide_one(Deciding& d, const AnnounceHospital& c) {
    if (!c.hospital) return refuse(RefusalCode::bad_value, "expected a hospital", "hospital");
    if (c.beds && (*c.beds < 0 || *c.beds > beds_max)) {
        return refuse(RefusalCode::bad_value, "expected 0 to 10000 free beds", "beds");
    }
    if (c.until && *c.until <= d.now) {
        return refuse(RefusalCode::time_order, "expected a time to come", "until");
    }
    if (c.until && c.state == HospitalState::open) {
        return refuse(RefusalCode::bad_value, "an open hospital has no end of it", "until");
    }
    if (auto refusal = check_words(c.words, "words")) return *refusal;
    const HospitalNow* known = d.state.hospitals.find(c.hospital);
    if (known == nullptr && d.state.hospitals.size() >= State::hospitals_max) {
        return refuse(RefusalCode::too_many, "1000 hospitals have announced themselves already",
                      "hospital");
    }
    if (known != nullptr && known->state == c.state && known->until == c.until &&
        known->beds == c.beds && known->words == c.words) {
        return refuse(RefusalCode::nothing_changed, "announced so already", "hospital");
    }
    Decision decision;
    decision.events.emplace_back(
        HospitalAnnounced{c.hospital, c.state, c.until, c.beds, c.words});
    return decision;
}

Decided decide_one(Deciding& d, const RecordCompanion& c) {
    const auto found = brigade_task(d, c.incident, c.brigade);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const Task& task = *std::get<const Task*>(found);
    if (c.who == task.companion) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "who");
    }
    const bool second = c.who != Companion::none && task.companion != Companion::none;
    if (second && !c.instead) {
        return refuse(RefusalCode::too_many,
                      "one rides along already, and at most one may (D8); say instead of him",
                      "who");
    }
    Decision decision;
    decision.events.emplace_back(CompanionRecorded{c.incident, task.id, c.who});
    return decision;
}

Decided decide_one(Deciding& d, const PrealertHospital& c) {
    const auto found = brigade_task(d, c.incident, c.brigade);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const Task& task = *std::get<const Task*>(found);
    if (!c.hospital) return refuse(RefusalCode::bad_value, "expected a hospital", "hospital");
    if (c.findings.size() > codes_max) {
        return refuse(RefusalCode::bad_value, "expected at most 20 findings", "findings");
    }
    if (task.at_hospital_at()) {
        return refuse(RefusalCode::status_order, "the brigade is at the hospital", "brigade");
    }
    const auto& known = task.prealert;
    if (known && known->hospital == c.hospital && known->findings == c.findings &&
        known->arrival == c.arrival) {
        return refuse(RefusalCode::nothing_changed, "the hospital was told so", "hospital");
    }
    Decision decision;
    decision.events.emplace_back(
        HospitalPrealerted{c.incident, task.id, c.hospital, c.findings, c.arrival});
    return decision;
}

Decided decide_one(Deciding& d, const RecordHelpRefusal& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    const WhichPatient which = which_patient(*incident, c.patient);
    if (const auto* refusal = std::get_if<Refusal>(&which)) return *refusal;
    const Patient& patient = *std::get<const Patient*>(which);
    if (c.mark == SignatureMark::unknown) {
        return refuse(RefusalCode::reason_required,
                      "expected signed, refused_to_sign or cannot_sign", "mark");
    }
    if (c.capacity == Capacity::unknown) {
        return refuse(RefusalCode::reason_required,
                      "expected whether the person can decide: able, represented or unable",
                      "capacity");
    }
    if (c.capacity == Capacity::unable) {
        return refuse(RefusalCode::disposition_not_allowed,
                      "who cannot decide cannot refuse; ask the senior doctor", "capacity");
    }
    const auto& known = patient.refusal;
    if (known && known->what == c.what && known->mark == c.mark &&
        known->capacity == c.capacity) {
        return refuse(RefusalCode::nothing_changed, "recorded so already", "what");
    }
    Decision decision;
    decision.events.emplace_back(
        HelpRefused{c.incident, patient.id, c.what, c.mark, c.capacity});
    return decision;
}

Decided decide_one(Deciding& d, const GiveAdvice& c) {
    const Incident* incident = d.state.open.find(c.incident);
    if (incident == nullptr) return not_open(d.state, c.incident);
    if (auto refusal = check_codes(c.items, "items")) return *refusal;
    if (c.language != "kk" && c.language != "ru" && c.language != "en") {
        return refuse(RefusalCode::bad_value, "expected kk, ru or en", "language");
    }
    if (auto refusal = check_words(c.words, "words")) return *refusal;
    if (incident->advice.size() >= advice_max) {
        return refuse(RefusalCode::too_many, "advice was given 50 times already", "incident");
    }
    if (c.instead) {
        if (!d.by_person()) {
            return refuse(RefusalCode::right_required,
                          "only a person may decide that no brigade goes", "instead");
        }
        if (incident->working_category() != Category::u4) {
            return refuse(RefusalCode::not_category_4,
                          "advice stands instead of a brigade only for U4 (R1)", "instead");
        }
        if (c.reason.empty() || c.words.empty()) {
            return refuse(RefusalCode::reason_required, "a reason and words are needed",
                          "reason");
        }
    }
    Decision decision;
    decision.events.emplace_back(
        AdviceGiven{c.incident, c.items, c.language, c.instead, c.reason, c.words});
    return decision;
}

std::optional<Refusal> check_end(const Deciding& d, const Incident& incident) {
    // A log that is replayed says how a call ended and nothing of what belonged to it.
    if (!d.by_person()) return std::nullopt;
    const auto missing = [](std::string detail, std::string_view field) {
        return refuse(RefusalCode::end_incomplete, std::move(detail), field);
    };
    switch (incident.ending.disposition) {
        case Disposition::refused: {
            const bool told = std::any_of(incident.patients.begin(), incident.patients.end(),
                                          [](const Patient& p) { return p.refusal.has_value(); });
            if (told) return std::nullopt;
            return missing("expected what was refused, the signature and the capacity to decide",
                           "refusal");
        }
        case Disposition::unjustified: {
            const bool decided =
                std::any_of(incident.advice.begin(), incident.advice.end(),
                            [](const AdviceRecord& a) { return a.instead; });
            if (decided || seen_by_somebody(incident)) return std::nullopt;
            return missing("nobody was there; expected a person's decision that no brigade goes, "
                           "with advice and a reason",
                           "advice");
        }
        case Disposition::death_before_arrival: {
            const bool asked =
                std::any_of(incident.tasks.begin(), incident.tasks.end(), [](const Task& t) {
                    return t.resource == Resource::police && !t.return_reason.size();
                });
            if (asked) return std::nullopt;
            return missing("expected the police to have been asked", "police");
        }
        default: return std::nullopt;
    }
}

}  // namespace jedel
