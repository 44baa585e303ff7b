#include "dispatch/patients/register_json.h"

#include <algorithm>

#include "base/number.h"
#include "base/time.h"
#include "dispatch/patients/calendar.h"
#include "dispatch/patients/iin.h"

namespace jedel {

namespace {

using nlohmann::json;

/// The registers' word for a sex.
std::optional<Sex> sex_from(const std::string& word) {
    if (word == "m") return Sex::male;
    if (word == "f") return Sex::female;
    if (word == "unknown" || word.empty()) return Sex::unknown;
    return std::nullopt;
}

bool is_state(const std::string& code) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return code.empty() || code == "none" ||
           ((code.size() == 2 || code == "EAEU") &&
            std::all_of(code.begin(), code.end(), capital));
}

class PersonReader {
public:
    explicit PersonReader(const json& object) : object_(object) {}

    Result<RegisterRow> read() {
        identity();
        standing();
        payments();
        categories();
        pregnancy();
        row_.temporary_status_from = day(object_, "temporary_status_from");
        row_.vmi_until = day(object_, "vmi_until");
        others();
        attached();
        const auto as_of = from_iso(text(object_, "as_of"));
        if (!as_of) fail("as_of", "YYYY-MM-DD or a time with its zone");
        row_.as_of = as_of.value_or(Instant{});
        unknown_keys();
        if (error_) return *error_;
        return std::move(row_);
    }

private:
    void fail(std::string field, const std::string& expected) {
        // What was found may be a person's: it is not repeated.
        if (!error_) error_ = Error{.message = "expected " + expected, .field = std::move(field)};
    }

    const json* find(const json& object, const char* key) {
        if (&object == &object_) seen_.emplace_back(key);
        const auto it = object.find(key);
        return it == object.end() || it->is_null() ? nullptr : &*it;
    }
    /// A text, or a number as it is written; empty where there is none.
    std::string text(const json& object, const char* key) {
        const json* value = find(object, key);
        if (value == nullptr) return {};
        if (value->is_string()) return value->get<std::string>();
        if (value->is_number_integer()) return value->dump();
        fail(key, "a text");
        return {};
    }
    std::optional<int> day(const json& object, const char* key) {
        const std::string written = text(object, key);
        if (written.empty()) return std::nullopt;
        const auto out = day_from_iso(written);
        if (!out) fail(key, "YYYY-MM-DD or nothing");
        return out;
    }
    template <class E>
    E name(const char* key, const char* expected) {
        const std::string written = text(object_, key);
        if (written.empty()) return E{};
        const auto out = from_name<E>(written);
        if (!out) fail(key, expected);
        return out.value_or(E{});
    }

    void identity() {
        if (const auto refused = iin_refused(text(object_, "iin"), row_.iin)) {
            if (!error_) error_ = *refused;
        }
        row_.full_name = text(object_, "name");
        const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
        if (std::any_of(row_.full_name.begin(), row_.full_name.end(), control)) {
            fail("name", "a name without control signs");
        }
        row_.birth_day = day(object_, "birth_date");
        const auto sex = sex_from(text(object_, "sex"));
        if (!sex) fail("sex", "m, f or unknown");
        row_.sex = sex.value_or(Sex::unknown);
    }

    void standing() {
        row_.citizenship = text(object_, "citizenship");
        if (row_.citizenship == "unknown") row_.citizenship.clear();
        if (!is_state(row_.citizenship)) fail("citizenship", "two capitals, or none");
        row_.residence = name<Residence>("residence",
                                         "citizen, permit, kandas, kandas_no_permit, refugee, "
                                         "asylum, temporary or unknown");
        row_.payer = name<Payer>("payer",
                                 "employee, self, entrepreneur, civil_contract, farm, "
                                 "private_practice, esp_city, esp_village, none or unknown");
        row_.exempt = name<Exempt>("exempt", "military, special_state_body or law_enforcement");
    }

    void payments() {
        const json* list = find(object_, "payments");
        row_.payments_known = list != nullptr;
        if (list == nullptr) return;
        if (!list->is_array()) return fail("payments", "a list of YYYY-MM");
        row_.payments.reserve(list->size());
        for (const json& item : *list) {
            const auto month = item.is_string()
                                   ? month_from(item.get_ref<const std::string&>())
                                   : std::nullopt;
            if (!month) return fail("payments", "a list of YYYY-MM");
            row_.payments.push_back(*month);
        }
        std::sort(row_.payments.begin(), row_.payments.end());
        const auto end = std::unique(row_.payments.begin(), row_.payments.end());
        row_.payments.erase(end, row_.payments.end());
    }

    void categories() {
        const json* list = find(object_, "categories");
        if (list == nullptr) return;
        if (!list->is_array()) return fail("categories", "a list of {number, from, to}");
        for (const json& item : *list) {
            if (!item.is_object()) return fail("categories", "a list of {number, from, to}");
            CategoryEntry entry;
            entry.number = text(item, "number");
            const auto fits = [](char c) {
                return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
            };
            if (entry.number.empty() || entry.number.size() > 4 ||
                !std::all_of(entry.number.begin(), entry.number.end(), fits)) {
                return fail("categories", "the law's number, as \"3\" or \"6-1\"");
            }
            entry.from_day = day(item, "from");
            entry.to_day = day(item, "to");
            if (entry.from_day && entry.to_day && *entry.to_day < *entry.from_day) {
                return fail("categories", "an end that is not before the beginning");
            }
            for (const auto& [key, value] : item.items()) {
                if (key != "number" && key != "from" && key != "to") {
                    return fail("categories", "number, from and to; found '" + key + "'");
                }
            }
            row_.categories.push_back(std::move(entry));
        }
    }

    void pregnancy() {
        const json* object = find(object_, "pregnancy");
        if (object == nullptr || *object == false) return;
        row_.pregnant = true;
        if (object->is_boolean()) return;
        if (!object->is_object()) return fail("pregnancy", "{\"registered\": \"YYYY-MM-DD\"}");
        row_.pregnancy_registered = day(*object, "registered");
    }

    void others() {
        const json* list = find(object_, "also_iin");
        if (list == nullptr) return;
        if (!list->is_array()) return fail("also_iin", "a list of numbers");
        for (const json& item : *list) {
            std::string digits;
            const std::string written = item.is_string() ? item.get<std::string>() : item.dump();
            if (iin_refused(written, digits)) return fail("also_iin", "12 digits of a person");
            if (digits != row_.iin) row_.also_iin.push_back(std::move(digits));
        }
    }

    void attached() {
        const std::string number = text(object_, "attached_to");
        if (number.empty()) return;
        const auto id = read_number<std::uint64_t>(number);
        if (!id || *id == 0) return fail("attached_to", "a polyclinic's number above 0");
        row_.polyclinic = OrganisationId{*id};
    }

    void unknown_keys() {
        if (error_) return;
        for (const auto& [key, value] : object_.items()) {
            if (key != "phone" && std::find(seen_.begin(), seen_.end(), key) == seen_.end()) {
                error_ = Error{.message = "unknown key '" + key + "'", .field = key};
                return;
            }
        }
    }

    const json& object_;
    RegisterRow row_{};
    std::vector<std::string_view> seen_{};
    std::optional<Error> error_{};
};

}  // namespace

std::optional<int> month_from(std::string_view text) {
    if (text.size() != 7 || text[4] != '-') return std::nullopt;
    const auto year = read_number<int>(text.substr(0, 4));
    const auto month = read_number<int>(text.substr(5, 2));
    if (!year || !month || *year < 1990 || *year > 2200 || *month < 1 || *month > 12) {
        return std::nullopt;
    }
    return (*year - 1970) * 12 + *month - 1;
}

std::optional<Error> iin_refused(std::string_view written, std::string& digits) {
    IinReading reading = read_iin(written);
    // A typo is a hint and no proof: such a number stays importable. Letters would have to be
    // asked about, and a file cannot be asked.
    const bool fits = !reading.letters_read && (reading.verdict == IinVerdict::plausible ||
                                                reading.verdict == IinVerdict::typo);
    if (!fits) {
        const char* found = written.empty()                            ? ", found nothing"
                            : reading.verdict == IinVerdict::is_bin    ? ", found a business's"
                            : reading.verdict == IinVerdict::not_digits ? ", found other signs"
                                                                        : "";
        return Error{.message = std::string{"expected 12 digits of a person"} + found,
                     .field = "iin"};
    }
    digits = std::move(reading.digits);
    return std::nullopt;
}

Result<RegisterRow> person_from_json(const nlohmann::json& object) {
    return PersonReader{object}.read();
}

}  // namespace jedel
