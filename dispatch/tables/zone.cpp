#include "dispatch/tables/zone.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "dispatch/tables/posix_rule.h"

namespace jedel::tables {
namespace {

constexpr std::string_view folders[] = {"/usr/share/zoneinfo/", "/usr/lib/zoneinfo/"};
constexpr std::size_t file_bytes_max = 1 << 20;

/// Minutes of "+05:00", "+0500", "+05" or "-06:30"; nullopt for anything else.
std::optional<int> fixed_offset(std::string_view name) {
    if (name == "UTC" || name == "Z") return 0;
    if (name.size() < 3 || (name[0] != '+' && name[0] != '-')) return std::nullopt;
    std::string digits;
    for (std::size_t i = 1; i < name.size(); ++i) {
        if (name[i] == ':' && i == 3 && name.size() == 6) continue;
        if (name[i] < '0' || name[i] > '9') return std::nullopt;
        digits += name[i];
    }
    if (digits.size() != 2 && digits.size() != 4) return std::nullopt;
    const int value = std::atoi(digits.c_str());
    const int minutes = digits.size() == 2 ? value * 60 : value / 100 * 60 + value % 100;
    if (minutes > 14 * 60 || (digits.size() == 4 && value % 100 > 59)) return std::nullopt;
    return name[0] == '-' ? -minutes : minutes;
}

/// "Asia/Almaty": nothing that leads out of the tables' folder.
bool is_zone_name(std::string_view name) {
    if (name.empty() || name.size() > 60 || name[0] == '/' || name.find("..") != name.npos) {
        return false;
    }
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '_' || c == '-' || c == '+';
    });
}

std::optional<std::string> file_bytes(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return std::nullopt;
    std::string out(file_bytes_max, '\0');
    out.resize(std::fread(out.data(), 1, out.size(), file));
    std::fclose(file);
    return out;
}

/// Big-endian numbers of a TZif file; `sound` goes false past its end.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
    std::int64_t number(std::size_t size) {
        if (at_ + size > bytes_.size()) {
            sound = false;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value = value << 8 | static_cast<unsigned char>(bytes_[at_ + i]);
        }
        at_ += size;
        return size == 8   ? static_cast<std::int64_t>(value)
               : size == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value))
                           : static_cast<std::int64_t>(value);
    }
    void skip(std::size_t size) {
        if (size > bytes_.size() - at_) sound = false;
        at_ = std::min(bytes_.size(), at_ + size);
    }
    [[nodiscard]] std::string_view rest() const { return bytes_.substr(at_); }
    bool sound = true;

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

struct Counts {
    std::size_t utc, standard, leap, times, types, letters;
};

std::optional<Counts> read_header(Bytes& in, int& version) {
    if (!in.rest().starts_with("TZif")) return std::nullopt;
    in.skip(4);
    const auto letter = in.number(1);
    version = letter == 0 ? 1 : static_cast<int>(letter) - '0';
    in.skip(15);
    std::size_t n[6];
    for (std::size_t& count : n) {
        const std::int64_t value = in.number(4);
        if (value < 0 || value > 100'000) return std::nullopt;
        count = static_cast<std::size_t>(value);
    }
    return in.sound ? std::optional{Counts{n[0], n[1], n[2], n[3], n[4], n[5]}} : std::nullopt;
}

}  // namespace

struct Zone::Impl {
    std::string name;
    int first_s = 0;                    ///< before the first change
    std::vector<std::int64_t> changes;  ///< UTC seconds, ascending
    std::vector<int> offsets;           ///< from each change on
    std::optional<PosixRule> rule;      ///< after the last

    [[nodiscard]] int offset_s(std::int64_t utc_s) const {
        const auto after = std::upper_bound(changes.begin(), changes.end(), utc_s);
        if (after == changes.end() && rule) return rule->offset_at(utc_s);
        if (after == changes.begin()) return first_s;
        return offsets[static_cast<std::size_t>(after - changes.begin()) - 1];
    }
    /// The UTC seconds of a local time: none (clocks forward), one or two, the earlier first.
    [[nodiscard]] std::vector<std::int64_t> readings(std::int64_t local_s) const {
        std::vector<std::int64_t> out;
        // Offsets in force about that time; a change lies at most a day from it.
        for (const std::int64_t at : {local_s - 86'400, local_s, local_s + 86'400}) {
            const std::int64_t utc = local_s - offset_s(at);
            if (offset_s(utc) != offset_s(at)) continue;
            if (std::find(out.begin(), out.end(), utc) == out.end()) out.push_back(utc);
        }
        std::sort(out.begin(), out.end());
        return out;
    }
};

Result<Zone> Zone::from_bytes(const std::string& name, std::string_view tzif) {
    const Error damaged{.message = "the system's table of the time zone \"" + name +
                                   "\" is damaged; reinstall tzdata"};
    Bytes in{tzif};
    int version = 1;
    auto counts = read_header(in, version);
    if (!counts) return damaged;
    std::size_t width = 4;
    if (version >= 2) {
        // The first block is for readers of the last century.
        in.skip(counts->times * 5 + counts->types * 6 + counts->letters + counts->leap * 8 +
                counts->standard + counts->utc);
        counts = read_header(in, version);
        if (!counts) return damaged;
        width = 8;
    }
    auto impl = std::make_shared<Impl>();
    impl->name = name;
    std::vector<std::size_t> kinds;
    std::vector<int> type_s;
    for (std::size_t i = 0; i < counts->times; ++i) impl->changes.push_back(in.number(width));
    for (std::size_t i = 0; i < counts->times; ++i) {
        kinds.push_back(static_cast<std::size_t>(in.number(1)));
    }
    for (std::size_t i = 0; i < counts->types; ++i) {
        type_s.push_back(static_cast<int>(in.number(4)));
        in.skip(2);
    }
    in.skip(counts->letters + counts->leap * (width + 4) + counts->standard + counts->utc);
    const bool ordered = std::is_sorted(impl->changes.begin(), impl->changes.end());
    if (!in.sound || type_s.empty() || !ordered) return damaged;
    for (const std::size_t kind : kinds) {
        if (kind >= type_s.size()) return damaged;
        impl->offsets.push_back(type_s[kind]);
    }
    impl->first_s = type_s[0];
    std::string_view footer = in.rest();
    if (width == 8 && footer.starts_with('\n')) {
        footer.remove_prefix(1);
        footer = footer.substr(0, footer.find('\n'));
        impl->rule = parse_posix_rule(footer);
        if (!footer.empty() && !impl->rule) return damaged;
    }
    return Zone{std::move(impl)};
}

Result<Zone> Zone::named(const std::string& name) {
    if (const auto minutes = fixed_offset(name)) {
        auto impl = std::make_shared<Impl>();
        impl->name = name;
        impl->first_s = *minutes * 60;
        return Zone{std::move(impl)};
    }
    const Error unknown{.message = "expected a time zone such as \"Asia/Almaty\" or \"+05:00\", "
                                   "found \"" + name + "\""};
    if (!is_zone_name(name)) return unknown;
    for (const std::string_view folder : folders) {
        const auto bytes = file_bytes(std::string{folder} + name);
        if (bytes && bytes->starts_with("TZif")) return from_bytes(name, *bytes);
    }
    const bool tables = std::any_of(std::begin(folders), std::end(folders), [](auto folder) {
        return file_bytes(std::string{folder} + "UTC").has_value();
    });
    if (tables) return unknown;
    return Error{.message = "time zones by name need the system's tables: install tzdata, or "
                            "write an offset such as \"+05:00\" instead of \"" + name + "\""};
}

Instant Zone::to_utc(const CivilTime& local) const {
    const Instant as_if_utc = from_civil(local, 0);
    const std::int64_t local_s = as_if_utc.ms / 1000;
    const auto found = impl_->readings(local_s);
    if (!found.empty()) return {found.front() * 1000};
    return {(local_s - impl_->offset_s(local_s - 86'400)) * 1000};
}

std::optional<Instant> Zone::second_reading(const CivilTime& local) const {
    const auto found = impl_->readings(from_civil(local, 0).ms / 1000);
    return found.size() > 1 ? std::optional{Instant{found[1] * 1000}} : std::nullopt;
}

int Zone::offset_minutes(Instant at) const {
    return impl_->offset_s(at.ms / 1000 - (at.ms % 1000 < 0 ? 1 : 0)) / 60;
}

const std::string& Zone::name() const { return impl_->name; }

}  // namespace jedel::tables
