// The compact text of a row: fields apart by the unit separator, lists by ';'. A person takes about
// a hundred bytes.

#include <charconv>

#include "base/number.h"
#include "dispatch/patients/register_rows.h"

namespace jedel {

namespace {

constexpr char separator = '\x1F';

void add(std::string& out, std::string_view text) {
    out += text;
    out += separator;
}
void add_number(std::string& out, std::int64_t value) {
    char text[24];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    out.append(text, end);
}
void add_day(std::string& out, const std::optional<int>& day) {
    if (day) add_number(out, *day);
    out += separator;
}

/// Takes fields off the front.
class Fields {
public:
    explicit Fields(std::string_view text) : rest_(text) {}
    std::string_view next(char until = separator) {
        const auto end = rest_.find(until);
        if (end == std::string_view::npos) {
            whole_ = false;
            return std::exchange(rest_, {});
        }
        const std::string_view out = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return out;
    }
    template <class Number>
    std::optional<Number> number() {
        const std::string_view text = next();
        if (text.empty()) return std::nullopt;
        const auto out = read_number<Number>(text);
        if (!out) whole_ = false;
        return out;
    }
    template <class E>
    E letter() {
        const auto out = number<int>();
        return static_cast<E>(out.value_or(0));
    }
    [[nodiscard]] bool whole() const { return whole_; }
    [[nodiscard]] bool empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
    bool whole_ = true;
};

void add_payments(std::string& out, const std::vector<int>& payments) {
    for (std::size_t i = 0; i < payments.size();) {
        std::size_t last = i;
        while (last + 1 < payments.size() && payments[last + 1] == payments[last] + 1) ++last;
        add_number(out, payments[i]);
        out += ':';
        add_number(out, static_cast<std::int64_t>(last - i));
        out += ';';
        i = last + 1;
    }
    out += separator;
}

bool read_payments(std::string_view text, std::vector<int>& out) {
    Fields runs{text};
    while (!runs.empty()) {
        const auto first = read_number<int>(runs.next(':'));
        const auto more = read_number<int>(runs.next(';'));
        if (!first || !more || !runs.whole() || *more < 0 || *more > 12'000) return false;
        for (int i = 0; i <= *more; ++i) out.push_back(*first + i);
    }
    return true;
}

bool read_categories(std::string_view text, std::vector<CategoryEntry>& out) {
    Fields entries{text};
    const auto day = [&](char until) -> std::optional<int> {
        return read_number<int>(entries.next(until));
    };
    while (!entries.empty()) {
        CategoryEntry entry;
        entry.number = entries.next(':');
        entry.from_day = day(':');
        entry.to_day = day(';');
        if (!entries.whole()) return false;
        out.push_back(std::move(entry));
    }
    return true;
}

}  // namespace

std::string pack_row(const RegisterRow& row) {
    std::string out;
    pack_row(row, out);
    return out;
}

void pack_row(const RegisterRow& row, std::string& out) {
    out.clear();
    out.reserve(160);
    add(out, row.iin);
    add(out, row.full_name);
    add_day(out, row.birth_day);
    add_day(out, static_cast<int>(row.sex));
    add(out, row.citizenship);
    add_day(out, static_cast<int>(row.residence));
    add_day(out, static_cast<int>(row.payer));
    add_day(out, static_cast<int>(row.exempt));
    add_payments(out, row.payments);
    add_day(out, (row.payments_known ? 1 : 0) + (row.only_last_payment ? 2 : 0) +
                     (row.pregnant ? 4 : 0));
    for (const CategoryEntry& entry : row.categories) {
        out += entry.number;
        out += ':';
        if (entry.from_day) add_number(out, *entry.from_day);
        out += ':';
        if (entry.to_day) add_number(out, *entry.to_day);
        out += ';';
    }
    out += separator;
    add_day(out, row.pregnancy_registered);
    add_day(out, row.temporary_status_from);
    add_day(out, row.vmi_until);
    for (const std::string& iin : row.also_iin) out += iin + ";";
    out += separator;
    if (row.polyclinic) out += std::to_string(row.polyclinic->value);
    out += separator;
    add_number(out, row.as_of.ms);
    out += separator;
    add_number(out, row.line);
    out += separator;
}

std::optional<RegisterRow> unpack_row(std::string_view text) {
    Fields fields{text};
    RegisterRow row;
    row.iin = fields.next();
    row.full_name = fields.next();
    row.birth_day = fields.number<int>();
    row.sex = fields.letter<Sex>();
    row.citizenship = fields.next();
    row.residence = fields.letter<Residence>();
    row.payer = fields.letter<Payer>();
    row.exempt = fields.letter<Exempt>();
    if (!read_payments(fields.next(), row.payments)) return std::nullopt;
    const int flags = fields.number<int>().value_or(0);
    row.payments_known = (flags & 1) != 0;
    row.only_last_payment = (flags & 2) != 0;
    row.pregnant = (flags & 4) != 0;
    if (!read_categories(fields.next(), row.categories)) return std::nullopt;
    row.pregnancy_registered = fields.number<int>();
    row.temporary_status_from = fields.number<int>();
    row.vmi_until = fields.number<int>();
    Fields numbers{fields.next()};
    while (!numbers.empty()) row.also_iin.emplace_back(numbers.next(';'));
    if (const auto id = fields.number<std::uint64_t>()) row.polyclinic = OrganisationId{*id};
    row.as_of = Instant{fields.number<std::int64_t>().value_or(0)};
    row.line = fields.number<long>().value_or(0);
    if (!fields.whole() || !fields.empty()) return std::nullopt;
    return row;
}

}  // namespace jedel
