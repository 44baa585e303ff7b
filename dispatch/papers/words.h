#pragma once
// What papers say of a room's things, in words. What is not known says so. Private to papers.

#include <optional>
#include <string>
#include <string_view>

#include "dispatch/papers/papers.h"

namespace jedel::papers {

class Words {
public:
    explicit Words(const Room& room) : room_(&room) {}

    [[nodiscard]] const Room& room() const { return *room_; }
    [[nodiscard]] std::string operator()(std::string_view key) const { return room_->texts(key); }
    [[nodiscard]] std::string unknown() const { return room_->texts("value.unknown"); }
    [[nodiscard]] std::string known(const std::string& text) const {
        return text.empty() ? unknown() : text;
    }
    /// "28.11.2026 17:05:30", by the clock of Kazakhstan.
    [[nodiscard]] std::string time(Instant at) const;
    /// "17:05:30", with its date where that is another than today's.
    [[nodiscard]] std::string clock(std::optional<Instant> at) const;
    [[nodiscard]] std::string date(Instant at) const;

    /// A field of a personal row; "not known" where there is no row or nothing in it.
    [[nodiscard]] std::string person(const std::optional<PersonRef>& ref,
                                     std::string PersonalRecord::*field) const;
    [[nodiscard]] std::string number_of(const Incident& incident) const;
    [[nodiscard]] std::string address(const Incident& incident) const;
    [[nodiscard]] std::string coordinates(const Incident& incident) const;
    /// What the callers said, each in his own words.
    [[nodiscard]] std::string words(const Incident& incident) const;
    [[nodiscard]] std::string phones(const Incident& incident) const;
    [[nodiscard]] std::string category(Category category) const;
    /// The category in force, else the proposal, which says that it is one.
    [[nodiscard]] std::string category_of(const Incident& incident) const;
    [[nodiscard]] std::string age(const Patient& patient) const;
    [[nodiscard]] std::string sex(const Patient& patient) const;
    /// Name, sex and age in one line.
    [[nodiscard]] std::string who(const Patient& patient) const;
    /// Findings that are there, that are not, that nobody knows.
    [[nodiscard]] std::string findings(const Patient& patient, std::string_view value) const;
    [[nodiscard]] std::string rules(const std::vector<std::string>& ids) const;
    [[nodiscard]] std::string organisation(const std::optional<OrganisationId>& id) const;
    [[nodiscard]] std::string brigade(const std::optional<BrigadeId>& id) const;
    [[nodiscard]] std::string insurance(const Patient& patient) const;
    [[nodiscard]] std::string ending(const Incident& incident) const;
    /// Who rides along; that nobody does is not told apart from what nobody wrote down.
    [[nodiscard]] std::string companion(const Task* task) const;
    /// A code in words, where there are some: "danger.dog"; else the code itself.
    [[nodiscard]] std::string code(std::string_view prefix, const std::string& code) const;
    [[nodiscard]] std::string codes(std::string_view prefix,
                                    const std::vector<std::string>& list) const;
    /// The text of a key that stands in the journal; else the key itself.
    [[nodiscard]] std::string key_text(const std::string& key) const;
    /// Polyclinics a patient belongs to: by the register, and by where he is.
    [[nodiscard]] std::string attached_to(const Patient& patient) const;
    [[nodiscard]] std::string served_by(const Incident& incident) const;

    /// A paper with its title, form number and whose it is.
    [[nodiscard]] Paper paper(PaperKind kind, const Incident* incident) const;

private:
    const Room* room_;
};

/// Joins what is not empty.
std::string joined(const std::vector<std::string>& parts, std::string_view between);

/// The task that took the patient, or goes on, or was last: who speaks for the incident.
const Task* main_task(const Incident& incident);

/// Times of a brigade's task that stand on a card, in their order.
struct TimeRow {
    std::string_view name;  ///< key of its words
    std::optional<Instant> at;
};
std::vector<TimeRow> times_of(const State& state, const Incident& incident, const Task& task);

}  // namespace jedel::papers
