#include "console/draft_store.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "base/names.h"
#include "base/number.h"
#include "console/saving.h"
#include "console/widgets/format.h"

namespace jedel::console {

namespace {

struct TextField {
    std::string_view name;
    std::string Draft::*typed;
    std::string KeptDraft::*kept;
};
constexpr std::array<TextField, 9> fields{{
    {"phone", &Draft::phone, &KeptDraft::phone},
    {"words", &Draft::words, &KeptDraft::words},
    {"address", &Draft::address, &KeptDraft::address},
    {"directions", &Draft::directions, &KeptDraft::directions},
    {"age", &Draft::age, &KeptDraft::age},
    {"weeks", &Draft::weeks, &KeptDraft::weeks},
    {"count", &Draft::count, &KeptDraft::count},
    {"patient_name", &Draft::patient_name, &KeptDraft::patient_name},
    {"caller_name", &Draft::caller_name, &KeptDraft::caller_name},
}};

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') out += "\\\\";
        else if (c == '\n') out += "\\n";
        else out += c;
    }
    return out;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) out += text[i];
        else out += text[++i] == 'n' ? '\n' : text[i];
    }
    return out;
}

void append(std::string& out, const Draft& d) {
    if (all_stored(d)) return;
    std::string typed;
    for (const TextField& field : fields) {
        if ((d.*field.typed).empty()) continue;
        typed += std::string{field.name} + "=" + escaped(d.*field.typed) + "\n";
    }
    if (typed.empty()) return;
    out += "incident=" + std::to_string(d.incident.value) + "\n";
    out += "channel=" + std::string{name_of(d.opening.channel)} + "\n";
    if (d.opening.received_at) {
        out += "received=" + std::to_string(d.opening.received_at->ms) + "\n";
    }
    out += typed + "\n";
}

}  // namespace

bool all_stored(const Draft& d) {
    if (!d.active() || !d.incident || !d.sent.empty() || d.unsaved) return !d.active();
    const PersonalFields& saved = d.saved.personal;
    const auto same = [](const std::string& now, const std::optional<std::string>& before) {
        return now == before.value_or("");
    };
    return same(d.phone, saved.phone) && same(d.words, saved.words) &&
           same(d.address, saved.address) && same(d.directions, saved.directions) &&
           same(d.patient_name, saved.patient_name) && same(d.caller_name, saved.caller_name) &&
           (d.age.empty() || parse_age(d.age) == d.saved.age_years) &&
           (d.weeks.empty() || parse_whole(d.weeks) == d.saved.weeks) &&
           (d.count.empty() || parse_whole(d.count) == d.saved.count);
}

std::string kept_text(const IntakeState& intake) {
    std::string out;
    for (const Draft& d : intake.left) append(out, d);
    append(out, intake.draft);
    return out;
}

std::vector<KeptDraft> read_kept(const std::string& text) {
    std::vector<KeptDraft> out;
    bool open = false;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = std::string_view{text}.substr(at, end - at);
        at = end + 1;
        const std::size_t sign = line.find('=');
        if (line.empty() || sign == std::string_view::npos) {
            open = open && !line.empty();
            continue;
        }
        if (!open) out.emplace_back();
        open = true;
        KeptDraft& kept = out.back();
        const std::string_view name = line.substr(0, sign);
        const std::string value = unescaped(line.substr(sign + 1));
        if (name == "incident") kept.incident = {read_number<std::uint64_t>(value).value_or(0)};
        if (name == "channel") {
            kept.opening.channel = from_name<Channel>(value).value_or(Channel::phone_103);
        }
        if (name == "received") {
            if (const auto ms = read_number<std::int64_t>(value)) {
                kept.opening.received_at = Instant{*ms};
            }
        }
        for (const TextField& field : fields) {
            if (field.name == name) kept.*field.kept = value;
        }
    }
    return out;
}

void put_back(Draft& draft, const KeptDraft& kept) {
    for (const TextField& field : fields) {
        if (!(kept.*field.kept).empty()) draft.*field.typed = kept.*field.kept;
    }
}

DraftStore::DraftStore(std::string path) : path_(std::move(path)) {
    if (!path_.empty()) thread_ = std::thread{[this] { run(); }};
}

DraftStore::~DraftStore() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

std::string DraftStore::left_over() const {
    if (path_.empty()) return {};
    std::FILE* file = std::fopen(path_.c_str(), "rb");
    if (file == nullptr) return {};
    constexpr std::size_t limit = 1 << 20;  // far beyond any number of forms
    std::string out(limit, '\0');
    out.resize(std::fread(out.data(), 1, limit, file));
    std::fclose(file);
    return out;
}

void DraftStore::keep(std::string text) {
    if (path_.empty()) return;
    {
        const std::lock_guard lock{mutex_};
        next_ = std::move(text);
    }
    changed_.notify_one();
}

std::string DraftStore::problem() const {
    const std::lock_guard lock{mutex_};
    return problem_;
}

void DraftStore::run() {
    std::unique_lock lock{mutex_};
    while (true) {
        changed_.wait(lock, [&] { return stop_ || next_; });
        if (!next_) return;  // what was given last is written before the thread ends
        const std::string text = std::move(*next_);
        next_.reset();
        lock.unlock();
        std::string problem = write(text);
        lock.lock();
        problem_ = std::move(problem);
    }
}

std::string DraftStore::write(const std::string& text) const {
    if (text.empty()) {
        const bool gone = unlink(path_.c_str()) == 0 || errno == ENOENT;
        return gone ? std::string{} : path_ + ": " + std::strerror(errno);
    }
    const std::string fresh = path_ + ".new";
    constexpr mode_t owner_only = 0600;
    const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, owner_only);
    if (file < 0) return fresh + ": " + std::strerror(errno);
    std::size_t done = 0;
    while (done < text.size()) {
        const auto written = ::write(file, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) break;
        done += static_cast<std::size_t>(written);
    }
    const bool whole = done == text.size() && fdatasync(file) == 0;
    close(file);
    if (whole && rename(fresh.c_str(), path_.c_str()) == 0) return {};
    return path_ + ": " + std::strerror(errno);
}

}  // namespace jedel::console
