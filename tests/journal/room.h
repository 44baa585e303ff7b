#pragma once
// A small room for tests of the journal and the desk: folders that go away, commands in a row,
// random commands that fit, or nearly fit, the state they meet.

#include <unistd.h>

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dispatch/core/commands.h"
#include "dispatch/core/events.h"
#include "dispatch/core/state.h"

namespace jedel::test {

/// A folder of its own below the system's temporary one, removed at the end.
class TempFolder {
public:
    TempFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "jedel-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~TempFolder() {
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] std::string file(const std::string& name) const {
        return (path_ / name).string();
    }
    [[nodiscard]] std::string url(const std::string& name = "room.jedel") const {
        return "sqlite:" + file(name);
    }

private:
    std::filesystem::path path_;
};

/// 2026-01-05T03:00:00Z, a Monday.
inline constexpr Instant morning{1'767'582'000'000};

inline CommandEnvelope envelope(std::string id, Command command, Seat seat = Seat::system) {
    return {.id = std::move(id), .actor = "tester", .seat = seat, .command = std::move(command)};
}

inline RegisterBrigade brigade_on_shift(std::uint64_t number,
                                        BrigadeKind kind = BrigadeKind::feldsher) {
    RegisterBrigade c;
    c.brigade = {number};
    c.name = std::to_string(100 + number);
    c.brigade_kind = kind;
    c.base = {2};
    c.base_place = {43.25, 76.9};
    return c;
}

inline ReportStatus status_of(std::uint64_t brigade, BrigadeStatus status) {
    ReportStatus c;
    c.brigade = {brigade};
    c.status = status;
    return c;
}

inline SetCategory category_of(std::uint64_t incident, Category category) {
    SetCategory c;
    c.incident = {incident};
    c.category = category;
    c.reason = OverrideReason::clinical_judgement;
    c.words = "heard on the phone";
    return c;
}

inline AssignBrigade assignment_of(std::uint64_t incident, std::uint64_t brigade) {
    AssignBrigade c;
    c.incident = {incident};
    c.brigade = {brigade};
    return c;
}

inline CloseIncident closing_of(std::uint64_t incident) {
    CloseIncident c;
    c.incident = {incident};
    return c;
}

/// `count` brigades free at base: two commands each.
inline std::vector<Command> free_brigades(std::uint64_t count) {
    std::vector<Command> out;
    for (std::uint64_t b = 1; b <= count; ++b) {
        out.emplace_back(brigade_on_shift(b));
        out.emplace_back(status_of(b, BrigadeStatus::free_at_base));
    }
    return out;
}

/// One whole call of incident `i` with brigade `b`, from receipt to closed.
inline std::vector<Command> whole_call(std::uint64_t i, std::uint64_t b) {
    ReceiveCall call;
    call.personal.words = "кеудем ауырып тұр";
    call.personal.phone = "+7 700 000 00 00";
    RecordIntake intake;
    intake.incident = {i};
    intake.lat = 43.24;
    intake.lon = 76.91;
    intake.age_years = 54;
    RecordDisposition disposition;
    disposition.incident = {i};
    disposition.disposition = Disposition::left_at_home;
    return {call,
            intake,
            category_of(i, Category::u2),
            assignment_of(i, b),
            status_of(b, BrigadeStatus::accepted),
            status_of(b, BrigadeStatus::departed),
            status_of(b, BrigadeStatus::on_scene),
            status_of(b, BrigadeStatus::returning),
            disposition,
            closing_of(i)};
}

/// Four numbers that stand for one command; what they mean depends on the state.
using Dice = std::array<unsigned, 4>;

inline Command intake_from(const Dice& dice, IncidentId incident) {
    if (dice[3] % 3 == 0) {
        RecordFindings c;
        c.incident = incident;
        c.findings = {{.finding = "chest_pain", .value = dice[2] % 2 == 0 ? "yes" : "no"}};
        return c;
    }
    RecordIntake c;
    c.incident = incident;
    c.age_years = dice[2] % 100;
    if (dice[3] % 2 == 0) c.personal.words = "нашар " + std::to_string(dice[2] % 5);
    return c;
}

inline Command ending_from(const Dice& dice, IncidentId incident) {
    switch (dice[3] % 4) {
        case 0: {
            RecordDisposition c;
            c.incident = incident;
            c.disposition = static_cast<Disposition>(dice[2] % 14);
            return c;
        }
        case 1: {
            HandToPolyclinic c;
            c.incident = incident;
            c.polyclinic = {301 + dice[2] % 12};
            c.row = "row";
            return c;
        }
        case 2: {
            AcceptByPolyclinic c;
            c.incident = incident;
            return c;
        }
        default: {
            ReturnFromPolyclinic c;
            c.incident = incident;
            c.reason = "not_accepted";
            return c;
        }
    }
}

/// A command for the state, aimed at things that exist or nearly do: it may well be refused.
inline Command command_from(const Dice& dice, const State& state) {
    const IncidentId incident{1 + dice[1] % (state.newest_incident().value + 2)};
    const std::uint64_t brigade = 1 + dice[2] % 6;
    switch (dice[0] % 12) {
        case 0: return brigade_on_shift(brigade);
        case 1:
        case 2: {
            ReceiveCall c;
            if (dice[1] % 2 == 0) c.personal.words = "ауырып тұр";
            return c;
        }
        case 3: return intake_from(dice, incident);
        case 4: return category_of(incident.value, static_cast<Category>(dice[3] % 5));
        case 5: {
            AssignBrigade c = assignment_of(incident.value, brigade);
            c.additional = dice[3] % 2 == 0;
            return c;
        }
        case 6:
        case 7:
        case 8: return status_of(brigade, static_cast<BrigadeStatus>(dice[3] % 12));
        case 9: {
            ReleaseBrigade c;
            c.incident = incident;
            c.brigade = {brigade};
            c.reason = static_cast<ReleaseReason>(dice[3] % 9);
            return c;
        }
        case 10: return ending_from(dice, incident);
        default: return closing_of(incident.value);
    }
}

/// Active assignments of each brigade, counted from the incidents; index = brigade number.
inline std::vector<int> active_tasks(const State& state, std::size_t brigades) {
    std::vector<int> count(brigades + 1, 0);
    for (const auto& incident : state.open.rows()) {
        for (const Task& a : incident->tasks) {
            if (a.brigade && a.active() && a.brigade->value <= brigades) ++count[a.brigade->value];
        }
    }
    return count;
}

}  // namespace jedel::test
