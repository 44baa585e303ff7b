#pragma once
// A room with one call of which everything is known, one of which nothing is, and lists.

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

#include "base/install.h"
#include "dispatch/desk/engine.h"
#include "dispatch/desk/load_protocol.h"
#include "dispatch/papers/layout.h"
#include "dispatch/papers/papers.h"

namespace papers_test {

using namespace jedel;
namespace paper = jedel::papers;

inline const std::string source = JEDEL_SOURCE_DIR;
inline const Instant morning = from_iso("2026-03-02T04:00:00Z").value();  // 09:00 in Kazakhstan

inline const triage::Protocol& protocol() {
    static const triage::Protocol made = load_protocol(source).value();
    return made;
}

inline const City& city() {
    static const std::shared_ptr<const City> made =
        load_city(source + "/data/city/training").value();
    return *made;
}

inline const paper::Texts& texts(Language language) {
    static const std::vector<paper::Texts> all{paper::Texts::load(source, Language::kk).value(),
                                               paper::Texts::load(source, Language::ru).value(),
                                               paper::Texts::load(source, Language::en).value()};
    return all[static_cast<std::size_t>(language)];
}

inline const paper::Settings& settings() {
    static const paper::Settings made = paper::load_settings(source, {}, 20'000).value();
    return made;
}

/// Takes commands at a clock that the test moves.
class Told {
public:
    Told() : engine_(Engine::open(open_journal("sqlite::memory:").value(), {}).value()) {}

    void tell(Command command, Seat seat = Seat::dispatcher) {
        const std::string id = "t" + std::to_string(++count_);
        const Outcome outcome = engine_->perform(
            {.id = id, .actor = "desk 1", .seat = seat, .command = std::move(command)}, now);
        if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
            FAIL(id << " refused: " << name_of(refusal->code) << " " << refusal->field);
        }
        REQUIRE(std::holds_alternative<std::vector<JournalEvent>>(outcome));
    }
    void after(int seconds) { now = now + std::chrono::seconds{seconds}; }
    [[nodiscard]] Engine& engine() { return *engine_; }
    [[nodiscard]] const Incident* incident(std::uint64_t id) const {
        return engine_->state().incident({id});
    }
    [[nodiscard]] paper::Room room(Language language) const {
        return {engine_->state(), engine_->personal(), city().organisations, protocol(),
                texts(language), settings(), paper::name_of_city(city(), texts(language)), now};
    }
    Instant now = morning;

private:
    std::unique_ptr<Engine> engine_;
    int count_ = 0;
};

/// Call 1: everything is known and it is closed. Call 2: nothing is known and nobody was sent.
inline void fill(Told& t, const std::string& words = "Кеудем ауырып тұр, боль отдаёт в руку") {
    t.tell(RegisterBrigade{.brigade = {11}, .name = "101", .brigade_kind = BrigadeKind::cardiac,
                           .base = {102}, .base_place = {48.64, 70.56}},
           Seat::system);
    t.tell(ReportStatus{.brigade = {11}, .status = BrigadeStatus::free_at_base});
    t.tell(ReceiveCall{.personal = {.phone = "+7 700 000 00 01", .caller_name = "Сынақ Шақырушы",
                                    .words = words}});
    t.tell(RecordIntake{.incident = {1}, .lat = 48.62, .lon = 70.54, .age_years = 61,
                        .sex = Sex::male, .patient_count = 1,
                        .personal = {.patient_name = "Сынақов Науқас",
                                     .address = "Абай 12, 5-пәтер",
                                     .directions = "2-подъезд, домофон 5К"},
                        .caller = CallerRelation::beside});
    t.tell(RecordFindings{.incident = {1}, .findings = {{.finding = "chest_pain", .value = "yes"},
                                                        {.finding = "fever", .value = "no"}}});
    t.after(40);
    t.tell(SetCategory{{1}, Category::u2, OverrideReason::clinical_judgement, "ЭКГ керек"});
    t.tell(AssignBrigade{.incident = {1}, .brigade = {11}});
    t.tell(RecordDanger{.incident = {1}, .kinds = {"dog"}});
    for (const BrigadeStatus status :
         {BrigadeStatus::accepted, BrigadeStatus::departed, BrigadeStatus::on_scene,
          BrigadeStatus::transporting, BrigadeStatus::at_hospital, BrigadeStatus::handed_over}) {
        t.after(125);
        ReportStatus report{.brigade = {11}, .status = status};
        if (status == BrigadeStatus::transporting) report.hospital = OrganisationId{401};
        t.tell(std::move(report));
    }
    t.tell(IdentifyPatient{.incident = {1}, .personal = {.iin = "991231500016"},
                           .insurance = {.status = InsuranceStatus::insured, .as_of = morning,
                                         .source = "test", .rule = "I6",
                                         .polyclinic = OrganisationId{301}}});
    t.tell(RecordFollowUp{{1}, {{.kind = FollowUpKind::active_visit, .rule = "D10",
                                 .organisation = OrganisationId{301},
                                 .note_key = "follow_note.active_visit"}}, {}});
    t.tell(RecordDisposition{.incident = {1}, .disposition = Disposition::transported,
                             .hospital = OrganisationId{401}});
    t.after(60);
    t.tell(ReportStatus{.brigade = {11}, .status = BrigadeStatus::free_at_base});
    // Whoever was asked along with the danger has been there too.
    for (const Task& task : t.incident(1)->tasks) {
        if (task.of_brigade()) continue;
        t.tell(ReportTask{.incident = {1}, .task = task.id, .step = TaskStep::done});
        break;
    }
    t.tell(CloseIncident{{1}});
    t.tell(ReceiveCall{});
    t.after(30);
}

inline paper::Span whole_day(const Told& t) {
    return {morning - std::chrono::hours{1}, t.now + std::chrono::hours{1}, {}};
}

/// Every paper there is, of call 1, of call 2 and blank; the lists and the pack.
inline std::vector<paper::Paper> all_papers(const Told& t, Language language) {
    const paper::Room room = t.room(language);
    std::vector<paper::Paper> out;
    const auto add = [&](std::vector<paper::Paper> more) {
        for (paper::Paper& p : more) out.push_back(std::move(p));
    };
    for (const Incident* incident : {t.incident(1), t.incident(2),
                                     static_cast<const Incident*>(nullptr)}) {
        out.push_back(paper::call_card(room, incident));
        add(paper::signal_sheets(room, incident));
        add(paper::hand_over_sheets(room, incident));
        add(paper::refusal_forms(room, incident));
    }
    out.push_back(paper::visits(room, whole_day(t)));
    out.push_back(paper::shift_log(room, whole_day(t)));
    add(paper::paper_pack(room));
    return out;
}

inline std::vector<paper::Page> pages_of(const std::vector<paper::Paper>& papers,
                                         Language language) {
    return paper::lay_out(papers, "foot", texts(language)("form.page_of"));
}

/// Without blanks: lines may break anywhere.
inline std::string packed(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '\n') out += c;
    }
    return out;
}

/// Everything that stands in a paper, in its order.
inline std::vector<std::string> texts_of(const paper::Paper& p) {
    std::vector<std::string> out{p.title};
    for (const paper::Block& block : p.blocks) {
        if (const auto* heading = std::get_if<paper::Heading>(&block)) out.push_back(heading->text);
        if (const auto* text = std::get_if<paper::Text>(&block)) out.push_back(text->text);
        if (const auto* field = std::get_if<paper::Field>(&block)) {
            out.push_back(field->name);
            if (field->value) out.push_back(*field->value);
        }
        if (const auto* grid = std::get_if<paper::Grid>(&block)) {
            for (const paper::Column& column : grid->columns) out.push_back(column.name);
            for (const auto& row : grid->rows) out.insert(out.end(), row.begin(), row.end());
        }
    }
    return out;
}

inline std::string value_of(const paper::Paper& p, const std::string& name) {
    for (const paper::Block& block : p.blocks) {
        const auto* field = std::get_if<paper::Field>(&block);
        if (field != nullptr && field->name == name) return field->value.value_or("<blank>");
    }
    return "<none>";
}

}  // namespace papers_test
