#include "cli/triage_calls.h"

#include <cmath>

namespace jedel::cli {

namespace {

using json = nlohmann::ordered_json;
using triage::Facts;
using triage::Protocol;

Error bad(const char* field, const std::string& expected) { return {expected, {}, 0, field}; }

Result<double> number_of(const json& object, const char* field, double low, double high,
                         const std::string& expected) {
    const auto& value = object[field];
    if (!value.is_number()) return bad(field, "expected " + expected);
    const double number = value.get<double>();
    if (!std::isfinite(number) || number < low || number > high) {
        return bad(field, "expected " + expected + ", found " + value.dump());
    }
    return number;
}

Result<void> read_patient(const json& line, triage::Patient& patient) {
    const auto given = [&](const char* field) {
        return line.contains(field) && !line[field].is_null();
    };
    if (given("age_years")) {
        const auto age = number_of(line, "age_years", 0, 125, "a number of years from 0 to 125");
        if (!age) return age.error();
        patient.age_years = *age;
    }
    if (given("pregnancy_weeks")) {
        const auto weeks = number_of(line, "pregnancy_weeks", 1, 45, "weeks from 1 to 45");
        if (!weeks) return weeks.error();
        patient.pregnancy_weeks = static_cast<int>(*weeks);
    }
    if (given("sex")) {
        const std::string sex = line["sex"].is_string() ? line["sex"].get<std::string>() : "";
        if (sex == "male" || sex == "m") {
            patient.sex = triage::Sex::male;
        } else if (sex == "female" || sex == "f") {
            patient.sex = triage::Sex::female;
        } else if (sex != "unknown") {
            return bad("sex", "expected male, female or unknown, found " + line["sex"].dump());
        }
    }
    return {};
}

// true, false, null, a number, or text as in journals.
Result<std::string> answer_text(const std::string& key, const json& value) {
    if (value.is_boolean()) return std::string(value.get<bool>() ? "yes" : "no");
    if (value.is_null()) return std::string("unknown");
    if (value.is_number()) return value.dump();
    if (value.is_string()) return value.get<std::string>();
    return Error{"expected true, false, null, a number or text", {}, 0, "answers." + key};
}

Result<void> read_answers(const Protocol& protocol, const json& line, TriageCall& call) {
    if (!line.contains("answers") || line["answers"].is_null()) return {};
    if (!line["answers"].is_object()) return bad("answers", "expected an object");
    Facts scratch(protocol);
    for (const auto& [key, value] : line["answers"].items()) {
        const auto text = answer_text(key, value);
        if (!text) return text.error();
        if (auto set = scratch.set_text(key, *text); !set) {
            Error error = set.error();
            error.field = "answers." + key;
            return error;
        }
        call.answers.emplace_back(*protocol.find(key), *text);
        if (*text == "unknown") call.unanswered.push_back(*protocol.find(key));
    }
    return {};
}

}  // namespace

Result<TriageCall> read_triage_call(const triage::Protocol& protocol, const std::string& text) {
    const json line = json::parse(text, nullptr, false);
    if (line.is_discarded()) return Error{"expected one JSON object", {}, 0, {}};
    if (!line.is_object()) return Error{"expected one JSON object", {}, 0, {}};
    TriageCall call;
    if (line.contains("id")) call.id = line["id"];
    if (line.contains("language") && !line["language"].is_null()) {
        call.language = line["language"].is_string() ? line["language"].get<std::string>() : "";
        if (call.language != "kk" && call.language != "ru" && call.language != "en") {
            return bad("language", "expected kk, ru or en, found " + line["language"].dump());
        }
    }
    if (!line.contains("complaint") || !line["complaint"].is_string()) {
        return bad("complaint", "expected the caller's words as text");
    }
    call.complaint = line["complaint"].get<std::string>();
    if (auto read = read_patient(line, call.patient); !read) return read.error();
    if (line.contains("patient_count") && !line["patient_count"].is_null()) {
        const auto count = number_of(line, "patient_count", 1, 1000, "a number from 1 to 1000");
        if (!count) return count.error();
        call.patients = static_cast<int>(*count);
    }
    if (auto read = read_answers(protocol, line, call); !read) return read.error();
    return call;
}

}  // namespace jedel::cli
