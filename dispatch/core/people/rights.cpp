#include "dispatch/core/people/rights.h"

#include <algorithm>

namespace jedel {
namespace {

using List = std::vector<std::string>;

List joined(List a, const List& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// What data/law/rights.toml says in its oldest rows; a test keeps the two equal.
std::vector<Rights::Row> standard_rows() {
    const List intake{
        "receive_call",      "record_intake",       "add_patient",      "record_findings",
        "record_unanswered", "set_category",        "caller_lost",      "caller_reached",
        "identify_patient",  "merge_incident",      "unmerge_incident", "record_disposition",
        "close_incident",    "request_service",     "note_clock",       "record_danger",
        "give_advice",       "record_help_refusal", "settle_trouble",
        "discard_call",      "correct_disposition", "reopen_incident"};
    const List polyclinic{"accept_by_polyclinic",
                          "return_from_polyclinic",
                          "identify_patient",
                          "record_follow_up",
                          "record_findings",
                          "record_intake",
                          "report_task",
                          "note_clock",
                          "own_calls",
                          "record_danger",
                          "give_advice",
                          "record_companion",
                          "prealert_hospital",
                          "record_help_refusal",
                          "settle_trouble"};
    const List fleet{"register_brigade",  "report_status",          "release_brigade",
                     "report_task",       "record_hospital_triage", "note_clock",
                     "report_post",       "record_companion",       "prealert_hospital",
                     "announce_hospital", "record_danger",          "settle_trouble",
                     "correct_task",      "correct_hospital"};
    const List everyday =
        joined(joined(intake, fleet),
               {"assign_brigade", "reroute_brigades", "hand_to_polyclinic", "accept_by_polyclinic",
                "return_from_polyclinic", "record_follow_up", "change_road", "restore_road",
                "move_to_post", "escalate"});
    const List senior = joined(everyday, {"correct_clock"});
    const char* source = "practice: seats; working rows, to be confirmed by the room's head";
    return {
        {0, Seat::call_taker, intake, source},
        {0, Seat::dispatcher, everyday, source},
        {0, Seat::senior_doctor,
         joined(senior, {"lower_category", "sign_text", "erase_person"}), source},
        {0, Seat::polyclinic_desk, polyclinic, source},
        {0, Seat::trainer, everyday, source},
        {0, Seat::system, everyday, source},
        {0, Seat::senior_dispatcher, senior, source},
        {0, Seat::substation, fleet, source},
        {0, Seat::administrator, {"register_brigade", "note_clock", "correct_clock"}, source},
        {0, Seat::auditor, {}, source},
    };
}

}  // namespace

const Rights& Rights::standard() {
    static const Rights rights{standard_rows()};
    return rights;
}

const Rights::Row* Rights::row_of(Seat seat, int day) const {
    const Row* newest = nullptr;
    for (const Row& row : rows_) {
        if (row.seat != seat || row.from_day > day) continue;
        if (newest == nullptr || row.from_day >= newest->from_day) newest = &row;
    }
    return newest;
}

bool Rights::may(Seat seat, std::string_view what, int day) const {
    const Row* row = row_of(seat, day);
    return row != nullptr && std::any_of(row->may.begin(), row->may.end(), [&](const auto& name) {
               return name == what || name == "*";
           });
}

std::string Rights::who_may(std::string_view what, int day) const {
    std::string out;
    for (const std::string_view name : EnumNames<Seat>::names) {
        if (!may(*from_name<Seat>(name), what, day)) continue;
        if (!out.empty()) out += ", ";
        out += name;
    }
    return out;
}

}  // namespace jedel
